package dev.plumbline.state.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/** A share of records that is counted, or estimated from a sample of them. */
public sealed interface Proportion permits Rate, Weighted {

  /** Number of counted records it rests on. */
  long trials();

  /** The share of one that is known to be defined. */
  double share();

  /** One minus that, without rounding twice. */
  double complement();

  /** The number of records of a plain random sample that would tell it as well. */
  double effectiveTrials();

  /** The number of successes of that sample. */
  double effectiveSuccesses();

  /** Whether there is a trial. */
  default boolean defined() {
    return trials() > 0;
  }

  /** The share, undefined without trials. */
  default OptionalDouble value() {
    return defined() ? OptionalDouble.of(share()) : OptionalDouble.empty();
  }

  /** Wilson score interval of 95 %, undefined without trials. */
  default Optional<Interval> interval() {
    return Intervals.wilson(this);
  }

  /** Compares the values of two that are defined: counted ones exactly. */
  default int compareValue(Proportion other) {
    return this instanceof Rate rate && other instanceof Rate counted
        ? rate.compareExactly(counted)
        : Double.compare(share(), other.share());
  }
}
