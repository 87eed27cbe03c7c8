package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.pipeline.monitor.Fields.TimeForm;
import dev.plumbline.pipeline.monitor.Monitor.Times;
import dev.plumbline.pipeline.monitor.Span;
import dev.plumbline.state.record.RejectReason;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/** Reads times, and refuses those that cannot be true. */
record TimeReading(Times times) {

  private static final FieldPath KAFKA_TIMESTAMP = FieldPath.of("Kafka timestamp");
  private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");
  private static final int DATE_LENGTH = "2026-01-01".length();
  private static final String EXPECTED = "epoch milliseconds or ISO-8601";

  /**
   * The time at which a record counts.
   *
   * @param kafkaTimestamp negative if the record has none
   */
  long recordTime(Row row, TimeField field, long kafkaTimestamp) {
    long time = plausible(row, field);
    if (times.kafkaTimestampsReal()
        && kafkaTimestamp >= 0
        && time > kafkaTimestamp + Span.DAY.millis()) {
      throw outOfRange(field.path(), "a time at most 1d after the Kafka timestamp");
    }
    return time;
  }

  /** Any other time of a record. */
  long plausible(Row row, TimeField field) {
    return plausible(millis(row.at(field.path()), field), field.path());
  }

  /** The Kafka timestamp as a time. */
  long kafkaTime(long kafkaTimestamp) {
    return plausible(kafkaTimestamp, KAFKA_TIMESTAMP);
  }

  private long plausible(long time, FieldPath path) {
    if (!times.plausible().contains(time)) {
      throw outOfRange(path, "a time of times.plausible");
    }
    return time;
  }

  private static Refusal outOfRange(FieldPath path, String expected) {
    return Refusal.at(path, RejectReason.TIME_OUT_OF_RANGE, expected, "another");
  }

  private static long millis(Value value, TimeField field) {
    if (value instanceof Value.Moment moment) {
      return moment.epochMillis();
    }
    if (value instanceof Value.Text text) {
      return millis(text.text(), field);
    }
    if (value instanceof Value.Bare bare) {
      return millis(CanonicalText.ofBare(bare.text()), field);
    }
    if (value instanceof Value.Absent || value instanceof Value.Null) {
      throw Refusal.missing(field.path(), EXPECTED, value);
    }
    if (value instanceof Value.Whole || value instanceof Value.Real) {
      return number(value, field);
    }
    throw Refusal.wrongType(field.path(), EXPECTED, value);
  }

  private static long number(Value value, TimeField field) {
    if (field.form() == TimeForm.ISO) {
      throw Refusal.wrongType(field.path(), "ISO-8601", value);
    }
    if (value instanceof Value.Real real) {
      double floor = Math.floor(real.number());
      if (Double.isNaN(floor)) {
        throw unreadable(field);
      }
      return (long) floor;
    }
    return ((Value.Whole) value).number();
  }

  private static long millis(String text, TimeField field) {
    boolean isNumber = DIGITS.matcher(text).matches();
    if (text.isEmpty()) {
      throw Refusal.missing(field.path(), EXPECTED, Value.NULL);
    }
    if (isNumber && field.form() != TimeForm.ISO) {
      return Long.parseLong(text);
    }
    if (isNumber || field.form() == TimeForm.MILLIS) {
      throw unreadable(field);
    }
    try {
      return iso(text).toEpochMilli();
    } catch (DateTimeException unreadable) {
      throw unreadable(field);
    } catch (ArithmeticException beyondLong) {
      throw outOfRange(field.path(), "a time of times.plausible");
    }
  }

  private static Refusal unreadable(TimeField field) {
    String expected =
        switch (field.form()) {
          case AUTO -> EXPECTED;
          case MILLIS -> "epoch milliseconds";
          case ISO -> "ISO-8601";
        };
    return Refusal.at(field.path(), RejectReason.BAD_TIME, expected, "unreadable");
  }

  private static Instant iso(String text) {
    if (text.length() == DATE_LENGTH) {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
    boolean hasSpace = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    String joined =
        hasSpace ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
    TemporalAccessor parsed =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            joined, OffsetDateTime::from, LocalDateTime::from);
    return parsed instanceof LocalDateTime local
        ? local.toInstant(ZoneOffset.UTC)
        : OffsetDateTime.from(parsed).toInstant();
  }
}
