package dev.plumbline.state.numeric;

/**
 * A continued fraction {@code b0 + a1/(b1 + a2/(b2 + ...))} from its front, by the modified method
 * of Lentz.
 *
 * <p>Source: Lentz (1976), "Generating Bessel functions in Mie scattering calculations using
 * continued fractions"; Thompson and Barnett (1986), "Coulomb and Bessel functions of complex
 * arguments and order".
 */
final class Lentz {

  /** Relative accuracy at which a series or a fraction ends. */
  static final double EPSILON = 0x1p-53;

  /** Stands for a denominator of 0. */
  private static final double TINY = 1e-300;

  private double value;
  private double c;
  private double d;
  private double factor = Double.NaN;

  Lentz(double b0) {
    value = b0 == 0 ? TINY : b0;
    c = value;
    d = 0;
  }

  void next(double a, double b) {
    d = 1 / nonZero(b + a * d);
    c = nonZero(b + a / c);
    factor = c * d;
    value *= factor;
  }

  private static double nonZero(double x) {
    return Math.abs(x) < TINY ? TINY : x;
  }

  /** Whether the last step changed nothing that matters. */
  boolean hasConverged() {
    return Math.abs(factor - 1) <= 2 * EPSILON;
  }

  double value() {
    return value;
  }
}
