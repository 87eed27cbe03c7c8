package dev.plumbline.state.evidence;

import static dev.plumbline.state.evidence.Elementary.expit;
import static dev.plumbline.state.evidence.Elementary.logit;

/**
 * The rates that still count as "like the reference": what the reference cannot tell apart, and the
 * tolerance, at series level; carried to the strata on the logit scale (METHOD 1.1, items 5 to 7).
 *
 * @param level smoothed reference rate of the series
 * @param tolerance {@code delta}, as a share
 * @param interval what the size of the reference leaves open
 */
record Band(double level, double tolerance, Interval interval) {

  /** Error rate of each side of the reference interval. */
  static final double ALPHA_REFERENCE = 0.05;

  private static final double EDGE_MAX = 0.999;
  private static final double EDGE_MIN = 0.001;

  /**
   * Band of reference totals.
   *
   * @param reference with at least one trial
   * @param tolerance {@link Watched#DEFAULT_TOLERANCE} for the rule of the method
   */
  static Band of(Sample reference, double phi, double tolerance) {
    double level = Shape.level(reference);
    return new Band(
        level,
        tolerance == Watched.DEFAULT_TOLERANCE ? defaultTolerance(level) : tolerance,
        Interval.chernoff(reference.trials(), reference.successes(), phi, ALPHA_REFERENCE));
  }

  static double defaultTolerance(double level) {
    boolean ordinary = level >= 0.05 && level <= 0.95;
    return ordinary ? 0.01 : Math.max(0.001, 0.1 * Math.min(level, 1 - level));
  }

  private double upper() {
    return interval.high() + tolerance;
  }

  private double lower() {
    return interval.low() - tolerance;
  }

  /** Whether a rate above the band is possible at all. */
  boolean betsUp() {
    return upper() <= EDGE_MAX;
  }

  /** Whether a rate below the band is possible at all. */
  boolean betsDown() {
    return lower() >= EDGE_MIN;
  }

  /** Whether the band has this edge. */
  boolean bets(Direction direction) {
    return direction == Direction.UP ? betsUp() : betsDown();
  }

  /** Edge of the band in a stratum with this reference rate; only where {@link #bets} holds. */
  double edge(Direction direction, double rate) {
    double end = direction == Direction.UP ? upper() : lower();
    return expit(logit(rate) + (logit(end) - logit(level)));
  }
}
