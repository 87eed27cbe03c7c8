package dev.plumbline.state.numeric;

/** Tails of distributions: the p-values of the tests that are published beside their statistic. */
public final class Tails {

  private Tails() {}

  /** P(|Z| &gt;= |z|) of a standard normal Z. */
  public static double normal(double z) {
    return IncompleteGamma.upper(0.5, z * z / 2);
  }

  /**
   * P(X &gt;= x) of chi-square.
   *
   * @param x at least 0
   * @param degrees degrees of freedom, above 0
   */
  public static double chiSquare(double x, double degrees) {
    return IncompleteGamma.upper(degrees / 2, x / 2);
  }

  /**
   * P(|T| &gt;= |t|) of Student's t.
   *
   * @param degrees degrees of freedom, above 0
   */
  public static double student(double t, double degrees) {
    double square = t * t;
    return Double.isInfinite(square)
        ? 0
        : IncompleteBeta.lower(
            degrees / 2, 0.5, degrees / (degrees + square), square / (degrees + square));
  }

  /**
   * P(F &gt;= f) of Fisher's F.
   *
   * @param f at least 0
   * @param numerator degrees of freedom above the line, above 0
   * @param denominator those below it, above 0
   */
  public static double fisher(double f, double numerator, double denominator) {
    double sum = denominator + numerator * f;
    return Double.isInfinite(sum)
        ? 0
        : IncompleteBeta.lower(
            denominator / 2, numerator / 2, denominator / sum, numerator * f / sum);
  }

  /**
   * P(X &lt;= k) of a binomial distribution with success rate 1/2, the tail of the sign test.
   *
   * @param k successes, from 0 to {@code n}
   * @param n trials
   */
  public static double fairCoin(long k, long n) {
    if (k < 0 || k > n) {
      throw new IllegalArgumentException("expected k in [0, n], was " + k + " of " + n);
    }
    return k == n ? 1 : IncompleteBeta.lower((double) (n - k), (double) (k + 1), 0.5, 0.5);
  }

  /**
   * P(K &gt;= x) of Kolmogorov's limit: {@code 2 sum (-1)^(j-1) exp(-2 j^2 x^2)}.
   *
   * @param x root of the effective sample size times the distance of two distribution functions
   */
  public static double kolmogorov(double x) {
    if (x <= 0) {
      return 1;
    }
    return x < 1 ? 1 - belowOne(x) : fromOne(x);
  }

  private static double fromOne(double x) {
    double sum = 0;
    double sign = 1;
    for (int j = 1; j <= 10; j++) {
      sum += sign * StrictMath.exp(-2.0 * j * j * x * x);
      sign = -sign;
    }
    return 2 * sum;
  }

  /** The same distribution by Jacobi's identity, whose terms vanish where those above do not. */
  private static double belowOne(double x) {
    double sum = 0;
    for (int j = 1; j <= 19; j += 2) {
      sum += StrictMath.exp(-j * j * Math.PI * Math.PI / (8 * x * x));
    }
    return Math.sqrt(2 * Math.PI) / x * sum;
  }
}
