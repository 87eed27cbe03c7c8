package dev.plumbline.state.metric.comparison;

import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Intervals;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.numeric.LinearFit;
import dev.plumbline.state.numeric.Tails;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far the bias of a model downstream follows that of one upstream, over the same keys (METRICS
 * 9). A high correlation with a slope below 1 is transfer with attenuation; the correlation alone
 * says nothing about its size.
 *
 * @param upstream bias by key
 * @param downstream bias of the same keys
 * @param skipped keys that are not in both, or too small in one
 */
public record BiasTransfer(
    SortedMap<String, Double> upstream, SortedMap<String, Double> downstream, int skipped) {

  /** Fewest keys of a correlation. */
  private static final int LEAST = 3;

  public BiasTransfer {
    upstream = Collections.unmodifiableSortedMap(new TreeMap<>(upstream));
    downstream = Collections.unmodifiableSortedMap(new TreeMap<>(downstream));
    if (!upstream.keySet().equals(downstream.keySet()) || skipped < 0) {
      throw new IllegalArgumentException(
          "both sides must have the same keys, were "
              + upstream.keySet()
              + " and "
              + downstream.keySet());
    }
  }

  /**
   * The transfer of selection: bias is the selection rate of a key minus that of all.
   *
   * @param upstream selection rates by key, of disjoint subgroups
   * @param downstream those of the other model
   * @param minimum fewest predictions of a key on either side
   */
  public static BiasTransfer ofSelection(
      SortedMap<String, Rate> upstream, SortedMap<String, Rate> downstream, long minimum) {
    TreeSet<String> keys = new TreeSet<>(upstream.keySet());
    keys.addAll(downstream.keySet());
    int all = keys.size();
    keys.removeIf(key -> Math.min(trials(upstream, key), trials(downstream, key)) < least(minimum));
    return new BiasTransfer(
        deviations(upstream, keys), deviations(downstream, keys), all - keys.size());
  }

  private static long least(long minimum) {
    return Math.max(1, minimum);
  }

  private static long trials(SortedMap<String, Rate> rates, String key) {
    return rates.getOrDefault(key, Rate.NONE).trials();
  }

  private static SortedMap<String, Double> deviations(
      SortedMap<String, Rate> rates, TreeSet<String> keys) {
    long successes = rates.values().stream().mapToLong(Rate::successes).sum();
    long trials = rates.values().stream().mapToLong(Rate::trials).sum();
    Rate overall = new Rate(successes, trials);
    SortedMap<String, Double> deviations = new TreeMap<>();
    for (Map.Entry<String, Rate> entry : rates.entrySet()) {
      if (keys.contains(entry.getKey())) {
        deviations.put(entry.getKey(), entry.getValue().share() - overall.share());
      }
    }
    return deviations;
  }

  /** Number of keys. */
  public int size() {
    return upstream.size();
  }

  /**
   * Downstream on upstream by least squares; undefined with fewer than 3 keys or if a side is
   * constant.
   */
  public Optional<LinearFit> fit() {
    return size() < LEAST
        ? Optional.empty()
        : LinearFit.of(List.copyOf(upstream.values()), List.copyOf(downstream.values()))
            .filter(line -> line.correlation().isPresent());
  }

  /** Pearson's correlation, in [-1, 1]; undefined where {@link #fit} is. */
  public OptionalDouble pearson() {
    return fit().map(LinearFit::correlation).orElseGet(OptionalDouble::empty);
  }

  /** Fisher's interval of Pearson's correlation. */
  public Optional<Interval> interval() {
    OptionalDouble pearson = pearson();
    return pearson.isPresent() ? Intervals.fisher(pearson.getAsDouble(), size()) : Optional.empty();
  }

  /** Spearman's correlation: Pearson's of the ranks, ties with the mean of theirs. */
  public OptionalDouble spearman() {
    if (fit().isEmpty()) {
      return OptionalDouble.empty();
    }
    long[] x = doubledRanks(List.copyOf(upstream.values()));
    long[] y = doubledRanks(List.copyOf(downstream.values()));
    long mean = size() + 1L;
    long xx = 0;
    long xy = 0;
    long yy = 0;
    for (int i = 0; i < x.length; i++) {
      xx += (x[i] - mean) * (x[i] - mean);
      xy += (x[i] - mean) * (y[i] - mean);
      yy += (y[i] - mean) * (y[i] - mean);
    }
    return OptionalDouble.of(
        xx == yy ? (double) xy / xx : xy / Math.sqrt((double) xx) / Math.sqrt((double) yy));
  }

  /** Twice the mid-rank of each value, which is whole; their mean is n + 1. */
  private static long[] doubledRanks(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    long[] ranks = new long[values.size()];
    for (int i = 0; i < ranks.length; i++) {
      double value = values.get(i);
      ranks[i] = sorted.indexOf(value) + sorted.lastIndexOf(value) + 2L;
    }
    return ranks;
  }

  /**
   * Two-sided p-value of a correlation over these keys being 0, by Student's t with n - 2 degrees
   * of freedom: 0 at |r| = 1.
   *
   * @param correlation r, in [-1, 1]
   */
  public double pValue(double correlation) {
    int degrees = size() - 2;
    double left = 1 - correlation * correlation;
    return left <= 0 ? 0 : Tails.student(correlation * Math.sqrt(degrees / left), degrees);
  }
}
