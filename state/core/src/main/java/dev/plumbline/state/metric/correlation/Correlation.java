package dev.plumbline.state.metric.correlation;

import dev.plumbline.state.metric.Contrast;
import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Rate;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Records by a binary label y and whether they are of an attribute value, z; counts, never
 * negative. A commutative monoid under {@link #merge} with {@link #EMPTY}.
 *
 * <p>Source: Roh, Lee, Whang and Suh (2023), "Improving fair training under correlation shifts".
 *
 * @param n11 label 1, of the value
 * @param n10 label 1, not of the value
 * @param n01 label 0, of the value
 * @param n00 label 0, not of the value
 */
public record Correlation(long n11, long n10, long n01, long n00) {

  /** No record. */
  public static final Correlation EMPTY = new Correlation(0, 0, 0, 0);

  public Correlation {
    if (Math.min(Math.min(n11, n10), Math.min(n01, n00)) < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, were %d, %d, %d, %d".formatted(n11, n10, n01, n00));
    }
    Math.addExact(Math.addExact(n11, n10), Math.addExact(n01, n00));
  }

  /** One record. */
  public static Correlation of(boolean isPositive, boolean isOfValue) {
    return isPositive
        ? new Correlation(isOfValue ? 1 : 0, isOfValue ? 0 : 1, 0, 0)
        : new Correlation(0, 0, isOfValue ? 1 : 0, isOfValue ? 0 : 1);
  }

  /** The records of both. */
  public Correlation merge(Correlation other) {
    return new Correlation(
        Math.addExact(n11, other.n11),
        Math.addExact(n10, other.n10),
        Math.addExact(n01, other.n01),
        Math.addExact(n00, other.n00));
  }

  /** Number of records. */
  public long total() {
    return n11 + n10 + n01 + n00;
  }

  /** P(y = 1). */
  public Rate positives() {
    return new Rate(n11 + n10, total());
  }

  /** P(z = 1). */
  public Rate ofValue() {
    return new Rate(n11 + n01, total());
  }

  /** P(y = 1 | z = 1). */
  public Rate positivesOfValue() {
    return new Rate(n11, n11 + n01);
  }

  /** P(y = 1 | z = 0). */
  public Rate positivesOfOthers() {
    return new Rate(n10, n10 + n00);
  }

  private Contrast contrast() {
    return new Contrast(positivesOfValue(), positivesOfOthers());
  }

  /**
   * The correlation c of the authors, {@code P(y=1|z=1) - P(y=1|z=0)}, in [-1, 1]: the slope of y
   * on z, and the demographic parity gap of a predictor without error. Undefined where all records
   * are of the value, or none. It is not Pearson's.
   */
  public OptionalDouble slope() {
    return contrast().difference();
  }

  /** Newcombe's interval of the slope. */
  public Optional<Interval> slopeInterval() {
    return contrast().differenceInterval();
  }

  /** Variance of the slope, Wald. */
  OptionalDouble slopeVariance() {
    return slope().isPresent()
        ? OptionalDouble.of(variance(positivesOfValue()) + variance(positivesOfOthers()))
        : OptionalDouble.empty();
  }

  private static double variance(Rate rate) {
    return rate.share() * rate.complement() / rate.trials();
  }

  /** Pearson's correlation phi, in [-1, 1]; undefined if a margin is 0. */
  public OptionalDouble phi() {
    double margins =
        Math.sqrt((double) (n11 + n01))
            * Math.sqrt((double) (n10 + n00))
            * Math.sqrt((double) (n11 + n10))
            * Math.sqrt((double) (n01 + n00));
    return margins == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(((double) n11 * n00 - (double) n10 * n01) / margins);
  }

  /**
   * The greatest accuracy that a predictor can have whose demographic parity gap is {@code gap}:
   * {@code 1 - min P(z) |c - gap|}, in [0, 1]. Undefined where the slope is.
   *
   * @param gap selection rate of the value minus that of the others, in [-1, 1]
   */
  public OptionalDouble accuracyAt(double gap) {
    return accuracy(slope -> Math.abs(slope - gap));
  }

  /**
   * The same for a gap of at most {@code limit} in either direction.
   *
   * @param limit at least 0
   */
  public OptionalDouble accuracyWithin(double limit) {
    return accuracy(slope -> Math.max(0, Math.abs(slope) - limit));
  }

  private interface Distance {
    double of(double slope);
  }

  private OptionalDouble accuracy(Distance distance) {
    OptionalDouble slope = slope();
    return slope.isPresent()
        ? OptionalDouble.of(
            1
                - Math.min(ofValue().share(), ofValue().complement())
                    * distance.of(slope.getAsDouble()))
        : slope;
  }

  /**
   * The demographic parity gap that equalized odds force: {@code (TPR - FPR) c}. A model tuned for
   * one drifts in the other when the slope moves.
   *
   * @param tpr of both groups
   * @param fpr of both groups
   */
  public static double gapOfEqualizedOdds(double tpr, double fpr, double slope) {
    return (tpr - fpr) * slope;
  }
}
