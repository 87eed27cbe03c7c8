package dev.plumbline.state.metric.fairness;

import dev.plumbline.state.metric.Rate;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Differential fairness with smoothed rates: the greatest logarithm of a ratio of two groups'
 * chances of an outcome, at least 0, desired 0 (METRICS 8.4).
 *
 * <p>Source: Foulds, Islam, Keya and Pan (2020), "An intersectional definition of fairness".
 */
public final class DifferentialFairness {

  /** Records that are added to each group, half to each outcome. */
  private static final double CONCENTRATION = 1;

  private DifferentialFairness() {}

  /** Epsilon of these groups; undefined with fewer than two. */
  public static OptionalDouble epsilon(List<Rate> groups) {
    if (groups.size() < 2) {
      return OptionalDouble.empty();
    }
    double positive = range(groups.stream().mapToDouble(rate -> log(rate, rate.successes())));
    double negative =
        range(groups.stream().mapToDouble(rate -> log(rate, rate.trials() - rate.successes())));
    return OptionalDouble.of(Math.max(positive, negative));
  }

  private static double log(Rate rate, long count) {
    return StrictMath.log((count + CONCENTRATION / 2) / (rate.trials() + CONCENTRATION));
  }

  private static double range(DoubleStream logarithms) {
    DoubleSummaryStatistics summary = logarithms.summaryStatistics();
    return summary.getMax() - summary.getMin();
  }

  /**
   * Epsilon of predictions minus that of labels: above 0 the model adds to what the labels hold.
   *
   * @param predictions selection rates by group
   * @param labels base rates of the same groups
   */
  public static OptionalDouble amplification(List<Rate> predictions, List<Rate> labels) {
    OptionalDouble after = epsilon(predictions);
    OptionalDouble before = epsilon(labels);
    return after.isPresent() && before.isPresent()
        ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
        : OptionalDouble.empty();
  }
}
