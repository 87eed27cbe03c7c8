package dev.plumbline.state.metric.drift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/**
 * Numbers and how often each occurs: the exact distribution of a sample, as a reference keeps it. A
 * commutative monoid under {@link #merge} with {@link #EMPTY}.
 *
 * @param counts records by value, ascending; each at least 1
 */
public record Distribution(SortedMap<Double, Long> counts) {

  /** No record. */
  public static final Distribution EMPTY = new Distribution(new TreeMap<>());

  public Distribution {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    counts.forEach(
        (value, count) -> {
          if (!Double.isFinite(value) || count < 1) {
            throw new IllegalArgumentException(
                "expected finite values that occur, was " + value + " " + count + " times");
          }
        });
  }

  /** The distribution of these values. */
  public static Distribution of(Iterable<Double> values) {
    SortedMap<Double, Long> counts = new TreeMap<>();
    values.forEach(value -> counts.merge(value + 0.0, 1L, Math::addExact));
    return new Distribution(counts);
  }

  /** The records of both. */
  public Distribution merge(Distribution other) {
    SortedMap<Double, Long> merged = new TreeMap<>(counts);
    other.counts.forEach((value, count) -> merged.merge(value, count, Math::addExact));
    return new Distribution(merged);
  }

  /** Number of records. */
  public long total() {
    return counts.values().stream().reduce(0L, Math::addExact);
  }

  /** Number of distinct values. */
  public int distinct() {
    return counts.size();
  }

  /** Sum over records of a function of the value. */
  private double sum(DoubleUnaryOperator of) {
    double sum = 0;
    for (Map.Entry<Double, Long> entry : counts.entrySet()) {
      sum += entry.getValue() * of.applyAsDouble(entry.getKey());
    }
    return sum;
  }

  /** Mean of the records; undefined without one. */
  public OptionalDouble mean() {
    return counts.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum(value -> value) / total());
  }

  /** Standard deviation of the records as a population; undefined without one. */
  public OptionalDouble deviation() {
    OptionalDouble mean = mean();
    if (mean.isEmpty()) {
      return mean;
    }
    double centre = mean.getAsDouble();
    return OptionalDouble.of(
        Math.sqrt(sum(value -> (value - centre) * (value - centre)) / total()));
  }

  /** Skewness of the records as a population; undefined where all are equal. */
  public OptionalDouble skewness() {
    if (counts.size() < 2) {
      return OptionalDouble.empty();
    }
    double centre = mean().getAsDouble();
    double deviation = deviation().getAsDouble();
    return OptionalDouble.of(
        sum(
                value -> {
                  double z = (value - centre) / deviation;
                  return z * z * z;
                })
            / total());
  }

  /**
   * The value below which this share of the records lies, between two records by a straight line at
   * rank {@code (n - 1) q}; undefined without a record.
   *
   * @param q in [0, 1]
   */
  public OptionalDouble quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("expected a share in [0, 1], was " + q);
    }
    if (counts.isEmpty()) {
      return OptionalDouble.empty();
    }
    double rank = (total() - 1) * q;
    long below = (long) rank;
    double low = at(below);
    double high = at(Math.min(below + 1, total() - 1));
    return OptionalDouble.of(low + (high - low) * (rank - below));
  }

  private double at(long rank) {
    long seen = 0;
    for (Map.Entry<Double, Long> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (rank < seen) {
        return entry.getKey();
      }
    }
    throw new IllegalArgumentException("no rank " + rank + " among " + seen);
  }

  /** Counts of both by value: every value a category, those of the one and the other. */
  public SamplePair byValue(Distribution window) {
    List<Long> mine = new ArrayList<>();
    List<Long> theirs = new ArrayList<>();
    for (double value : values(window)) {
      mine.add(counts.getOrDefault(value, 0L));
      theirs.add(window.counts.getOrDefault(value, 0L));
    }
    return new SamplePair(mine, theirs);
  }

  private TreeSet<Double> values(Distribution window) {
    TreeSet<Double> values = new TreeSet<>(counts.keySet());
    values.addAll(window.counts.keySet());
    return values;
  }

  /**
   * Wasserstein's distance of order 1: the area between both distribution functions, in the unit of
   * the values; undefined if a side is empty.
   */
  public OptionalDouble wasserstein(Distribution window) {
    if (counts.isEmpty() || window.counts.isEmpty()) {
      return OptionalDouble.empty();
    }
    double area = 0;
    double last = 0;
    double between = 0;
    long mine = 0;
    long theirs = 0;
    for (double value : values(window)) {
      area += between * (value - last);
      mine += counts.getOrDefault(value, 0L);
      theirs += window.counts.getOrDefault(value, 0L);
      between = Math.abs((double) mine / total() - (double) theirs / window.total());
      last = value;
    }
    return OptionalDouble.of(area);
  }

  /**
   * Wasserstein's distance in deviations of this reference, as Evidently has it: over the greater
   * of the deviation and 0.001.
   */
  public OptionalDouble normalizedWasserstein(Distribution window) {
    OptionalDouble distance = wasserstein(window);
    return distance.isPresent()
        ? OptionalDouble.of(distance.getAsDouble() / Math.max(deviation().getAsDouble(), 0.001))
        : distance;
  }
}
