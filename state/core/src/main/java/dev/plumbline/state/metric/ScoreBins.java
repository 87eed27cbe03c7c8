package dev.plumbline.state.metric;

/**
 * Equal bins of scores from 0 to 1, closed on the left; a score of 1 is in the last bin (METRICS
 * 0.2).
 *
 * <p>Bins are taken from micro-units, never from the double: {@code floor(0.29 * 100)} is 28.
 *
 * @param count number of bins, 1 to 1,000,001; the greatest gives each micro-unit its own bin
 */
public record ScoreBins(int count) {

  /** Micro-units of a score of 1. */
  public static final int MICRO = 1_000_000;

  /** A bin for each micro-unit: nothing is rounded beyond the micro-units. */
  public static final ScoreBins FINEST = new ScoreBins(MICRO + 1);

  public ScoreBins {
    if (count < 1 || count > MICRO + 1) {
      throw new IllegalArgumentException(
          "count of bins must be in [1, " + (MICRO + 1) + "], was " + count);
    }
  }

  /**
   * A score in micro-units, rounded half up.
   *
   * @param score in [0, 1]
   */
  public static int micro(double score) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score must be in [0, 1], was " + score);
    }
    return (int) Math.floor(score * MICRO + 1.0 / 2);
  }

  /**
   * Bin of a score, 0 to {@code count} - 1.
   *
   * @param micro score in micro-units, 0 to {@link #MICRO}
   */
  public int bin(int micro) {
    requireScore(micro);
    return (int) Math.min(count - 1L, (long) micro * count / MICRO);
  }

  /**
   * Bin of a score where bins are closed on the right, as in scikit-learn's calibration curve: a
   * score on an edge is in the bin below it, and 0 in the first.
   *
   * @param micro score in micro-units, 0 to {@link #MICRO}
   */
  public int rightClosedBin(int micro) {
    requireScore(micro);
    return micro == 0 ? 0 : (int) Math.min(count - 1L, ((long) micro * count - 1) / MICRO);
  }

  private static void requireScore(int micro) {
    if (micro < 0 || micro > MICRO) {
      throw new IllegalArgumentException("score must be in [0, " + MICRO + "], was " + micro);
    }
  }
}
