package dev.plumbline.state.evidence;

/**
 * Trials and the successes among them.
 *
 * @param trials 0 or more
 * @param successes in [0, trials]
 */
public record Sample(long trials, long successes) {

  /** No trials. */
  public static final Sample EMPTY = new Sample(0, 0);

  public Sample {
    if (successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "successes must be in [0, " + trials + "], were " + successes);
    }
  }

  /** Successes per trial; NaN without trials, so ask for the trials first. */
  double rate() {
    return (double) successes / trials;
  }

  /** This sample without a part of it. */
  Sample without(Sample part) {
    return new Sample(trials - part.trials, successes - part.successes);
  }

  /** Both samples as one. */
  public Sample merge(Sample other) {
    return new Sample(trials + other.trials, successes + other.successes);
  }
}
