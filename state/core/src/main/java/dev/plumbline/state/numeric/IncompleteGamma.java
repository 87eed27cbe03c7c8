package dev.plumbline.state.numeric;

/**
 * Regularized upper incomplete gamma function Q(a, x): by its series below {@code x = a + 1}, by
 * Lentz's continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
 */
final class IncompleteGamma {

  private IncompleteGamma() {}

  /**
   * Q(a, x), in [0, 1].
   *
   * @param a above 0
   * @param x at least 0
   */
  static double upper(double a, double x) {
    if (!(a > 0) || !(x >= 0)) {
      throw new IllegalArgumentException(
          "expected a above 0 and x of at least 0, were " + a + " and " + x);
    }
    if (x == 0) {
      return 1;
    }
    if (Double.isInfinite(x)) {
      return 0;
    }
    double scale = StrictMath.exp(a * StrictMath.log(x) - x - LogGamma.of(a));
    return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
  }

  private static double series(double a, double x) {
    double term = 1 / a;
    double sum = term;
    for (double n = a + 1; term > sum * Lentz.EPSILON; n++) {
      term *= x / n;
      sum += term;
    }
    return sum;
  }

  private static double fraction(double a, double x) {
    Lentz lentz = new Lentz(x + 1 - a);
    for (int i = 1; !lentz.hasConverged(); i++) {
      lentz.next(-i * (i - a), x + 2 * i + 1 - a);
    }
    return 1 / lentz.value();
  }
}
