package dev.plumbline.state.join;

import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;

/**
 * When the absence of a label counts as one: the conclusion of a prediction arrives the stated time
 * after it, in a pane in which no partition of labels stood still, and while a label might still
 * have come.
 */
final class Absences {

  /** Nothing is concluded. */
  static final long NEVER = Long.MAX_VALUE;

  private final JoinRules rules;
  private final Silences silences;
  private final Retention retention;

  Absences(JoinRules rules, Silences silences) {
    this.rules = rules;
    this.silences = silences;
    this.retention = new Retention(rules);
  }

  JoinRules rules() {
    return rules;
  }

  /** Whether anything is ever concluded. */
  boolean exist() {
    return rules.outcomes().absence().isPresent();
  }

  /** The arrival pane of a prediction's conclusion as far as silences are known, or never. */
  long pane(Arrived arrived) {
    if (!exist()) {
      return NEVER;
    }
    Outcomes.Absence absence = rules.outcomes().absence().get();
    Prediction prediction = (Prediction) arrived.event();
    if (!absence.concerns(prediction)) {
      return NEVER;
    }
    Timing timing = rules.timing();
    long arrival = Math.max(prediction.time() + absence.after(), arrived.arrival());
    long pane = silences.after(timing.paneOf(arrival));
    return pane <= retention.deadline(arrived) ? pane : NEVER;
  }

  /** The same of any record: nothing is concluded of a label. */
  long paneOf(Arrived record) {
    return Retention.isLabel(record) ? NEVER : pane(record);
  }

  /** The class that is concluded. */
  int label() {
    return rules.outcomes().absence().orElseThrow().label();
  }

  /** Forgets silences that no conclusion of a live prediction can have met. */
  void forgetBefore(long frontier) {
    long panes = -Math.floorDiv(-rules.timing().retention(), rules.timing().pane());
    silences.forgetBefore(frontier - 2 * panes - 1);
  }
}
