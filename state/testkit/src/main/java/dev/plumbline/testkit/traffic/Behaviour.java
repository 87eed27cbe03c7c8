package dev.plumbline.testkit.traffic;

import java.time.Duration;

/**
 * How model and world behave while nothing is wrong.
 *
 * @param baseRate probability that the truth is positive
 * @param sensitivity probability of a positive decision where the truth is positive
 * @param falsePositiveRate probability of a positive decision where it is negative
 * @param labelled probability that the truth ever becomes known
 * @param delays after what time
 */
public record Behaviour(
    double baseRate, double sensitivity, double falsePositiveRate, double labelled, Delays delays) {

  /**
   * Exponential delays of labels, cut at the longest.
   *
   * @param positive mean where the truth is positive
   * @param negative mean where it is negative
   */
  public record Delays(Duration positive, Duration negative, Duration longest) {}

  public Behaviour {
    requireProbability("base rate", baseRate);
    requireProbability("sensitivity", sensitivity);
    requireProbability("false positive rate", falsePositiveRate);
    requireProbability("labelled", labelled);
  }

  /** Half positive, four of five found, one of five wrongly; positives known within a day. */
  public static Behaviour steady() {
    Delays delays = new Delays(Duration.ofHours(12), Duration.ofHours(36), Duration.ofDays(7));
    return new Behaviour(0.5, 0.8, 0.2, 0.9, delays);
  }

  private static void requireProbability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be in [0, 1], was " + value);
    }
  }
}
