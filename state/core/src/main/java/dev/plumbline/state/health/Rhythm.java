package dev.plumbline.state.health;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;

/**
 * How long a feed may be silent, by the hour of the day (UTC) at which it fell silent; what holds
 * an hour earlier or later counts too.
 *
 * <p>The longest silence of this fortnight and the one before counts, and of those that raised an
 * alarm the shorter one of the last two: one outage is no rhythm, the second weekend is. Beside it
 * counts the mean time between two records, as in traffic at random a gap of fifteen is one of
 * three million.
 */
final class Rhythm {

  private static final int HOURS = 24;
  private static final long HOUR = 3_600_000;
  private static final long SECOND = 1000;
  private static final long FORTNIGHT = 14 * HOURS * HOUR;
  private static final long MEAN_GAPS = 15;
  private static final int PERCENT = 100;
  private static final int FIELDS = 7;

  /* Of a row: fortnight, longest in it, longest in the one before, last two that alarmed. */
  private static final int LONGEST = 1;
  private static final int BEFORE = 2;
  private static final int ALARMED = 3;
  private static final int ALARMED_BEFORE = 4;

  /* And records with the seconds in which they came, halved every fortnight. */
  private static final int RECORDS = 5;
  private static final int SECONDS = 6;

  private final long[][] hours = new long[HOURS][FIELDS];

  /** A silence of a feed that has not alarmed, or has. */
  record Silence(long from, long length, boolean hasAlarmed) {}

  /**
   * Records have come, and a silence is over.
   *
   * @param to when the last of them came, wall-clock milliseconds
   */
  void add(Silence silence, long to, long records) {
    long[] hour = hours[hour(silence.from)];
    turn(hour, silence.from);
    long seconds = silence.length / SECOND;
    if (silence.hasAlarmed) {
      hour[ALARMED_BEFORE] = hour[ALARMED];
      hour[ALARMED] = seconds;
    } else {
      hour[LONGEST] = Math.max(hour[LONGEST], seconds);
      hour[RECORDS] += records;
      hour[SECONDS] += Math.max(0, to - silence.from) / SECOND;
    }
  }

  /** The longest usual silence that begins at this time, milliseconds; 0 if none was seen. */
  long usual(long from) {
    long usual = 0;
    for (int distance = -1; distance <= 1; distance++) {
      long[] hour = row(from, distance);
      usual = Math.max(usual, Math.max(hour[LONGEST], hour[BEFORE]));
      usual = Math.max(usual, Math.min(hour[ALARMED], hour[ALARMED_BEFORE]));
    }
    return usual * SECOND;
  }

  /** How long the feed may be silent from this time on: so many hundredths of what is usual. */
  long allowed(long from, long hundredths) {
    long records = 0;
    long seconds = 0;
    for (int distance = -1; distance <= 1; distance++) {
      long[] hour = row(from, distance);
      records += hour[RECORDS];
      seconds += hour[SECONDS];
    }
    long byMean = records == 0 ? 0 : MEAN_GAPS * seconds * SECOND / records;
    return Math.max(usual(from) * hundredths / PERCENT, byMean);
  }

  private long[] row(long from, int distance) {
    long[] hour = hours[Math.floorMod(hour(from) + distance, HOURS)];
    turn(hour, from);
    return hour;
  }

  private static int hour(long time) {
    return (int) Math.floorMod(time / HOUR, (long) HOURS);
  }

  private static void turn(long[] hour, long time) {
    long fortnight = Math.max(0, time) / FORTNIGHT;
    if (fortnight > hour[0]) {
      hour[BEFORE] = fortnight == hour[0] + 1 ? hour[LONGEST] : 0;
      hour[LONGEST] = 0;
      hour[RECORDS] /= 2;
      hour[SECONDS] /= 2;
      hour[0] = fortnight;
    }
  }

  void write(ByteWriter out) {
    for (long[] hour : hours) {
      out.octet(hour[0] == 0 ? 0 : 1);
      for (int i = 0; i < FIELDS && hour[0] > 0; i++) {
        out.unsigned(hour[i]);
      }
    }
  }

  void read(ByteReader in) {
    for (long[] hour : hours) {
      boolean isWritten = in.octet() == 1;
      for (int i = 0; i < FIELDS && isWritten; i++) {
        hour[i] = in.unsigned();
      }
    }
  }
}
