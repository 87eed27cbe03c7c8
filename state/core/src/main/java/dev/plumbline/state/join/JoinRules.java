package dev.plumbline.state.join;

import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;

/**
 * What the join needs to know of a monitor.
 *
 * @param bins number of equal score bins over [0, 1], left-closed, 1.0 in the last (METRICS 0.2)
 */
public record JoinRules(Timing timing, AgeSteps ages, int bins, Outcomes outcomes) {

  public JoinRules {
    if (bins < 1 || bins > Prediction.FULL_SCORE) {
      throw new IllegalArgumentException("bins must be in [1, 1000000], was " + bins);
    }
  }

  /** Bin of a score in micro-units; 0 where there is none. */
  public int bin(int score) {
    return score == Prediction.NO_SCORE
        ? 0
        : (int) Math.min(bins - 1L, (long) score * bins / Prediction.FULL_SCORE);
  }
}
