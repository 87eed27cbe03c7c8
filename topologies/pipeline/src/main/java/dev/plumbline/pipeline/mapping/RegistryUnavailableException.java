package dev.plumbline.pipeline.mapping;

/**
 * The registry did not answer. The record is neither mapped nor rejected: the engine stops the
 * partition there and tries again (FLOW section 4).
 */
public final class RegistryUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1;

  RegistryUnavailableException(int id, String cause) {
    super(
        "expected the schema registry to answer for schema id "
            + id
            + ", but: "
            + cause
            + "; the record will be read again");
  }
}
