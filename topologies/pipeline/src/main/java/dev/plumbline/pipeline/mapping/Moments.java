package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.pipeline.monitor.TimeForm;
import dev.plumbline.state.record.RejectReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;

/** From the value of a field to epoch milliseconds; refuses the record if that is no time. */
final class Moments {

  private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final int DATE_LENGTH = "2026-01-01".length();
  private static final long MILLIS_PER_DAY = 86_400_000;
  private static final int MILLI_DIGITS = 3;

  private Moments() {}

  static long millis(Value value, TimeField field) {
    try {
      return read(value, field);
    } catch (DateTimeException unreadable) {
      throw unreadable(field);
    } catch (ArithmeticException beyondLong) {
      throw outOfRange(field.path(), "a time of times.plausible");
    }
  }

  static Refusal outOfRange(FieldPath path, String expected) {
    return Refusal.at(path, RejectReason.TIME_OUT_OF_RANGE, expected, "another");
  }

  private static long read(Value value, TimeField field) {
    TimeForm form = field.form();
    if (value instanceof Value.Day day) {
      return ofDay(LocalDate.ofEpochDay(day.epochDay()), form);
    }
    if (value instanceof Value.Text text) {
      return ofText(text.text(), field);
    }
    if (value instanceof Value.Bare bare) {
      return ofText(CanonicalText.ofBare(bare.text()), field);
    }
    if (value instanceof Value.Absent || value instanceof Value.Null) {
      throw Refusal.missing(field.path(), form.expected(), value);
    }
    boolean isMoment = value instanceof Value.Moment || value instanceof Value.Local;
    if (isMoment && !(form instanceof TimeForm.Day) && !(form instanceof TimeForm.Pattern)) {
      return value instanceof Value.Local local
          ? ofLocal(local.millis(), form.zone())
          : ((Value.Moment) value).epochMillis();
    }
    return ofNumber(value, field);
  }

  private static long ofLocal(long millis, ZoneId zone) {
    return zone.equals(ZoneOffset.UTC)
        ? millis
        : LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)
            .atZone(zone)
            .toInstant()
            .toEpochMilli();
  }

  private static long ofDay(LocalDate day, TimeForm form) {
    LocalDate first = form.isAtEnd() ? day.plusDays(1) : day;
    long start =
        form.zone().equals(ZoneOffset.UTC)
            ? Math.multiplyExact(first.toEpochDay(), MILLIS_PER_DAY)
            : first.atStartOfDay(form.zone()).toInstant().toEpochMilli();
    return form.isAtEnd() ? start - 1 : start;
  }

  private static long ofNumber(Value value, TimeField field) {
    TimeForm form = field.form();
    boolean isText = form instanceof TimeForm.Iso || form instanceof TimeForm.Pattern;
    if (isText || FieldReading.number(value).isEmpty()) {
      throw Refusal.wrongType(field.path(), form.expected(), value);
    }
    if (form instanceof TimeForm.Seconds) {
      return ofSeconds(decimal(value, field));
    }
    long whole = value instanceof Value.Whole number ? number.number() : floor(value, field);
    return form instanceof TimeForm.Day ? ofDay(LocalDate.ofEpochDay(whole), form) : whole;
  }

  private static long floor(Value value, TimeField field) {
    if (value instanceof Value.Real real) {
      double floor = Math.floor(real.number());
      if (Double.isNaN(floor)) {
        throw unreadable(field);
      }
      return (long) floor;
    }
    throw Refusal.wrongType(field.path(), field.form().expected(), value);
  }

  private static BigDecimal decimal(Value value, TimeField field) {
    if (value instanceof Value.Exact exact) {
      return exact.number();
    }
    if (value instanceof Value.Whole whole) {
      return BigDecimal.valueOf(whole.number());
    }
    double real = FieldReading.number(value).orElse(Double.NaN);
    if (!Double.isFinite(real)) {
      throw unreadable(field);
    }
    return BigDecimal.valueOf(real);
  }

  private static long ofSeconds(BigDecimal seconds) {
    return seconds.movePointRight(MILLI_DIGITS).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private static long ofText(String text, TimeField field) {
    TimeForm form = field.form();
    if (text.isEmpty()) {
      throw Refusal.missing(field.path(), form.expected(), Value.NULL);
    }
    if (form instanceof TimeForm.Seconds) {
      if (!DECIMAL.matcher(text).matches()) {
        throw unreadable(field);
      }
      return ofSeconds(new BigDecimal(text));
    }
    if (form instanceof TimeForm.Pattern pattern) {
      return ofParsed(parsed(text, pattern.formatter()), form);
    }
    boolean isNumber = DIGITS.matcher(text).matches();
    if (form instanceof TimeForm.Day) {
      return ofDay(
          isNumber ? LocalDate.ofEpochDay(Long.parseLong(text)) : LocalDate.parse(text), form);
    }
    if (isNumber && !(form instanceof TimeForm.Iso)) {
      return Long.parseLong(text);
    }
    if (isNumber || form instanceof TimeForm.Millis) {
      throw unreadable(field);
    }
    return ofIso(text, form);
  }

  private static Refusal unreadable(TimeField field) {
    return Refusal.at(field.path(), RejectReason.BAD_TIME, field.form().expected(), "unreadable");
  }

  private static long ofIso(String text, TimeForm form) {
    if (text.length() == DATE_LENGTH) {
      return ofDay(LocalDate.parse(text), form);
    }
    boolean hasSpace = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    String joined =
        hasSpace ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
    return ofParsed(parsed(joined, DateTimeFormatter.ISO_DATE_TIME), form);
  }

  private static TemporalAccessor parsed(String text, DateTimeFormatter formatter) {
    return formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
  }

  private static long ofParsed(TemporalAccessor parsed, TimeForm form) {
    if (parsed instanceof ZonedDateTime time) {
      return time.toInstant().toEpochMilli();
    }
    return parsed instanceof LocalDateTime local
        ? local.atZone(form.zone()).toInstant().toEpochMilli()
        : ofDay(LocalDate.from(parsed), form);
  }
}
