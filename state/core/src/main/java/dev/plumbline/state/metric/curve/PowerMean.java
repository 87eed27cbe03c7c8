package dev.plumbline.state.metric.curve;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * Generalized mean, {@code (mean of v^p)^(1/p)}: with p = -5 it leans to the worst subgroups
 * (METRICS 5).
 */
public final class PowerMean {

  /** The power of the benchmark of Borkan et al. */
  public static final double POWER = -5;

  private PowerMean() {}

  /**
   * The mean; undefined without a value.
   *
   * @param values at least 0
   * @param power not 0
   */
  public static OptionalDouble of(List<Double> values, double power) {
    if (power == 0 || values.stream().anyMatch(value -> !(value >= 0))) {
      throw new IllegalArgumentException(
          "expected values of at least 0 and a power other than 0, were "
              + values
              + " and "
              + power);
    }
    if (values.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (power < 0 && values.stream().anyMatch(value -> value == 0)) {
      return OptionalDouble.of(0);
    }
    double sum = 0;
    for (double value : values) {
      sum += StrictMath.pow(value, power);
    }
    return OptionalDouble.of(StrictMath.pow(sum / values.size(), 1 / power));
  }

  /**
   * The power means of the three areas over subgroups that have all of them.
   *
   * @param subgroup of the areas within subgroups
   * @param bpsn of background positives against subgroup negatives
   * @param bnsp of subgroup positives against background negatives
   * @param groups subgroups that have all three; the others are left out
   */
  public record OfAreas(
      OptionalDouble subgroup, OptionalDouble bpsn, OptionalDouble bnsp, int groups) {

    /** The benchmark's score: the mean of these three and the area of all records, in [0, 1]. */
    public OptionalDouble score(double overall) {
      return groups == 0
          ? OptionalDouble.empty()
          : OptionalDouble.of(
              (overall + subgroup.getAsDouble() + bpsn.getAsDouble() + bnsp.getAsDouble()) / 4);
    }
  }

  /** The power means of these subgroups, with the benchmark's power. */
  public static OfAreas of(SortedMap<String, NuancedAuc> groups) {
    List<NuancedAuc> defined =
        groups.values().stream()
            .filter(it -> it.subgroupAuc().isPresent())
            .filter(it -> it.bpsnAuc().isPresent() && it.bnspAuc().isPresent())
            .toList();
    return new OfAreas(
        of(defined.stream().map(it -> it.subgroupAuc().orElseThrow().value()).toList(), POWER),
        of(defined.stream().map(it -> it.bpsnAuc().orElseThrow().value()).toList(), POWER),
        of(defined.stream().map(it -> it.bnspAuc().orElseThrow().value()).toList(), POWER),
        defined.size());
  }
}
