package dev.plumbline.state.evidence;

/**
 * One step of the e-detector and of the e-CUSUM (METHOD sections 2, 4 and 6), in the linear domain.
 *
 * <p>The weight is given anew at every step, so underflow to 0 is harmless; the caps only lower an
 * e-value.
 */
final class Recursion {

  private static final double CARRY_MAX = 1e30;
  private static final double VALUE_MAX = 1e290;

  private Recursion() {}

  /** {@code R[j] = (R[j] + w[j]) * F[j]} for all bets, F from {@code offset} on. */
  static void detect(double[] values, double[] weights, double[] factors, int offset) {
    for (int j = 0; j < weights.length; j++) {
      double carried = Math.min(values[j], CARRY_MAX) + weights[j];
      values[j] = Math.min(carried * factors[offset + j], VALUE_MAX);
    }
  }

  /** {@code V[j] = max(V[j], 1/J) * F[j]} for {@code bets} bets, F from {@code offset} on. */
  static void resolve(double[] values, int bets, double[] factors, int offset) {
    double floor = 1.0 / bets;
    for (int j = 0; j < bets; j++) {
      values[j] = Math.min(Math.max(values[j], floor) * factors[offset + j], VALUE_MAX);
    }
  }

  /** Sum of values [from, to), in ascending order. */
  static double sum(double[] values, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) {
      sum = sum + values[j];
    }
    return sum;
  }

  /** Index of the largest value; of several, the lowest index. */
  static int largest(double[] values) {
    int best = 0;
    for (int j = 1; j < values.length; j++) {
      if (values[j] > values[best]) {
        best = j;
      }
    }
    return best;
  }
}
