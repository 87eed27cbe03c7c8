package dev.plumbline.state.numeric;

/**
 * Regularized incomplete beta function by its continued fraction (Abramowitz and Stegun 26.5.8), on
 * the side of the mean where that converges quickly.
 */
final class IncompleteBeta {

  private IncompleteBeta() {}

  /**
   * I_x(a, b), in [0, 1].
   *
   * @param a above 0
   * @param b above 0
   * @param x in [0, 1]
   * @param complement 1 - x, given apart so that it is exact for x near 1
   */
  static double lower(double a, double b, double x, double complement) {
    if (!(a > 0) || !(b > 0) || !(x >= 0) || !(complement >= 0)) {
      throw new IllegalArgumentException(
          "expected a and b above 0 and x in [0, 1], were " + a + ", " + b + " and " + x);
    }
    if (x == 0 || complement == 0) {
      return x == 0 ? 0 : 1;
    }
    return x < (a + 1) / (a + b + 2) ? tail(a, b, x, complement) : 1 - tail(b, a, complement, x);
  }

  private static double tail(double a, double b, double x, double complement) {
    double scale =
        StrictMath.exp(
            LogGamma.of(a + b)
                - LogGamma.of(a)
                - LogGamma.of(b)
                + a * StrictMath.log(x)
                + b * StrictMath.log(complement));
    Lentz lentz = new Lentz(1);
    for (int m = 0; !lentz.hasConverged(); m++) {
      if (m > 0) {
        lentz.next(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1);
      }
      lentz.next(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1);
    }
    return scale / (a * lentz.value());
  }
}
