package dev.plumbline.state.join;

import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import java.util.List;

/**
 * When a prediction is over because it has a final label: some time after its first one. What
 * arrives later does not belong to it, so it need not be remembered any longer.
 */
record Closings(JoinRules rules) {

  /** A prediction is not over before its horizon is. */
  static final long NEVER = Long.MAX_VALUE;

  /** Whether labels are final. */
  boolean exist() {
    return rules.outcomes().isFinal();
  }

  /**
   * The last pane in which what arrives belongs to a prediction, or never.
   *
   * @param records of its id, that prediction's labels among them
   */
  long pane(Arrived prediction, List<Arrived> records) {
    long first = NEVER;
    if (exist()) {
      for (Arrived record : records) {
        if (record.event() instanceof Label label
            && label.hasOutcome()
            && counts((Prediction) prediction.event(), label)) {
          long known = Math.max(prediction.arrival(), record.arrival());
          first = Math.min(first, rules.timing().paneOf(known));
        }
      }
    }
    return first == NEVER ? NEVER : first + linger();
  }

  /** Whether the time of a label is one that counts for a prediction. */
  boolean counts(Prediction prediction, Label label) {
    return Contribution.counts(prediction, label, rules.timing());
  }

  /** More than what a copy may wait for its interval to end: so the older prediction goes first. */
  private long linger() {
    return -Math.floorDiv(-rules.timing().linger(), rules.timing().pane()) + 1;
  }
}
