package dev.plumbline.state.evidence;

/**
 * Elementary functions, written exactly as METHOD 12.1 does: {@link StrictMath} only, evaluated
 * left to right, so that every machine computes the same bits.
 */
final class Elementary {

  private Elementary() {}

  /** Probability of log-odds {@code z}. */
  static double expit(double z) {
    return 1.0 / (1.0 + StrictMath.exp(-z));
  }

  /** Log-odds of a probability in (0, 1). */
  static double logit(double p) {
    return StrictMath.log(p / (1.0 - p));
  }

  /**
   * Kullback-Leibler divergence of Bernoulli {@code b} from {@code a}; a term with factor 0 is 0.
   */
  static double kl(double a, double b) {
    double hit = a > 0.0 ? a * StrictMath.log(a / b) : 0.0;
    double miss = a < 1.0 ? (1.0 - a) * StrictMath.log((1.0 - a) / (1.0 - b)) : 0.0;
    return hit + miss;
  }

  static double clamp(double x, double low, double high) {
    return Math.min(Math.max(x, low), high);
  }
}
