package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.pipeline.monitor.Monitor.Times;
import dev.plumbline.pipeline.monitor.Span;

/** Reads times, and refuses those that cannot be true. */
record TimeReading(Times times) {

  private static final FieldPath KAFKA_TIMESTAMP = FieldPath.of("Kafka timestamp");

  /**
   * The time at which a record counts.
   *
   * @param kafkaTimestamp negative if the record has none
   */
  long recordTime(Row row, TimeField field, long kafkaTimestamp) {
    long time = plausible(row, field);
    // The end of a day is ahead of everything that is written on it.
    long said = field.form().isAtEnd() ? time - Span.DAY.millis() : time;
    if (times.kafkaTimestampsReal()
        && kafkaTimestamp >= 0
        && said > kafkaTimestamp + Span.DAY.millis()) {
      throw Moments.outOfRange(field.path(), "a time at most 1d after the Kafka timestamp");
    }
    return time;
  }

  /** Any other time of a record. */
  long plausible(Row row, TimeField field) {
    return plausible(Moments.millis(row.at(field.path()), field), field.path());
  }

  /** The Kafka timestamp as a time. */
  long kafkaTime(long kafkaTimestamp) {
    return plausible(kafkaTimestamp, KAFKA_TIMESTAMP);
  }

  private long plausible(long time, FieldPath path) {
    if (!times.plausible().contains(time)) {
      throw Moments.outOfRange(path, "a time of times.plausible");
    }
    return time;
  }
}
