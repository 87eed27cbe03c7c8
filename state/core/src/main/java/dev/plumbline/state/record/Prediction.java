package dev.plumbline.state.record;

import java.util.List;

/**
 * One prediction. Its identity is (model, version, id).
 *
 * @param cell with {@link Cell#MISSING} for attributes that another input brings
 * @param decision predicted class: 0 or 1 for a binary task, 1 being the positive class
 * @param score probability-like score towards the positive class in micro-units, 0 to 1,000,000, or
 *     {@link #NO_SCORE}
 * @param subjects hashes of those it is about, where another input brings their attributes
 */
public record Prediction(
    IdHash id, long time, long sequence, Cell cell, int decision, int score, List<IdHash> subjects)
    implements Event {

  public Prediction {
    subjects = List.copyOf(subjects);
  }

  /** A prediction whose attributes are all in its own record. */
  public Prediction(IdHash id, long time, long sequence, Cell cell, int decision, int score) {
    this(id, time, sequence, cell, decision, score, List.of());
  }

  /** Stands for "no score mapped". */
  public static final int NO_SCORE = -1;

  /** Score of certainty: one million micro-units. */
  public static final int FULL_SCORE = 1_000_000;

  /** Canonical order of contents: all but time and sequence, which come before it. */
  public int compareContent(Prediction other) {
    int order = cell.compareTo(other.cell);
    if (order == 0) {
      order = Integer.compare(decision, other.decision);
    }
    if (order == 0) {
      order = Integer.compare(score, other.score);
    }
    for (int i = 0; order == 0 && i < Math.min(subjects.size(), other.subjects.size()); i++) {
      order = subjects.get(i).compareTo(other.subjects.get(i));
    }
    return order != 0 ? order : Integer.compare(subjects.size(), other.subjects.size());
  }
}
