package dev.plumbline.state.metric.correlation;

import dev.plumbline.state.numeric.Tails;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * How the correlation of label and attribute value has moved since the reference (METRICS 3).
 * Desired 0.
 *
 * @param reference records of the reference
 * @param window records of the window
 */
public record CorrelationShift(Correlation reference, Correlation window) {

  /** Slope of the window minus that of the reference; undefined unless both are defined. */
  public OptionalDouble slope() {
    return difference(reference.slope(), window.slope());
  }

  /** Phi of the window minus that of the reference; undefined unless both are defined. */
  public OptionalDouble phi() {
    return difference(reference.phi(), window.phi());
  }

  private static OptionalDouble difference(OptionalDouble before, OptionalDouble after) {
    return before.isPresent() && after.isPresent()
        ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Standard error of the shift of the slope, Wald. */
  public OptionalDouble standardError() {
    OptionalDouble before = reference.slopeVariance();
    OptionalDouble after = window.slopeVariance();
    return before.isPresent() && after.isPresent()
        ? OptionalDouble.of(Math.sqrt(before.getAsDouble() + after.getAsDouble()))
        : OptionalDouble.empty();
  }

  /** Shift of the slope in standard errors; undefined if there is no error. */
  public OptionalDouble z() {
    OptionalDouble error = standardError();
    return error.isPresent() && error.getAsDouble() > 0
        ? OptionalDouble.of(slope().getAsDouble() / error.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Two-sided p-value of no shift, by the normal distribution. */
  public OptionalDouble pValue() {
    OptionalDouble z = z();
    return z.isPresent() ? OptionalDouble.of(Tails.normal(z.getAsDouble())) : z;
  }

  /** The value of an attribute whose slope has moved furthest; the first of equals. */
  public static Optional<Map.Entry<String, CorrelationShift>> furthest(
      SortedMap<String, CorrelationShift> byValue) {
    Optional<Map.Entry<String, CorrelationShift>> furthest = Optional.empty();
    double distance = -1;
    for (Map.Entry<String, CorrelationShift> entry : byValue.entrySet()) {
      OptionalDouble slope = entry.getValue().slope();
      if (slope.isPresent() && Math.abs(slope.getAsDouble()) > distance) {
        distance = Math.abs(slope.getAsDouble());
        furthest = Optional.of(Map.entry(entry.getKey(), entry.getValue()));
      }
    }
    return furthest;
  }
}
