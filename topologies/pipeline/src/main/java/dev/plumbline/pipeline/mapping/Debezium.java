package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;

/** Records that change-data capture and Kafka Connect wrap. */
final class Debezium {

  private static final FieldPath PAYLOAD = FieldPath.of("payload");
  private static final FieldPath SCHEMA = FieldPath.of("schema");

  private Debezium() {}

  /** What Kafka Connect's JSON converter put into {@code {schema, payload}}; else the row. */
  static Row payload(Row row) {
    return row.part(SCHEMA).isPresent() ? row.part(PAYLOAD).orElse(row) : row;
  }
}
