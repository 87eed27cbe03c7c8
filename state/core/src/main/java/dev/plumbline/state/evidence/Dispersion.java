package dev.plumbline.state.evidence;

import java.util.ArrayList;
import java.util.List;

/**
 * The dispersion factor {@code phi}: how much more the reference varies than independent events
 * would (METHOD 1.2).
 *
 * <p>Measured over blocks of several lengths, shrunk to the pool of all series of a metric, never
 * below 1. Series are added once, in order; then {@link #phi} answers for each.
 */
final class Dispersion {

  private static final long HOUR = 3_600_000;
  private static final long[] LENGTHS = {HOUR, 4 * HOUR, 24 * HOUR};
  private static final int BLOCKS_MIN = 30;
  private static final double VARIANCE_MIN = 0.5;
  private static final double PRIOR_BLOCKS = 100;

  private final int[] lengths;
  private final List<double[]> own = new ArrayList<>();
  private final List<long[]> blocks = new ArrayList<>();

  /**
   * Dispersion over a reference.
   *
   * @param unitMillis length of a pane or cohort
   * @param units number of them in the reference
   */
  Dispersion(long unitMillis, int units) {
    List<Integer> usable = new ArrayList<>();
    addLength(usable, 1, units);
    for (long length : LENGTHS) {
      if (length % unitMillis == 0) {
        addLength(usable, length / unitMillis, units);
      }
    }
    lengths = usable.stream().mapToInt(Integer::intValue).toArray();
  }

  private static void addLength(List<Integer> usable, long length, int units) {
    if (units / length >= BLOCKS_MIN && !usable.contains((int) length)) {
      usable.add((int) length);
    }
  }

  /** Adds a series: its residual and binomial variance in each unit of the reference. */
  void add(double[] residual, double[] variance) {
    double[] sums = new double[lengths.length];
    long[] counts = new long[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      for (int block = 0; block < residual.length / lengths[i]; block++) {
        double r = 0;
        double v = 0;
        for (int t = block * lengths[i]; t < (block + 1) * lengths[i]; t++) {
          r = r + residual[t];
          v = v + variance[t];
        }
        if (v > VARIANCE_MIN) {
          sums[i] = sums[i] + r * r / v;
          counts[i]++;
        }
      }
    }
    own.add(sums);
    blocks.add(counts);
  }

  /** Dispersion of a series, in the order of adding; at least 1. */
  double phi(int series) {
    double phi = 1;
    for (int i = 0; i < lengths.length; i++) {
      phi = Math.max(phi, index(series, i));
    }
    return phi;
  }

  /** Lengths of the blocks in use, in units. */
  int[] lengths() {
    return lengths.clone();
  }

  /** Index of a series at one block length, by position in {@link #lengths}. */
  double index(int series, int length) {
    double count = (double) blocks.get(series)[length];
    return (own.get(series)[length] + PRIOR_BLOCKS * pool(length)) / (count + PRIOR_BLOCKS)
        - Math.sqrt(2 / (count + PRIOR_BLOCKS));
  }

  /** Sum of squared residuals over variance of a series, by position of the length. */
  double own(int series, int length) {
    return own.get(series)[length];
  }

  /** Blocks of a series that count, by position of the length. */
  long count(int series, int length) {
    return blocks.get(series)[length];
  }

  /** Mean over all series, by position of the length. */
  double pool(int length) {
    double sum = 0;
    long count = 0;
    for (int i = 0; i < own.size(); i++) {
      sum = sum + own.get(i)[length];
      count += blocks.get(i)[length];
    }
    return sum / Math.max(1, count);
  }
}
