package dev.plumbline.state.metric.amplification;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Intervals;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How much more often a subgroup is predicted positive than it is: {@code (FP - FN)/n}, in [-1, 1],
 * which is A to T of a binary task (METRICS 1.1).
 *
 * @param cells labelled predictions of the subgroup
 */
public record PredictedShift(Confusion cells) {

  /** The shift; undefined without a record. */
  public OptionalDouble value() {
    long n = cells.labelled();
    return n == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) (cells.fp() - cells.fn()) / n);
  }

  /** Its variance, paired Wald (METRICS 0.5). */
  public OptionalDouble variance() {
    OptionalDouble value = value();
    if (value.isEmpty()) {
      return value;
    }
    double n = cells.labelled();
    double shift = value.getAsDouble();
    return OptionalDouble.of(((cells.fp() + cells.fn()) / n - shift * shift) / n);
  }

  /** Its interval of 95 %, paired Wald. */
  public Optional<Interval> interval() {
    OptionalDouble variance = variance();
    return variance.isPresent()
        ? Optional.of(
            Interval.around(value().getAsDouble(), Intervals.Z * Math.sqrt(variance.getAsDouble())))
        : Optional.empty();
  }
}
