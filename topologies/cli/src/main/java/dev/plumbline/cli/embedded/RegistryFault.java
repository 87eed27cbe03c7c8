package dev.plumbline.cli.embedded;

/** A request that the registry answers with an error code of Confluent's protocol. */
final class RegistryFault extends RuntimeException {

  static final int NOT_FOUND = 404;
  static final int CONFLICT = 409;
  static final int SUBJECT_NOT_FOUND = 40401;
  static final int VERSION_NOT_FOUND = 40402;
  static final int SCHEMA_NOT_FOUND = 40403;
  static final int NO_LEVEL_OF_ITS_OWN = 40408;
  static final int INVALID_SCHEMA = 42201;
  static final int INVALID_VERSION = 42202;
  static final int INVALID_LEVEL = 42203;

  private static final int FIRST_LONG_CODE = 10_000;
  private static final int CODES_PER_STATUS = 100;

  private final int code;

  RegistryFault(int code, String message) {
    super(message);
    this.code = code;
  }

  int code() {
    return code;
  }

  /** HTTP status: the first three digits of the code. */
  int status() {
    return code < FIRST_LONG_CODE ? code : code / CODES_PER_STATUS;
  }
}
