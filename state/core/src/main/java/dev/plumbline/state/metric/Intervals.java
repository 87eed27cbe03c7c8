package dev.plumbline.state.metric;

import java.util.Optional;

/**
 * Confidence intervals of 95 % from counters (METRICS 0.5). Empty where the quantity is undefined.
 *
 * <p>Reproducible bit by bit: only IEEE operations, square roots and {@link StrictMath}.
 */
public final class Intervals {

  /** 97.5 % point of the standard normal distribution. */
  public static final double Z = 1.959963984540054;

  /** What Fisher's z loses from the sample size. */
  private static final long FISHER_LOSS = 3;

  private Intervals() {}

  /**
   * Wilson's score interval of a rate, within [0, 1] and touching it exactly at k = 0 and k = n.
   *
   * <p>Source: Wilson (1927), "Probable inference, the law of succession, and statistical
   * inference".
   */
  public static Optional<Interval> wilson(Proportion rate) {
    return rate.defined() ? Optional.of(wilsonOfDefined(rate)) : Optional.empty();
  }

  private static Interval wilsonOfDefined(Proportion rate) {
    return wilson(rate.share(), rate.complement(), rate.effectiveTrials());
  }

  /**
   * Wilson's interval of a share that is no count over a count, such as one with half points.
   *
   * @param share in [0, 1]
   * @param complement one minus that, without rounding twice
   * @param n trials, above 0
   */
  public static Interval wilson(double share, double complement, double n) {
    double shrink = 1 + Z * Z / n;
    double centre = (share + Z * Z / (2 * n)) / shrink;
    double variance = share * complement / n + Z * Z / (4 * n * n);
    double half = Z * Math.sqrt(variance) / shrink;
    double low = share == 0 ? 0 : Math.max(0, centre - half);
    double high = complement == 0 ? 1 : Math.min(1, centre + half);
    return new Interval(low, high);
  }

  /**
   * Newcombe's hybrid score interval of the difference of two independent rates, without continuity
   * correction.
   *
   * <p>Source: Newcombe (1998), "Interval estimation for the difference between independent
   * proportions", method 10.
   */
  public static Optional<Interval> newcombe(Contrast pair) {
    if (!pair.defined()) {
      return Optional.empty();
    }
    double p1 = pair.first().share();
    double p2 = pair.second().share();
    Interval w1 = wilsonOfDefined(pair.first());
    Interval w2 = wilsonOfDefined(pair.second());
    double below = length(p1 - w1.low(), w2.high() - p2);
    double above = length(w1.high() - p1, p2 - w2.low());
    return Optional.of(new Interval(p1 - p2 - below, p1 - p2 + above));
  }

  private static double length(double a, double b) {
    return Math.sqrt(a * a + b * b);
  }

  /**
   * Katz's logarithmic interval of the ratio of two independent rates; undefined if either rate has
   * no success.
   *
   * <p>Source: Katz, Baptista, Azen and Pike (1978), "Obtaining confidence intervals for the risk
   * ratio in cohort studies".
   */
  public static Optional<Interval> katz(Contrast pair) {
    if (!pair.positive()) {
      return Optional.empty();
    }
    double ratio = pair.first().share() / pair.second().share();
    double half = Z * Math.sqrt(logVariance(pair.first()) + logVariance(pair.second()));
    return Optional.of(new Interval(ratio * StrictMath.exp(-half), ratio * StrictMath.exp(half)));
  }

  /** 1/k - 1/n, written so that it is exactly 0 at k = n. */
  private static double logVariance(Proportion rate) {
    return rate.complement() / rate.effectiveSuccesses();
  }

  /**
   * Fisher's z interval of a correlation over n pairs; undefined at |r| = 1 or n &lt; 4.
   *
   * @param correlation r, in [-1, 1]
   * @param pairs n
   */
  public static Optional<Interval> fisher(double correlation, long pairs) {
    if (!(Math.abs(correlation) <= 1)) {
      throw new IllegalArgumentException("correlation must be in [-1, 1], was " + correlation);
    }
    if (Math.abs(correlation) == 1 || pairs <= FISHER_LOSS) {
      return Optional.empty();
    }
    double z = (StrictMath.log1p(correlation) - StrictMath.log1p(-correlation)) / 2;
    double half = Z / Math.sqrt((double) (pairs - FISHER_LOSS));
    return Optional.of(new Interval(StrictMath.tanh(z - half), StrictMath.tanh(z + half)));
  }
}
