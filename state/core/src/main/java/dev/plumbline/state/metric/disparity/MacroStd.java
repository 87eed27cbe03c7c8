package dev.plumbline.state.metric.disparity;

import dev.plumbline.state.metric.Rate;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Mean over classes of how far the accuracy in a class varies between subgroups, each weighted by
 * its records; at least 0, desired 0 (METRICS 7). Subgroups without a record of a class are left
 * out of it.
 *
 * @param classes accuracy by subgroup, by class
 */
public record MacroStd(SortedMap<String, SortedMap<String, Rate>> classes) {

  public MacroStd {
    SortedMap<String, SortedMap<String, Rate>> copy = new TreeMap<>();
    classes.forEach((name, groups) -> copy.put(name, new TreeMap<>(groups)));
    classes = Collections.unmodifiableSortedMap(copy);
  }

  /** Weighted standard deviation in each class that has a record, as a population. */
  public SortedMap<String, Double> perClass() {
    SortedMap<String, Double> deviations = new TreeMap<>();
    classes.forEach(
        (name, groups) -> {
          List<Rate> rates = defined(groups);
          if (!rates.isEmpty()) {
            deviations.put(name, Math.sqrt(variance(rates)));
          }
        });
    return deviations;
  }

  private static List<Rate> defined(SortedMap<String, Rate> groups) {
    return groups.values().stream().filter(Rate::defined).toList();
  }

  private static double variance(List<Rate> rates) {
    Rate all = rates.stream().reduce(Rate.NONE, Rate::merge);
    double sum = 0;
    for (Rate rate : rates) {
      double distance = rate.share() - all.share();
      sum += rate.trials() * distance * distance;
    }
    return sum / all.trials();
  }

  /** Mean over classes; undefined without a record. */
  public OptionalDouble population() {
    return mean(List.copyOf(perClass().values()));
  }

  /**
   * The same with the factor {@code M/(M - 1)} on the variance of M subgroups, as NIST has it, over
   * the classes that have two subgroups; undefined if none has.
   *
   * <p>Source: NIST Dataplot reference manual, "weighted standard deviation".
   */
  public OptionalDouble corrected() {
    return mean(
        classes.values().stream()
            .map(MacroStd::defined)
            .filter(rates -> rates.size() > 1)
            .map(rates -> Math.sqrt(variance(rates) * rates.size() / (rates.size() - 1)))
            .toList());
  }

  private static OptionalDouble mean(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum / values.size());
  }
}
