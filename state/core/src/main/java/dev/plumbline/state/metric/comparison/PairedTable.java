package dev.plumbline.state.metric.comparison;

import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Intervals;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.numeric.Tails;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Labelled predictions that two versions made of the same ids, by which of them was right (METRICS
 * 10); counts of pairs, never negative. A commutative monoid under {@link #merge} with {@link
 * #EMPTY}.
 *
 * @param bothRight pairs in which both versions agree with the label
 * @param firstRight only the first one does
 * @param secondRight only the second one does
 * @param bothWrong neither does
 * @param changed pairs in which the two differ; all of the two in the middle, and for more than two
 *     classes perhaps some of the last
 */
public record PairedTable(
    long bothRight, long firstRight, long secondRight, long bothWrong, long changed) {

  /** No pair. */
  public static final PairedTable EMPTY = new PairedTable(0, 0, 0, 0, 0);

  public PairedTable {
    long apart = Math.addExact(firstRight, secondRight);
    if (Math.min(Math.min(bothRight, firstRight), Math.min(secondRight, bothWrong)) < 0
        || changed < apart
        || changed > Math.addExact(apart, bothWrong)) {
      throw new IllegalArgumentException(
          "counts must not be negative and changed pairs between %d and %d, were %d, %d, %d, %d, %d"
              .formatted(
                  apart,
                  apart + bothWrong,
                  bothRight,
                  firstRight,
                  secondRight,
                  bothWrong,
                  changed));
    }
    Math.addExact(Math.addExact(bothRight, bothWrong), apart);
  }

  /** One pair: the class that each version predicts, and the label. */
  public static PairedTable of(int first, int second, int label) {
    int changed = first == second ? 0 : 1;
    if (first == label) {
      return second == label
          ? new PairedTable(1, 0, 0, 0, changed)
          : new PairedTable(0, 1, 0, 0, changed);
    }
    return second == label
        ? new PairedTable(0, 0, 1, 0, changed)
        : new PairedTable(0, 0, 0, 1, changed);
  }

  /** The pairs of both. */
  public PairedTable merge(PairedTable other) {
    return new PairedTable(
        Math.addExact(bothRight, other.bothRight),
        Math.addExact(firstRight, other.firstRight),
        Math.addExact(secondRight, other.secondRight),
        Math.addExact(bothWrong, other.bothWrong),
        Math.addExact(changed, other.changed));
  }

  /** Number of pairs. */
  public long pairs() {
    return bothRight + firstRight + secondRight + bothWrong;
  }

  /** Share of pairs in which the versions differ: prediction churn. */
  public Rate churn() {
    return new Rate(changed, pairs());
  }

  /** Accuracy of the first version. */
  public Rate firstAccuracy() {
    return new Rate(bothRight + firstRight, pairs());
  }

  /** Accuracy of the second version. */
  public Rate secondAccuracy() {
    return new Rate(bothRight + secondRight, pairs());
  }

  /**
   * Accuracy of the second version minus that of the first, in [-1, 1]; above 0 the second one is
   * better. Undefined without a pair.
   */
  public OptionalDouble change() {
    return pairs() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) (secondRight - firstRight) / pairs());
  }

  /** Standard error of the change, paired Wald (METRICS 0.5). */
  public OptionalDouble standardError() {
    if (pairs() == 0) {
      return OptionalDouble.empty();
    }
    double n = pairs();
    double change = (secondRight - firstRight) / n;
    double apart = (firstRight + secondRight) / n;
    return OptionalDouble.of(Math.sqrt((apart - change * change) / n));
  }

  /** Interval of 95 % of the change, paired Wald. */
  public Optional<Interval> interval() {
    OptionalDouble error = standardError();
    return error.isPresent()
        ? Optional.of(Interval.around(change().getAsDouble(), Intervals.Z * error.getAsDouble()))
        : Optional.empty();
  }

  /**
   * Two-sided p-value of both being right equally often: the exact sign test of the pairs in which
   * one is. 1 where there is none.
   *
   * <p>Source: McNemar (1947), "Note on the sampling error of the difference between correlated
   * proportions or percentages".
   */
  public double exactPValue() {
    long apart = firstRight + secondRight;
    return Math.min(1, 2 * Tails.fairCoin(Math.min(firstRight, secondRight), apart));
  }

  /**
   * McNemar's chi-square of one degree of freedom with Edwards' continuity correction; undefined if
   * in no pair exactly one version is right.
   */
  public OptionalDouble chiSquare() {
    long apart = firstRight + secondRight;
    double distance = Math.abs(firstRight - secondRight) - 1.0;
    return apart == 0 ? OptionalDouble.empty() : OptionalDouble.of(distance * distance / apart);
  }
}
