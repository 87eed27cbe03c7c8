package dev.plumbline.cli.init;

/** Quantiles of sorted numbers. */
final class Quantiles {

  private Quantiles() {}

  /** The smallest number that a share of all do not exceed; 0 of none. */
  static long at(long[] ascending, double share) {
    return ascending.length == 0 ? 0 : ascending[place(ascending.length, share)];
  }

  /** The same of fractions. */
  static double at(double[] ascending, double share) {
    return ascending.length == 0 ? 0 : ascending[place(ascending.length, share)];
  }

  private static int place(int length, double share) {
    return Math.max(0, Math.min(length - 1, (int) Math.ceil(share * length) - 1));
  }
}
