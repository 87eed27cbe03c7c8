package dev.plumbline.state.join;

import dev.plumbline.state.join.Contribution.Group;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * How long the records of an id matter. A group, a counting prediction with its duplicates, goes as
 * a whole when nothing that may still arrive can touch it, oldest group of an identity first; a
 * label goes with the last prediction it counts for. Both stay to the end of their interval of the
 * bound on copies. Where labels are final, a prediction that has one can be touched no longer than
 * {@link Closings} says.
 */
record Retention(JoinRules rules) {

  /** The records that may still matter when arrival panes before {@code open} are settled. */
  List<Arrived> live(List<Arrived> records, long open) {
    if (areOver(records, open)) {
      return List.of();
    }
    if (records.size() == 1 || isLivePair(records, open)) {
      return records;
    }
    Set<Arrived> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Arrived> counting = new ArrayList<>();
    for (Group group : Contribution.groups(records, rules)) {
      boolean isLater = !counting.isEmpty() && isSame(counting.get(counting.size() - 1), group);
      if (isLater || isLive(group, records, open)) {
        kept.addAll(group.members());
        counting.add(group.counting());
      }
    }
    List<Arrived> live = new ArrayList<>();
    for (Arrived record : records) {
      boolean stays =
          isLabel(record)
              ? keepUntil(record, records) >= open || isMatched(record, counting, records)
              : kept.contains(record);
      if (stays) {
        live.add(record);
      }
    }
    return live;
  }

  private boolean areOver(List<Arrived> records, long open) {
    for (Arrived record : records) {
      if (keepUntil(record, records) >= open) {
        return false;
      }
    }
    return true;
  }

  /** The usual case: a prediction that is live, and a label that counts for it. */
  private boolean isLivePair(List<Arrived> records, long open) {
    if (records.size() != 2 || isLabel(records.get(0)) == isLabel(records.get(1))) {
      return false;
    }
    Arrived prediction = records.get(isLabel(records.get(0)) ? 1 : 0);
    Arrived label = records.get(isLabel(records.get(0)) ? 0 : 1);
    return keepUntil(prediction, records) >= open && counts(prediction, label);
  }

  private boolean isLive(Group group, List<Arrived> records, long open) {
    for (Arrived record : group.members()) {
      if (keepUntil(record, group.counting(), records) >= open) {
        return true;
      }
    }
    return false;
  }

  /** Whether a group is of the identity of a prediction that stays. */
  private static boolean isSame(Arrived prediction, Group group) {
    Cell cell = ((Prediction) prediction.event()).cell();
    Cell other = ((Prediction) group.counting().event()).cell();
    return cell.model().equals(other.model()) && cell.version().equals(other.version());
  }

  /** The last pane in which a record may still matter, among the records of its id. */
  long keepUntil(Arrived record, List<Arrived> records) {
    return keepUntil(record, record, records);
  }

  private long keepUntil(Arrived record, Arrived counting, List<Arrived> records) {
    long intervalEnd = (interval(record) + 1) * intervalLength(record) - 1;
    long touched = isLabel(counting) ? deadline(counting) : lastTouch(counting, records);
    return Math.max(touched, timing().paneOf(intervalEnd));
  }

  /** Of a prediction that is over it is the last pane in which one of its labels may matter. */
  private long lastTouch(Arrived prediction, List<Arrived> records) {
    long deadline = deadline(prediction);
    long closing = new Closings(rules).pane(prediction, records);
    if (closing >= deadline) {
      return deadline;
    }
    long last = closing;
    for (Arrived label : records) {
      if (isLabel(label)
          && timing().paneOf(label.arrival()) <= closing
          && counts(prediction, label)) {
        last = Math.max(last, keepUntil(label, label, records));
      }
    }
    return last;
  }

  /** Whether a label counts for one of the predictions that count. */
  boolean isMatched(Arrived label, List<Arrived> counting, List<Arrived> records) {
    Closings closings = new Closings(rules);
    for (Arrived prediction : counting) {
      if (counts(prediction, label)
          && timing().paneOf(label.arrival()) <= closings.pane(prediction, records)) {
        return true;
      }
    }
    return false;
  }

  boolean counts(Arrived prediction, Arrived label) {
    return Contribution.counts((Prediction) prediction.event(), (Label) label.event(), timing());
  }

  /** The last pane in which another record may change what becomes of this one. */
  long deadline(Arrived record) {
    return timing()
        .paneOf(
            record.event() instanceof Label label
                ? timing().lastTouchOfLabel(label.happened(), record.arrival())
                : timing().lastTouchOfPrediction(record.event().time()));
  }

  /** Number of the interval of arrival in which copies of a record are bounded. */
  long interval(Arrived record) {
    return Math.floorDiv(record.arrival(), intervalLength(record));
  }

  private long intervalLength(Arrived record) {
    return isLabel(record) || rules.outcomes().isFinal() ? timing().linger() : timing().retention();
  }

  private Timing timing() {
    return rules.timing();
  }

  static boolean isLabel(Arrived record) {
    return record.event() instanceof Label;
  }
}
