package dev.plumbline.state.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two independent rates, set against each other: first minus second, first over second.
 *
 * @param first for example the rate of a subgroup
 * @param second for example the rate of its complement
 */
public record Contrast(Proportion first, Proportion second) {

  /** Difference of the rates, in [-1, 1]; undefined unless both are defined. */
  public OptionalDouble difference() {
    return defined() ? OptionalDouble.of(first.share() - second.share()) : OptionalDouble.empty();
  }

  /** Newcombe's interval of the difference; undefined unless both rates are defined. */
  public Optional<Interval> differenceInterval() {
    return Intervals.newcombe(this);
  }

  /** Ratio of the rates; undefined if either has no success (METRICS 0.5). */
  public OptionalDouble ratio() {
    return positive() ? OptionalDouble.of(first.share() / second.share()) : OptionalDouble.empty();
  }

  /** Katz's interval of the ratio; undefined if either rate has no success. */
  public Optional<Interval> ratioInterval() {
    return Intervals.katz(this);
  }

  boolean defined() {
    return first.defined() && second.defined();
  }

  boolean positive() {
    return defined() && first.share() > 0 && second.share() > 0;
  }
}
