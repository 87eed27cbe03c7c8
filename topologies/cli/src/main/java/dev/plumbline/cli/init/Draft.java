package dev.plumbline.cli.init;

import dev.plumbline.cli.init.Pairing.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The numbers of a monitor file, from the samples: how often predictions come, how late labels are,
 * how far records are out of order.
 */
record Draft(Pairing pairing, Meaning meaning) {

  private static final double NEARLY_ALL = 0.999;
  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = Duration.ofDays(1).toMillis();

  /** So many predictions a pane are enough to look at it. */
  private static final double FEWEST_IN_PANE = 20;

  private static final int LONGEST_REFERENCE_DAYS = 30;
  private static final int SHORT_DAYS = 6;
  private static final int FIRST_REFERENCE_DAYS = 14;

  /** A pending prediction with its label, in memory, in bytes; a third of that without one. */
  private static final long PENDING_BYTES = 100;

  /** Time from the first prediction of the sample to the last, at least an hour. */
  long span() {
    return Math.max(HOUR, times().last() - times().first());
  }

  private TimeColumn times() {
    return pairing.time().time().orElseThrow();
  }

  /** Predictions an hour. */
  double perHour() {
    return pairing.predictions().total() * HOUR / span();
  }

  /** Hours where they hold enough predictions, else days. */
  String pane() {
    return perHour() >= FEWEST_IN_PANE ? "1h" : "1d";
  }

  String sizes() {
    return perHour() >= FEWEST_IN_PANE ? "[1d, 7d]" : "[7d, 28d]";
  }

  /** Nearly all labels happen within this, in whole days, or hours if they are quick. */
  String horizon() {
    long late = Quantiles.at(pairing.delays(), NEARLY_ALL) + 1;
    return text(Math.max(late, HOUR), "1h".equals(pane()));
  }

  /** How long after it happened nearly every label is known. */
  String lateBy() {
    return text(Quantiles.at(pairing.reporting(), NEARLY_ALL) + 1, true);
  }

  /** How much labels may lie before their predictions; empty: not more than the grace. */
  long skew() {
    return Math.max(0, -Quantiles.at(pairing.delays(), 1 - NEARLY_ALL));
  }

  /** How far predictions are out of order. */
  long disorder() {
    return Quantiles.at(times().disorder(), NEARLY_ALL);
  }

  String grace() {
    return text(Math.max(MINUTE, disorder()), true);
  }

  /** In a whole number of the smallest unit that is not too fine. */
  static String text(long millis, boolean mayBeHours) {
    if (mayBeHours && millis < HOUR) {
      return -Math.floorDiv(-millis, MINUTE) + "m";
    }
    if (mayBeHours && millis <= DAY) {
      return -Math.floorDiv(-millis, HOUR) + "h";
    }
    return -Math.floorDiv(-millis, DAY) + "d";
  }

  /** A length of time for people. */
  static String told(long millis) {
    Duration time = Duration.ofMillis(Math.max(0, millis));
    if (time.toDays() > 1) {
      return String.format(Locale.ROOT, "%.1f days", millis / (double) DAY);
    }
    return time.toHours() > 1
        ? String.format(Locale.ROOT, "%.1f hours", millis / (double) HOUR)
        : String.format(Locale.ROOT, "%.1f minutes", millis / (double) MINUTE);
  }

  /** The first day of the reference: the first whole one of the sample. */
  LocalDate from() {
    LocalDate first = Instant.ofEpochMilli(times().first()).atZone(ZoneOffset.UTC).toLocalDate();
    long midnight = first.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    return midnight == times().first() ? first : first.plusDays(1);
  }

  /** A third of the sample, or two weeks where that is too short: they may lie ahead. */
  int referenceDays() {
    int days = (int) (span() / DAY);
    return days >= SHORT_DAYS ? Math.min(LONGEST_REFERENCE_DAYS, days / 3) : FIRST_REFERENCE_DAYS;
  }

  LocalDate to() {
    return from().plusDays(referenceDays());
  }

  /** Predictions in the reference. */
  double referenceSize() {
    return perHour() * 24 * referenceDays();
  }

  /** Bytes that wait for labels: everything until the horizon. */
  long pendingBytes() {
    double hours = Math.max(1, Quantiles.at(pairing.delays(), NEARLY_ALL) / (double) HOUR);
    return (long) (perHour() * hours * PENDING_BYTES);
  }

  /** Share of the sampled predictions that have a label. */
  double labelled() {
    long distinct = Arrays.stream(pairing.predictionOf()).filter(p -> p >= 0).distinct().count();
    return (double) distinct / Math.max(1, pairing.predictions().profile().events().size());
  }

  /** Series that are watched: four metrics of everybody and of every value. */
  int series() {
    return 4 * (1 + meaning.attributes().stream().mapToInt(Trait::size).sum());
  }

  /**
   * The smallest change of a share of about one half that is seen within a week: where evidence,
   * whose growth per event is about its squared standardised effect by two, reaches the logarithm
   * of the number of series and days that share the budget.
   *
   * @param share of the predictions that the series is about
   */
  double smallestChange(double share) {
    double events = Math.max(1, perHour() * 24 * 7 * share);
    return Math.sqrt(2 * 0.25 * Math.log(series() * 30.0) / events);
  }

  List<Side> sides() {
    return List.of(pairing.predictions(), pairing.labels());
  }
}
