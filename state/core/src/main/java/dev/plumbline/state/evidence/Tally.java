package dev.plumbline.state.evidence;

/**
 * Trials and successes of one cohort or pane, by label age, and its hour of day. A scratch that is
 * filled again for each cohort: nothing is allocated on the way.
 */
final class Tally {

  final long[] trials;
  final long[] successes;
  private int hour;

  Tally(int ages) {
    trials = new long[ages];
    successes = new long[ages];
  }

  /**
   * Fills from first-label counters of a cohort ({@link Counts#labelled}).
   *
   * @param active ages that are evidence now; the others count as empty
   */
  Tally labelled(RateMetric metric, long[] counts, boolean[] active, int hour) {
    this.hour = hour;
    for (int a = 0; a < trials.length; a++) {
      trials[a] = active[a] ? metric.trials(counts, a) : 0;
      successes[a] = active[a] ? metric.successes(counts, a) : 0;
    }
    return this;
  }

  /** Fills from the predictions of a pane ({@link Counts#predicted}). */
  Tally predicted(long[] decisions, int hour) {
    this.hour = hour;
    trials[0] = decisions[0] + decisions[1];
    successes[0] = decisions[1];
    return this;
  }

  /** Nothing happened. */
  Tally empty(int hour) {
    this.hour = hour;
    java.util.Arrays.fill(trials, 0);
    java.util.Arrays.fill(successes, 0);
    return this;
  }

  int hour() {
    return hour;
  }

  /** All ages together. */
  Sample sample() {
    return new Sample(allTrials(), allSuccesses());
  }

  long allTrials() {
    long sum = 0;
    for (long n : trials) {
      sum += n;
    }
    return sum;
  }

  long allSuccesses() {
    long sum = 0;
    for (long k : successes) {
      sum += k;
    }
    return sum;
  }
}
