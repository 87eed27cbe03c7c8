package dev.plumbline.state.evidence;

import java.util.OptionalDouble;

/**
 * How far a rate is from its reference since the change point (METHOD 7.1). Selected, hence biased
 * away from zero: it was picked because it was large.
 *
 * @param now trials and successes since the change point
 * @param interval Wilson's 95 % interval of the rate
 * @param expected rate that the reference expects of the same strata; in (0, 1)
 * @param difference Newcombe's 95 % interval of rate minus expected
 */
public record Effect(Sample now, Interval interval, double expected, Interval difference) {

  /** Effect of events since the change point against the reference's own totals. */
  static Effect of(Sample now, double expected, Sample reference) {
    return new Effect(
        now,
        Interval.wilson(now.trials(), now.successes()),
        expected,
        Interval.newcombe(now, expected, reference));
  }

  /** Rate since the change point; empty without events. */
  public OptionalDouble rate() {
    return now.trials() == 0 ? OptionalDouble.empty() : OptionalDouble.of(now.rate());
  }

  /** Rate minus expected; empty without events. */
  public OptionalDouble departure() {
    return now.trials() == 0 ? OptionalDouble.empty() : OptionalDouble.of(now.rate() - expected);
  }
}
