package dev.plumbline.state.metric.fairness;

import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.ScoreBins;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Labels and scores by score bin: how far a score is from the share of positives that it promises
 * (METRICS 8.5). Sums are whole numbers of micro-units, so that all of it is exact. A commutative
 * monoid under {@link #merge} with {@link #EMPTY}. Errors are biased upward with few records: show
 * their number, and the rule of the bins.
 *
 * <p>Source: Guo, Pleiss, Sun and Weinberger (2017), "On calibration of modern neural networks";
 * Hebert-Johnson et al. (2018), "Multicalibration".
 *
 * @param bins sums by the index of the bin, without empty ones
 */
public record Calibration(SortedMap<Integer, Bin> bins) {

  /** No record. */
  public static final Calibration EMPTY = new Calibration(new TreeMap<>());

  /**
   * Sums of one bin.
   *
   * @param records at least 1
   * @param positives records with label 1
   * @param micro sum of the scores in micro-units
   */
  public record Bin(long records, long positives, long micro) {

    public Bin {
      if (records < 1
          || positives < 0
          || positives > records
          || micro < 0
          || micro > Math.multiplyExact(records, (long) ScoreBins.MICRO)) {
        throw new IllegalArgumentException(
            "expected positives and scores of at least one record, were %d, %d of %d"
                .formatted(positives, micro, records));
      }
    }

    Bin merge(Bin other) {
      return new Bin(
          Math.addExact(records, other.records),
          Math.addExact(positives, other.positives),
          Math.addExact(micro, other.micro));
    }

    /** Sum of labels minus sum of scores, in micro-units. */
    long distance() {
      return Math.abs(Math.multiplyExact(positives, (long) ScoreBins.MICRO) - micro);
    }
  }

  public Calibration {
    bins = Collections.unmodifiableSortedMap(new TreeMap<>(bins));
  }

  /**
   * One record.
   *
   * @param bin index of the bin of its score
   * @param micro its score in micro-units
   * @param label 0 or 1
   */
  public static Calibration of(int bin, int micro, int label) {
    return new Calibration(new TreeMap<>(Map.of(bin, new Bin(1, label, micro))));
  }

  /** The records of both, which must have the same bins. */
  public Calibration merge(Calibration other) {
    SortedMap<Integer, Bin> merged = new TreeMap<>(bins);
    other.bins.forEach((index, bin) -> merged.merge(index, bin, Bin::merge));
    return new Calibration(merged);
  }

  /** Number of records. */
  public long records() {
    return bins.values().stream().mapToLong(Bin::records).sum();
  }

  /** Share of positives. */
  public Rate baseRate() {
    return new Rate(bins.values().stream().mapToLong(Bin::positives).sum(), records());
  }

  /** Mean score, in [0, 1]; undefined without a record. */
  public OptionalDouble meanScore() {
    return share(bins.values().stream().mapToLong(Bin::micro).sum(), records());
  }

  /**
   * Expected calibration error: distance of scores and labels in a bin, by the share of its
   * records, in [0, 1]; undefined without a record.
   */
  public OptionalDouble expectedError() {
    return share(bins.values().stream().mapToLong(Bin::distance).sum(), records());
  }

  /** Greatest distance of a bin, in [0, 1]; undefined without a record. */
  public OptionalDouble greatestError() {
    return bins.values().stream()
        .mapToDouble(bin -> share(bin.distance(), bin.records()).orElse(0))
        .max();
  }

  private static OptionalDouble share(long micro, long records) {
    return records == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) micro / ((double) ScoreBins.MICRO * records));
  }

  /**
   * How far multicalibration is missed: the greatest distance of a bin of a group, by its share of
   * all records, in [0, 1]. Undefined without a record.
   *
   * @param groups of all attributes, with all records among them
   */
  public static OptionalDouble multicalibration(Calibration overall, Iterable<Calibration> groups) {
    long greatest = greatest(overall);
    for (Calibration group : groups) {
      greatest = Math.max(greatest, greatest(group));
    }
    return share(greatest, overall.records());
  }

  private static long greatest(Calibration group) {
    return group.bins.values().stream().mapToLong(Bin::distance).max().orElse(0);
  }
}
