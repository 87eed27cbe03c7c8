package dev.plumbline.state.record;

/**
 * One prediction. Its identity is (model, version, id).
 *
 * @param decision predicted class: 0 or 1 for a binary task, 1 being the positive class
 * @param score probability-like score towards the positive class in micro-units, 0 to 1,000,000, or
 *     {@link #NO_SCORE}
 */
public record Prediction(IdHash id, long time, long sequence, Cell cell, int decision, int score)
    implements Event {

  /** Stands for "no score mapped". */
  public static final int NO_SCORE = -1;

  /** Score of certainty: one million micro-units. */
  public static final int FULL_SCORE = 1_000_000;

  /** Canonical order of contents: cell, decision, score. Time and sequence come before it. */
  public int compareContent(Prediction other) {
    int order = cell.compareTo(other.cell);
    if (order == 0) {
      order = Integer.compare(decision, other.decision);
    }
    return order != 0 ? order : Integer.compare(score, other.score);
  }
}
