package dev.plumbline.state.evidence;

import static dev.plumbline.state.evidence.Elementary.logit;

/**
 * What happened since a change point, against a reference: events, what the reference expects of
 * the same strata, and the mean edge of the band. Confined to one alarm.
 */
final class Since {

  private final RateReference reference;
  private final Direction direction;
  private Sample now = Sample.EMPTY;
  private double expected;
  private double edge;

  Since(RateReference reference, Direction direction) {
    this.reference = reference;
    this.direction = direction;
  }

  void add(Tally tally) {
    now = now.merge(tally.sample());
    for (int a = 0; a < tally.trials.length; a++) {
      if (tally.trials[a] != 0) {
        int stratum = reference.stratum(a, tally.hour());
        expected = expected + tally.trials[a] * reference.rate(stratum);
        edge = edge + tally.trials[a] * reference.edge(direction, stratum);
      }
    }
  }

  Effect effect() {
    double mean = now.trials() == 0 ? reference.band().level() : expected / now.trials();
    return Effect.of(now, mean, reference.total());
  }

  /** Distance beyond the edge in units of the tolerance. */
  double severity() {
    if (now.trials() == 0) {
      return 0;
    }
    double beyond = direction.sign() * (now.rate() - edge / now.trials());
    return Math.max(0, beyond / reference.band().tolerance());
  }

  /** {@code D} of METHOD section 6: log-odds beyond the edge; 0 without events. */
  double departure() {
    return now.trials() == 0 ? 0 : departure(now, edge / now.trials(), direction);
  }

  /** Log-odds of a smoothed rate beyond an edge, 0 where it is on the near side. */
  static double departure(Sample now, double edge, Direction direction) {
    double smoothed = (now.successes() + 0.5) / (now.trials() + 1);
    double distance = logit(smoothed) - logit(edge);
    return direction == Direction.UP ? Math.max(0.0, distance) : Math.min(0.0, distance);
  }
}
