package dev.plumbline.state.numeric;

/**
 * Derivative of the logarithm of the gamma function: shifted to {@code x >= 16}, then its
 * asymptotic series (Abramowitz and Stegun 6.3.18). Absolute error below 1e-14 for {@code x >= 1}.
 */
public final class Digamma {

  private static final double SERIES_FROM = 16;

  private Digamma() {}

  /** Digamma at an argument above 0. */
  public static double of(double argument) {
    double x = argument;
    double shift = 0;
    while (x < SERIES_FROM) {
      shift += 1 / x;
      x = x + 1;
    }
    double y = 1 / (x * x);
    double series = y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y * (1.0 / 240 - y / 132))));
    return StrictMath.log(x) - 0.5 / x - series - shift;
  }
}
