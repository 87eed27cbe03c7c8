package dev.plumbline.state.evidence;

/**
 * Rates that are watched (METHOD 3 a). Which of the four counters {@code decision * 2 + label} are
 * trials, which of them successes.
 */
public enum RateMetric {
  /** Right decisions among labelled predictions; by label age and hour. */
  ACCURACY(0b1111, 0b1001),
  /** Positive decisions among labelled positives; by label age. */
  TPR(0b1010, 0b1000),
  /** Positive decisions among labelled negatives; by label age. */
  FPR(0b0101, 0b0100),
  /** Positive decisions among predictions, labelled or not; by hour. */
  SELECTION(0, 0);

  private static final int COUNTERS = 4;

  private final int trials;
  private final int successes;

  RateMetric(int trials, int successes) {
    this.trials = trials;
    this.successes = successes;
  }

  /** The text used in names of series. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** Whether it needs labels, and is followed by cohort and label age. */
  public boolean labelled() {
    return this != SELECTION;
  }

  /** Whether the hour of day is a stratum. */
  boolean hourly() {
    return this == ACCURACY || this == SELECTION;
  }

  /** Trials in first-label counters at an age. */
  long trials(long[] counts, int age) {
    return sum(counts, age, trials);
  }

  /** Successes in first-label counters at an age. */
  long successes(long[] counts, int age) {
    return sum(counts, age, successes);
  }

  private static long sum(long[] counts, int age, int mask) {
    long sum = 0;
    for (int i = 0; i < COUNTERS; i++) {
      if ((mask >> i & 1) == 1) {
        sum += counts[age * COUNTERS + i];
      }
    }
    return sum;
  }
}
