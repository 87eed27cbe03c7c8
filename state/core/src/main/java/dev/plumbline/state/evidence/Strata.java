package dev.plumbline.state.evidence;

/**
 * Trials and successes by stratum: label age, then hour of day. Confined to arming; not a value.
 */
final class Strata {

  private final int ages;
  private final int hours;
  private final long[] trials;
  private final long[] successes;

  Strata(int ages, int hours) {
    this.ages = ages;
    this.hours = hours;
    trials = new long[ages * hours];
    successes = new long[ages * hours];
  }

  int ages() {
    return ages;
  }

  int hours() {
    return hours;
  }

  void add(int age, int hour, long n, long k) {
    trials[age * hours + hour] += n;
    successes[age * hours + hour] += k;
  }

  /** Trials of a stratum, numbered {@code age * hours + hour}. */
  long trials(int stratum) {
    return trials[stratum];
  }

  Sample total() {
    return sum(0, 1, ages * hours);
  }

  Sample age(int age) {
    return sum(age * hours, 1, hours);
  }

  Sample hour(int hour) {
    return sum(hour, hours, ages);
  }

  private Sample sum(int first, int step, int count) {
    long n = 0;
    long k = 0;
    for (int i = 0; i < count; i++) {
      n += trials[first + i * step];
      k += successes[first + i * step];
    }
    return new Sample(n, k);
  }
}
