package dev.plumbline.state.record;

/** Why a record was not admitted; its lower-case name is the text in topics and files. */
public enum RejectReason {
  /** The record was not rejected. */
  NONE,
  /** The Kafka value is null (a tombstone). */
  NULL_VALUE,
  /** The bytes do not decode with their schema or format. */
  UNDECODABLE,
  /** The registry says that it does not know the schema id. */
  UNKNOWN_SCHEMA,
  /** A mapped field is not there. */
  MISSING_FIELD,
  /** A mapped field has another type than the monitor file says. */
  WRONG_TYPE,
  /** A value that the value map does not name. */
  UNMAPPED_VALUE,
  /** The score is not a number or outside its range. */
  BAD_SCORE,
  /** The time cannot be read. */
  BAD_TIME,
  /** The time is outside the plausible interval of the monitor, or ahead of the Kafka timestamp. */
  TIME_OUT_OF_RANGE,
  /** A single record far ahead of its partition (FLOW section 1, time jumps). */
  TIME_JUMP,
  /** More records of one id than the bound allows (FLOW section 2). */
  TOO_MANY_COPIES,
  /** The record is larger than the bound allows. */
  TOO_LARGE;

  /** The text used in topics and files. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
