package dev.plumbline.state.metric.drift;

import dev.plumbline.state.metric.Interval;
import java.util.List;

/** Limits of a metric from its values over chunks of a reference, as NannyML sets them. */
public final class ReferenceBand {

  private ReferenceBand() {}

  /**
   * Mean and so many standard deviations, of the population, to either side.
   *
   * @param values of the chunks, at least one
   * @param deviations at least 0; NannyML's default is 3
   */
  public static Interval of(List<Double> values, double deviations) {
    Distribution chunks = Distribution.of(values);
    return Interval.around(
        chunks.mean().orElseThrow(), deviations * chunks.deviation().orElseThrow());
  }
}
