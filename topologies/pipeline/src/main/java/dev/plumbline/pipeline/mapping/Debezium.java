package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.pipeline.monitor.TimeForm;
import dev.plumbline.state.record.RejectReason;

/** Records that change-data capture and Kafka Connect wrap. */
final class Debezium {

  private static final FieldPath PAYLOAD = FieldPath.of("payload");
  private static final FieldPath SCHEMA = FieldPath.of("schema");
  private static final FieldPath OPERATION = FieldPath.of("op");
  private static final FieldPath BEFORE = FieldPath.of("before");
  private static final FieldPath AFTER = FieldPath.of("after");

  /** When the change was seen; in the envelope. */
  static final TimeField SEEN = new TimeField(FieldPath.of("ts_ms"), new TimeForm.Millis());

  private static final String OPERATIONS = "an operation of Debezium: c, r, u, d, t or m";

  private Debezium() {}

  /** What happened to a row. */
  enum Kind {
    /** It is there, with these values. */
    UPSERT,
    /** It was there, with these values, as far as they are known. */
    DELETION,
    /** Nothing: the record speaks of no single row. */
    NONE
  }

  /**
   * A change of a row.
   *
   * @param envelope what stands around the row
   */
  record Change(Kind kind, Row envelope, Row row) {}

  /** What Kafka Connect's JSON converter put into {@code {schema, payload}}; else the row. */
  static Row payload(Row row) {
    return row.part(SCHEMA).isPresent() ? row.part(PAYLOAD).orElse(row) : row;
  }

  /** The change that a record is; refuses a record that is none. */
  static Change change(Row record) {
    Row envelope =
        record.at(OPERATION) instanceof Value.Absent ? record.part(PAYLOAD).orElse(record) : record;
    return switch (FieldReading.text(envelope, OPERATION)) {
      case "c", "r", "u" -> new Change(Kind.UPSERT, envelope, row(envelope, AFTER));
      case "d" ->
          new Change(Kind.DELETION, envelope, envelope.part(BEFORE).orElse(new Single(Value.NULL)));
      case "t", "m" -> new Change(Kind.NONE, envelope, envelope);
      default ->
          throw Refusal.at(OPERATION, RejectReason.UNMAPPED_VALUE, OPERATIONS, "another text");
    };
  }

  private static Row row(Row envelope, FieldPath path) {
    return envelope
        .part(path)
        .orElseThrow(() -> Refusal.missing(path, "the values of a row", envelope.at(path)));
  }
}
