package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.state.record.Prediction;
import java.util.OptionalDouble;

/**
 * The score field with its range and direction.
 *
 * @param low lowest possible score
 * @param high highest possible score, above {@code low}
 * @param highMeansPositive whether high scores speak for the positive class
 * @param threshold in the score's own units; present iff decisions are made from scores
 */
public record Score(
    FieldPath path, double low, double high, boolean highMeansPositive, OptionalDouble threshold) {

  public Score {
    if (!(low < high)) {
      throw new IllegalArgumentException("range must ascend, was [" + low + ", " + high + "]");
    }
  }

  /** Whether a score is a number in the range. */
  public boolean contains(double score) {
    return score >= low && score <= high;
  }

  /**
   * The score towards the positive class in micro-units, 0 to 1,000,000, rounded half up (METRICS
   * 0.2).
   */
  public int micro(double score) {
    double share = highMeansPositive ? (score - low) / (high - low) : (high - score) / (high - low);
    return (int) Math.floor(share * Prediction.FULL_SCORE + 0.5);
  }

  /** Whether decisions are made here: the score reaches the threshold, both in micro-units. */
  public boolean decidesPositive(int micro) {
    return micro >= micro(threshold.orElseThrow());
  }
}
