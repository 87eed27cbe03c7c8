package dev.plumbline.pipeline.monitor;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How a time is written. */
public sealed interface TimeForm {

  /** Where times without an offset and days are. */
  default ZoneId zone() {
    return ZoneOffset.UTC;
  }

  /** Whether a day stands for its last millisecond and not for its first. */
  default boolean isAtEnd() {
    return false;
  }

  /** What it looks like, for messages. */
  String expected();

  /** A whole number is epoch milliseconds, a text is ISO-8601 or such a number. */
  record Auto(ZoneId zone) implements TimeForm {

    @Override
    public String expected() {
      return "epoch milliseconds or ISO-8601";
    }
  }

  /** Epoch milliseconds. */
  record Millis() implements TimeForm {

    @Override
    public String expected() {
      return "epoch milliseconds";
    }
  }

  /** Epoch seconds, perhaps with a fraction. */
  record Seconds() implements TimeForm {

    @Override
    public String expected() {
      return "epoch seconds";
    }
  }

  /** ISO-8601. */
  record Iso(ZoneId zone) implements TimeForm {

    @Override
    public String expected() {
      return "ISO-8601";
    }
  }

  /** A day: an ISO-8601 date, or whole days since 1970-01-01. */
  record Day(ZoneId zone, boolean isAtEnd) implements TimeForm {

    @Override
    public String expected() {
      return "a date such as 2026-01-31, or days since 1970-01-01";
    }
  }

  /**
   * A text of a pattern of {@link DateTimeFormatter}.
   *
   * @param isAtEnd where the pattern has no time of day
   */
  record Pattern(String pattern, DateTimeFormatter formatter, ZoneId zone, boolean isAtEnd)
      implements TimeForm {

    @Override
    public String expected() {
      return "a text such as " + pattern;
    }
  }
}
