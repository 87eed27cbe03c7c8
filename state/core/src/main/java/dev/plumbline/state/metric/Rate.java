package dev.plumbline.state.metric;

/**
 * A share k/n of counted records. Undefined, not 0, where n = 0 (METRICS 0.3).
 *
 * @param successes k, 0 to {@code trials}
 * @param trials n, at least 0
 */
public record Rate(long successes, long trials) implements Proportion {

  /** The rate of nothing: undefined, and the neutral element of {@link #merge}. */
  public static final Rate NONE = new Rate(0, 0);

  public Rate {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "successes must be in [0, trials], was " + successes + " of " + trials);
    }
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
  int compareExactly(Rate other) {
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

  /** k/n of a rate known to have trials, by a single division. */
  @Override
  public double share() {
    return (double) successes / trials;
  }

  /** (n - k)/n of a rate known to have trials, without the rounding of 1 - k/n. */
  @Override
  public double complement() {
    return (double) (trials - successes) / trials;
  }

  @Override
  public double effectiveTrials() {
    return trials;
  }

  @Override
  public double effectiveSuccesses() {
    return successes;
  }
}
