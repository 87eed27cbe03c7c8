package dev.plumbline.state.metric.drift;

import dev.plumbline.state.numeric.Tails;
import java.util.List;
import java.util.Optional;

/**
 * Greatest distance of the distribution functions of a reference and a window.
 *
 * @param statistic the distance, in [0, 1]; 0 is no drift
 * @param maxError how far above it the distance of the exact values may be because of their bins; 0
 *     where each cell holds one value
 * @param reference records of the reference, at least 1
 * @param window records of the window, at least 1
 */
public record KolmogorovSmirnov(double statistic, double maxError, long reference, long window) {

  /** The distance of these exact distributions; undefined if a side is empty. */
  public static Optional<KolmogorovSmirnov> of(Distribution reference, Distribution window) {
    return of(reference.byValue(window), false);
  }

  /**
   * The distance at the edges of ordered bins; undefined if a side is empty. Inside a bin it may be
   * greater by the share of the bin, on either side.
   */
  public static Optional<KolmogorovSmirnov> ofBins(SamplePair bins) {
    return of(bins, true);
  }

  private static Optional<KolmogorovSmirnov> of(SamplePair cells, boolean areBins) {
    long n = cells.reference().stream().reduce(0L, Math::addExact);
    long m = cells.window().stream().reduce(0L, Math::addExact);
    if (n == 0 || m == 0) {
      return Optional.empty();
    }
    double greatest = 0;
    double share = 0;
    long mine = 0;
    long theirs = 0;
    for (int i = 0; i < cells.reference().size(); i++) {
      mine += cells.reference().get(i);
      theirs += cells.window().get(i);
      greatest = Math.max(greatest, Math.abs((double) mine / n - (double) theirs / m));
      share =
          Math.max(share, Math.max(share(cells.reference(), i, n), share(cells.window(), i, m)));
    }
    return Optional.of(new KolmogorovSmirnov(greatest, areBins ? share : 0, n, m));
  }

  private static double share(List<Long> counts, int cell, long total) {
    return (double) counts.get(cell) / total;
  }

  /**
   * Probability of a distance at least as great without a drift, by Kolmogorov's limit at the
   * effective sample size nm/(n + m).
   */
  public double pValue() {
    double effective = (double) reference * window / (reference + window);
    return Tails.kolmogorov(Math.sqrt(effective) * statistic);
  }
}
