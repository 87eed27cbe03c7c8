package dev.plumbline.state.evidence;

import dev.plumbline.state.numeric.LogGamma;

/**
 * A closed interval of rates or of differences of rates.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {

  /** All rates: what is known of a rate without trials. */
  public static final Interval ALL_RATES = new Interval(0, 1);

  /** All differences of two rates. */
  public static final Interval ALL_DIFFERENCES = new Interval(-1, 1);

  /** Quantile of the normal distribution behind every 95 % Wilson interval. */
  private static final double Z = 1.959963984540054;

  private static final double LOG_PI = 1.1447298858494002;
  private static final double OPEN_END = 1e-9;
  private static final int CHERNOFF_STEPS = 50;
  private static final int KT_STEPS = 60;

  /** Wilson's 95 % interval of a rate; all rates where there were no trials (METHOD 12.1). */
  public static Interval wilson(long trials, long successes) {
    if (trials == 0) {
      return ALL_RATES;
    }
    double n = (double) trials;
    double p = successes / n;
    double centre = p + Z * Z / (2 * n);
    double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
    double scale = 1 + Z * Z / n;
    return new Interval((centre - half) / scale, (centre + half) / scale);
  }

  /**
   * Anytime-valid interval of a rate, the Krichevsky-Trofimov confidence sequence of METHOD 7.2:
   * {@code {p : f(p) <= level}} with f of METHOD 12.5.
   *
   * @param level logarithm of one over the error rate, ln 20 for 95 %
   */
  public static Interval kt(long trials, long successes, double level) {
    if (trials == 0) {
      return ALL_RATES;
    }
    double n = (double) trials;
    double k = (double) successes;
    double middle = Elementary.clamp(k / n, OPEN_END, 1 - OPEN_END);
    double a = middle;
    double b = 1 - OPEN_END;
    for (int i = 0; i < KT_STEPS; i++) {
      double mid = (a + b) / 2;
      if (ktCost(n, k, mid) <= level) {
        a = mid;
      } else {
        b = mid;
      }
    }
    double high = successes == trials ? 1 : b;
    a = OPEN_END;
    b = middle;
    for (int i = 0; i < KT_STEPS; i++) {
      double mid = (a + b) / 2;
      if (ktCost(n, k, mid) > level) {
        a = mid;
      } else {
        b = mid;
      }
    }
    return new Interval(successes == 0 ? 0 : a, high);
  }

  private static double ktCost(double n, double k, double p) {
    return LogGamma.of(k + 0.5)
        + LogGamma.of(n - k + 0.5)
        - LogGamma.of(n + 1)
        - LOG_PI
        - k * StrictMath.log(p)
        - (n - k) * StrictMath.log(1 - p);
  }

  /**
   * KL-Chernoff interval of a reference rate, widened by the dispersion of its events (METHOD 1.1,
   * item 5).
   *
   * @param trials at least 1
   * @param phi dispersion, at least 1
   * @param alpha error rate of each side, in (0, 1)
   */
  static Interval chernoff(long trials, long successes, double phi, double alpha) {
    double scale = trials / phi;
    double rate = (double) successes / trials;
    double limit = StrictMath.log(1 / alpha);
    double a = rate;
    double b = 1 - OPEN_END;
    for (int i = 0; i < CHERNOFF_STEPS; i++) {
      double mid = (a + b) / 2;
      if (scale * Elementary.kl(rate, mid) <= limit) {
        a = mid;
      } else {
        b = mid;
      }
    }
    double high = b;
    a = OPEN_END;
    b = rate;
    for (int i = 0; i < CHERNOFF_STEPS; i++) {
      double mid = (a + b) / 2;
      if (scale * Elementary.kl(rate, mid) > limit) {
        a = mid;
      } else {
        b = mid;
      }
    }
    return new Interval(a, high);
  }

  /**
   * Newcombe's interval of the difference between a rate and what the reference expects of the same
   * strata (METHOD 7.1).
   */
  static Interval newcombe(Sample now, double expected, Sample reference) {
    if (now.trials() == 0 || reference.trials() == 0) {
      return ALL_DIFFERENCES;
    }
    Interval of = wilson(now.trials(), now.successes());
    Interval frozen = wilson(reference.trials(), reference.successes());
    double rate = now.rate();
    double base = reference.rate();
    double difference = rate - expected;
    return new Interval(
        difference - hypotenuse(rate - of.low, frozen.high - base),
        difference + hypotenuse(of.high - rate, base - frozen.low));
  }

  private static double hypotenuse(double x, double y) {
    return Math.sqrt(x * x + y * y);
  }
}
