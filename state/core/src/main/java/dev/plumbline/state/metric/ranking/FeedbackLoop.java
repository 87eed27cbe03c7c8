package dev.plumbline.state.metric.ranking;

import dev.plumbline.state.numeric.LinearFit;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How Relative Delta moves while models learn from what earlier ones have shown. Below 0 the
 * preference for generated items grows.
 *
 * @param deltas Relative Delta in percent by retraining cycle, the first one first
 */
public record FeedbackLoop(List<OptionalDouble> deltas) {

  public FeedbackLoop {
    deltas = List.copyOf(deltas);
  }

  /**
   * Relative Delta of a cycle minus that of the first; undefined unless both are defined.
   *
   * @param cycle from 0
   */
  public OptionalDouble amplification(int cycle) {
    OptionalDouble first = deltas.get(0);
    OptionalDouble later = deltas.get(cycle);
    return first.isPresent() && later.isPresent()
        ? OptionalDouble.of(later.getAsDouble() - first.getAsDouble())
        : OptionalDouble.empty();
  }

  /** Change for each cycle by least squares; undefined with fewer than two cycles. */
  public OptionalDouble slope() {
    List<Double> cycles = new ArrayList<>();
    List<Double> defined = new ArrayList<>();
    for (int cycle = 0; cycle < deltas.size(); cycle++) {
      if (deltas.get(cycle).isPresent()) {
        cycles.add((double) cycle);
        defined.add(deltas.get(cycle).getAsDouble());
      }
    }
    return LinearFit.of(cycles, defined)
        .map(line -> OptionalDouble.of(line.slope()))
        .orElseGet(OptionalDouble::empty);
  }
}
