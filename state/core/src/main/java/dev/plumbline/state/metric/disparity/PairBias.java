package dev.plumbline.state.metric.disparity;

import dev.plumbline.state.metric.Contingency;
import dev.plumbline.state.metric.Contrast;
import dev.plumbline.state.metric.Rate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Whether a model treats synthetic records of an attribute value otherwise than real ones (METRICS
 * 4). Desired 0 throughout. Attribute and source together also make one attribute for {@code
 * DirectionalAmplification}.
 *
 * <p>After Qraitem et al. (2023), "From fake to real: pretraining on balanced synthetic images to
 * prevent spurious correlations".
 *
 * @param values predictions by attribute value
 */
public record PairBias(SortedMap<String, Pair> values) {

  /**
   * Predictions of one attribute value.
   *
   * @param synthetic selection rate of synthetic records
   * @param real selection rate of real records
   */
  public record Pair(Rate synthetic, Rate real) {

    /** Synthetic minus real, with Newcombe's interval. */
    public Contrast gap() {
      return new Contrast(synthetic, real);
    }
  }

  public PairBias {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
  }

  /** The greatest absolute gap of a value; undefined if no value has both sources. */
  public OptionalDouble greatest() {
    return values.values().stream()
        .flatMapToDouble(pair -> pair.gap().difference().stream())
        .map(Math::abs)
        .max();
  }

  /** Cramer's V of attribute value and prediction. */
  public OptionalDouble ofValue() {
    return table(values.values().stream().map(it -> it.synthetic().merge(it.real())).toList());
  }

  /** Cramer's V of attribute value with source, and prediction. */
  public OptionalDouble ofValueAndSource() {
    List<Rate> rates = new ArrayList<>();
    values.values().forEach(pair -> rates.addAll(List.of(pair.synthetic(), pair.real())));
    return table(rates);
  }

  /** How much the source adds to the association of attribute value and prediction. */
  public OptionalDouble excess() {
    OptionalDouble with = ofValueAndSource();
    OptionalDouble without = ofValue();
    return with.isPresent() && without.isPresent()
        ? OptionalDouble.of(with.getAsDouble() - without.getAsDouble())
        : OptionalDouble.empty();
  }

  private static OptionalDouble table(List<Rate> rates) {
    return rates.isEmpty()
        ? OptionalDouble.empty()
        : new Contingency(
                rates.stream()
                    .map(rate -> List.of(rate.successes(), rate.trials() - rate.successes()))
                    .toList())
            .cramersV();
  }
}
