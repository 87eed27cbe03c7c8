package dev.plumbline.state.health;

import java.util.Locale;

/** What can be wrong with the feeds of a monitor. */
public enum Condition {
  /** No partition of a topic of predictions brings anything. */
  PREDICTIONS_STOPPED,
  /** No partition of a topic of labels brings anything. */
  LABELS_STOPPED,
  /** Far fewer predictions than usual have a label at an age. */
  LABEL_COVERAGE,
  /** One partition brings nothing, while others of its topic do. */
  PARTITION_STALLED,
  /** What a topic holds is not read for long. */
  LAG,
  /** More records than usual are not admitted. */
  REJECTS,
  /** More labels than usual find no prediction. */
  ORPHANS,
  /** More records than usual are copies. */
  DUPLICATES,
  /** More predictions than usual lack an attribute. */
  MISSING_VALUES,
  /** More predictions than usual have a value of an attribute that never came before. */
  UNSEEN_VALUES,
  /** A model whose scores differed gives all predictions the same. */
  CONSTANT_SCORE;

  /** The word of the monitor file. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
