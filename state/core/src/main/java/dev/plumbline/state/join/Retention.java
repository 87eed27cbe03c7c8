package dev.plumbline.state.join;

import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the records of an id matter. A group, a counting prediction with its duplicates, goes as
 * a whole when nothing that may still arrive can touch it, oldest group of an identity first; a
 * label goes with the last prediction it counts for. Both stay to the end of their interval of the
 * bound on copies.
 */
record Retention(Timing timing) {

  /** The records that may still matter when arrival panes before {@code open} are settled. */
  List<Arrived> live(List<Arrived> records, long open) {
    if (areOver(records, open)) {
      return List.of();
    }
    if (records.size() == 1 || isLivePair(records, open)) {
      return records;
    }
    List<Arrived> counting = Contribution.counting(records, timing);
    List<Arrived> kept = new ArrayList<>();
    for (Arrived prediction : counting) {
      if (isGroupLive(prediction, records, open)) {
        kept.add(prediction);
      }
    }
    List<Arrived> live = new ArrayList<>();
    for (Arrived record : records) {
      boolean stays =
          isLabel(record)
              ? keepUntil(record) >= open || isMatched(record, kept)
              : isOfGroupOrLater(record, kept);
      if (stays) {
        live.add(record);
      }
    }
    return live;
  }

  private boolean areOver(List<Arrived> records, long open) {
    for (Arrived record : records) {
      if (keepUntil(record) >= open) {
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
    return keepUntil(prediction) >= open && counts(prediction, label);
  }

  private boolean isGroupLive(Arrived counting, List<Arrived> records, long open) {
    for (Arrived record : records) {
      if (!isLabel(record) && isOfGroup(record, counting) && keepUntil(record, counting) >= open) {
        return true;
      }
    }
    return false;
  }

  private boolean isOfGroup(Arrived record, Arrived counting) {
    return isOfGroupOrLater(record, counting)
        && record.event().time() <= counting.event().time() + timing.horizon();
  }

  private static boolean isOfGroupOrLater(Arrived record, List<Arrived> counting) {
    for (Arrived prediction : counting) {
      if (isOfGroupOrLater(record, prediction)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfGroupOrLater(Arrived record, Arrived counting) {
    Prediction first = (Prediction) counting.event();
    Prediction next = (Prediction) record.event();
    return first.cell().model().equals(next.cell().model())
        && first.cell().version().equals(next.cell().version())
        && next.time() >= first.time();
  }

  /** The last pane in which a record may still matter. */
  long keepUntil(Arrived record) {
    return keepUntil(record, record);
  }

  private long keepUntil(Arrived record, Arrived counting) {
    long intervalEnd = (interval(record) + 1) * intervalLength(record) - 1;
    return Math.max(deadline(counting), timing.paneOf(intervalEnd));
  }

  /** Whether a label counts for one of the predictions that count. */
  boolean isMatched(Arrived label, List<Arrived> counting) {
    for (Arrived prediction : counting) {
      if (counts(prediction, label)) {
        return true;
      }
    }
    return false;
  }

  boolean counts(Arrived prediction, Arrived label) {
    return Contribution.counts((Prediction) prediction.event(), (Label) label.event(), timing);
  }

  /** The last pane in which another record may change what becomes of this one. */
  long deadline(Arrived record) {
    return timing.paneOf(
        record.event() instanceof Label label
            ? timing.lastTouchOfLabel(label.happened(), record.arrival())
            : timing.lastTouchOfPrediction(record.event().time()));
  }

  /** Number of the interval of arrival in which copies of a record are bounded. */
  long interval(Arrived record) {
    return Math.floorDiv(record.arrival(), intervalLength(record));
  }

  private long intervalLength(Arrived record) {
    return isLabel(record)
        ? Math.max(timing.pane(), timing.skew() + timing.recall())
        : timing.retention();
  }

  static boolean isLabel(Arrived record) {
    return record.event() instanceof Label;
  }
}
