package dev.plumbline.state.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One metric as it is published: a value or the reason for having none.
 *
 * @param name key of the metric, such as {@code tpr}
 * @param value the value, undefined if and only if {@code undefined} holds the reason
 * @param interval confidence interval of 95 %, where the value has one
 * @param n records that the value rests on: trials of a rate, records of a curve, for a gap those
 *     of its smallest subgroup
 * @param maxError how far the value may be from that of the exact scores because of their bins; 0
 *     where it is exact
 * @param undefined why there is no value
 * @param bounds where the labels do not identify it, what it may be
 */
public record Estimate(
    String name,
    OptionalDouble value,
    Optional<Interval> interval,
    long n,
    double maxError,
    Optional<Undefined> undefined,
    Optional<Interval> bounds) {

  public Estimate {
    if (value.isPresent() == undefined.isPresent()) {
      throw new IllegalArgumentException(
          name
              + " must have either a value or a reason for having none, was "
              + value
              + ", "
              + undefined);
    }
    if (n < 0 || !(maxError >= 0)) {
      throw new IllegalArgumentException(
          name + " must have n and maxError of at least 0, were " + n + " and " + maxError);
    }
  }

  /** An exact value without an interval. */
  public static Estimate exact(String name, double value, long n) {
    return defined(name, OptionalDouble.of(value), Optional.empty(), n, 0);
  }

  /** A rate with its Wilson interval, undefined for this reason if it has no trials. */
  public static Estimate ofRate(String name, Proportion rate, Undefined withoutTrials) {
    return rate.defined()
        ? defined(name, rate.value(), rate.interval(), rate.trials(), 0)
        : undefined(name, withoutTrials, 0);
  }

  /** A metric with a value, and an interval if it has one. */
  static Estimate defined(
      String name, OptionalDouble value, Optional<Interval> interval, long n, double maxError) {
    return new Estimate(name, value, interval, n, maxError, Optional.empty(), Optional.empty());
  }

  /** A metric without a value, though there may be n records. */
  public static Estimate undefined(String name, Undefined reason, long n) {
    return new Estimate(
        name,
        OptionalDouble.empty(),
        Optional.empty(),
        n,
        0,
        Optional.of(reason),
        Optional.empty());
  }

  /** A metric that the labels do not identify, though there are n records. */
  static Estimate notIdentified(String name, Interval bounds, long n) {
    return new Estimate(
        name,
        OptionalDouble.empty(),
        Optional.empty(),
        n,
        0,
        Optional.of(Undefined.NOT_IDENTIFIED),
        Optional.of(bounds));
  }
}
