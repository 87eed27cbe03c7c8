package dev.plumbline.state.metric.fairness;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.RateMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rate of every subgroup of an attribute, and of all records (METRICS 8.1): how far subgroups lie
 * apart, from each other or from the whole. Unsigned, for any number of subgroups.
 *
 * @param groups rate by subgroup
 * @param overall the rate of all records, pooled: not the mean of the subgroups
 */
public record GroupRates(SortedMap<String, Rate> groups, Rate overall) {

  /** What a rate without trials counts as. */
  public enum Reading {
    /** Nothing: the subgroup is left out. */
    SKIPPED,
    /** A rate of 0, as in fairlearn: one tiny subgroup may then decide the gap. */
    ZERO
  }

  /**
   * How far rates lie apart.
   *
   * @param difference in [0, 1]; 0 is parity
   * @param ratio in [0, 1]; 1 is parity, undefined where all rates are 0
   */
  public record Apart(OptionalDouble difference, OptionalDouble ratio) {

    private static final Apart UNDEFINED =
        new Apart(OptionalDouble.empty(), OptionalDouble.empty());

    /** The greater difference and the lower ratio, of those that are defined. */
    public Apart worst(Apart other) {
      return new Apart(
          combined(difference, other.difference, Math::max),
          combined(ratio, other.ratio, Math::min));
    }

    /** The means, of those that are defined. */
    public Apart mean(Apart other) {
      return new Apart(
          combined(difference, other.difference, (a, b) -> (a + b) / 2),
          combined(ratio, other.ratio, (a, b) -> (a + b) / 2));
    }

    private interface Combination {
      double of(double one, double other);
    }

    private static OptionalDouble combined(
        OptionalDouble one, OptionalDouble other, Combination of) {
      if (one.isEmpty() || other.isEmpty()) {
        return one.isEmpty() ? other : one;
      }
      return OptionalDouble.of(of.of(one.getAsDouble(), other.getAsDouble()));
    }
  }

  public GroupRates {
    groups = new TreeMap<>(groups);
  }

  /** The rates of a metric. */
  public static GroupRates of(RateMetric metric, SortedMap<String, Confusion> groups) {
    SortedMap<String, Rate> rates = new TreeMap<>();
    Confusion all = Confusion.EMPTY;
    for (Map.Entry<String, Confusion> entry : groups.entrySet()) {
      rates.put(entry.getKey(), entry.getValue().rate(metric));
      all = all.merge(entry.getValue());
    }
    return new GroupRates(rates, all.rate(metric));
  }

  private List<Double> rates(Reading reading) {
    List<Double> rates = new ArrayList<>();
    for (Rate rate : groups.values()) {
      if (rate.defined()) {
        rates.add(rate.share());
      } else if (reading == Reading.ZERO) {
        rates.add(0.0);
      }
    }
    return rates;
  }

  /** Highest minus lowest rate, lowest over highest. */
  public Apart between(Reading reading) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double rate : rates(reading)) {
      low = Math.min(low, rate);
      high = Math.max(high, rate);
    }
    return low > high
        ? Apart.UNDEFINED
        : new Apart(
            OptionalDouble.of(high - low),
            high > 0 ? OptionalDouble.of(low / high) : OptionalDouble.empty());
  }

  /** Greatest distance of a rate from that of all records, and lowest ratio of the two. */
  public Apart toOverall(Reading reading) {
    List<Double> rates = rates(reading);
    if (rates.isEmpty() || !overall.defined()) {
      return Apart.UNDEFINED;
    }
    double whole = overall.share();
    double distance = 0;
    double ratio = Double.POSITIVE_INFINITY;
    for (double rate : rates) {
      distance = Math.max(distance, Math.abs(rate - whole));
      double greater = Math.max(rate, whole);
      ratio = greater > 0 ? Math.min(ratio, Math.min(rate, whole) / greater) : ratio;
    }
    return new Apart(
        OptionalDouble.of(distance),
        Double.isInfinite(ratio) ? OptionalDouble.empty() : OptionalDouble.of(ratio));
  }
}
