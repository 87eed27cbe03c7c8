package dev.plumbline.state.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A share k/n of counted records. Undefined, not 0, where n = 0 (METRICS 0.3).
 *
 * @param successes k, 0 to {@code trials}
 * @param trials n, at least 0
 */
public record Rate(long successes, long trials) {

  /** The rate of nothing: undefined, and the neutral element of {@link #merge}. */
  public static final Rate NONE = new Rate(0, 0);

  public Rate {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "successes must be in [0, trials], was " + successes + " of " + trials);
    }
  }

  /** Whether there is a trial. */
  public boolean defined() {
    return trials > 0;
  }

  /** k/n by a single division, undefined without trials. */
  public OptionalDouble value() {
    return defined() ? OptionalDouble.of(share()) : OptionalDouble.empty();
  }

  /** Wilson score interval of 95 %, undefined without trials. */
  public Optional<Interval> interval() {
    return Intervals.wilson(this);
  }

  /** The rate over the trials of both. */
  public Rate merge(Rate other) {
    return new Rate(Math.addExact(successes, other.successes), Math.addExact(trials, other.trials));
  }

  /**
   * Compares the values of two defined rates exactly, as products of counts: 1/3 equals 2/6 and no
   * rounding decides a tie (METRICS 0.4).
   *
   * @throws IllegalArgumentException if one of them is undefined
   */
  public int compareValue(Rate other) {
    if (!defined() || !other.defined()) {
      throw new IllegalArgumentException(
          "only rates with trials compare by value, were " + this + " and " + other);
    }
    long high = Math.multiplyHigh(successes, other.trials);
    long otherHigh = Math.multiplyHigh(other.successes, trials);
    return high != otherHigh
        ? Long.compare(high, otherHigh)
        : Long.compareUnsigned(successes * other.trials, other.successes * trials);
  }

  /** k/n of a rate known to have trials. */
  double share() {
    return (double) successes / trials;
  }

  /** (n - k)/n of a rate known to have trials, without the rounding of 1 - k/n. */
  double complement() {
    return (double) (trials - successes) / trials;
  }
}
