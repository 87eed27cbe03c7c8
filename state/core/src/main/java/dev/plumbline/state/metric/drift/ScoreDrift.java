package dev.plumbline.state.metric.drift;

import java.util.OptionalDouble;

/**
 * Distance of two histograms of scores in [0, 1] with bins of one width.
 *
 * @param bins counts by ascending bin
 */
public record ScoreDrift(SamplePair bins) {

  /**
   * Wasserstein's distance, in [0, 1], within {@link #maxError} of that of the exact scores;
   * undefined if a side is empty.
   */
  public OptionalDouble wasserstein() {
    double n = bins.reference().stream().reduce(0L, Math::addExact);
    double m = bins.window().stream().reduce(0L, Math::addExact);
    if (n == 0 || m == 0) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    long mine = 0;
    long theirs = 0;
    for (int i = 0; i < bins.reference().size(); i++) {
      mine += bins.reference().get(i);
      theirs += bins.window().get(i);
      sum += Math.abs(mine / n - theirs / m);
    }
    return OptionalDouble.of(sum / bins.reference().size());
  }

  /** Bound of the error of {@link #wasserstein}: the width of a bin. */
  public double maxError() {
    return 1.0 / bins.reference().size();
  }
}
