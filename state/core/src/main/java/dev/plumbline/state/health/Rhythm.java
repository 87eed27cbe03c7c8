package dev.plumbline.state.health;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;

/**
 * How long a feed is usually silent, by the hour of the day (UTC) at which it fell silent. The
 * longest silence of this fortnight and the one before counts, and of those that raised an alarm
 * the shorter one of the last two: one outage is no rhythm, the second weekend is. Silences that
 * began an hour earlier or later count too.
 */
final class Rhythm {

  private static final int HOURS = 24;
  private static final long HOUR = 3_600_000;
  private static final long SECOND = 1000;
  private static final long FORTNIGHT = 14 * HOURS * HOUR;
  private static final int FIELDS = 5;

  /* Of a row: fortnight, longest in it, longest in the one before, last two that alarmed. */
  private static final int LONGEST = 1;
  private static final int BEFORE = 2;
  private static final int ALARMED = 3;
  private static final int ALARMED_BEFORE = 4;

  private final long[][] hours = new long[HOURS][FIELDS];

  /**
   * A silence is over.
   *
   * @param from when it began, wall-clock milliseconds
   */
  void add(long from, long length, boolean hasAlarmed) {
    long seconds = length / SECOND;
    if (seconds == 0) {
      return;
    }
    long[] hour = hours[hour(from)];
    turn(hour, from);
    if (hasAlarmed) {
      hour[ALARMED_BEFORE] = hour[ALARMED];
      hour[ALARMED] = seconds;
    } else {
      hour[LONGEST] = Math.max(hour[LONGEST], seconds);
    }
  }

  /** The usual silence that begins at this time, milliseconds; 0 if none was seen. */
  long usual(long from) {
    long usual = 0;
    for (int distance = -1; distance <= 1; distance++) {
      long[] hour = hours[Math.floorMod(hour(from) + distance, HOURS)];
      turn(hour, from);
      usual = Math.max(usual, Math.max(hour[LONGEST], hour[BEFORE]));
      usual = Math.max(usual, Math.min(hour[ALARMED], hour[ALARMED_BEFORE]));
    }
    return usual * SECOND;
  }

  private static int hour(long time) {
    return (int) Math.floorMod(time / HOUR, (long) HOURS);
  }

  private static void turn(long[] hour, long time) {
    long fortnight = Math.max(0, time) / FORTNIGHT;
    if (fortnight > hour[0]) {
      hour[BEFORE] = fortnight == hour[0] + 1 ? hour[LONGEST] : 0;
      hour[LONGEST] = 0;
      hour[0] = fortnight;
    }
  }

  void write(ByteWriter out) {
    for (long[] hour : hours) {
      for (long field : hour) {
        out.unsigned(field);
      }
    }
  }

  void read(ByteReader in) {
    for (long[] hour : hours) {
      for (int i = 0; i < FIELDS; i++) {
        hour[i] = in.unsigned();
      }
    }
  }
}
