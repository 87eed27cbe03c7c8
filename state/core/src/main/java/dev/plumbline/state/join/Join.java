package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The join of one shard of ids: predictions with their labels, as a set function (FLOW section 2).
 *
 * <p>Records may be added in any order that keeps the order inside each input partition. The deltas
 * that come out, summed over all calls, are those of the whole set of records.
 */
public final class Join {

  /*
   * Adding a record takes back what the records of its id contributed, pane by pane, and gives what
   * they contribute with it; in the buffer of deltas all but the difference cancels. That is the
   * definition itself, costs a few map operations for the usual one or two records of an id, and
   * leaves no case distinction that an unusual order of reading could slip through.
   *
   * Deadlines (a prediction expires, a label becomes an orphan) are settled when the frontier has
   * passed them, since no record can touch them any more then; they are emitted once and for all.
   */

  private static final Comparator<Arrived> ARRIVAL_ORDER =
      Comparator.comparingLong(Arrived::arrival)
          .thenComparingLong(a -> a.event().time())
          .thenComparingLong(a -> a.event().sequence())
          .thenComparing(Join::compareContent)
          .thenComparingInt(Arrived::partition);

  /** Hears of records that leave the join without counting. */
  public interface Leavers {

    /** A record is not admitted, or a label can find no prediction any more. */
    void left(Arrived record, RecordState state, RejectReason reason, long pane);
  }

  private final JoinRules rules;
  private final Timing timing;
  private final PendingLog log;
  private final Deadlines deadlines = new Deadlines();
  private long frontier = Long.MIN_VALUE;
  private long start = Long.MIN_VALUE;

  public Join(JoinRules rules) {
    this.rules = rules;
    this.timing = rules.timing();
    this.log = new PendingLog(rules.timing());
  }

  /** The state of this join, for the engine's changelog. */
  public PendingLog log() {
    return log;
  }

  /** Number of ids with live records. */
  public int pendingIds() {
    return log.size();
  }

  /** Predictions before this time were not read; orphans that may belong to them say so. */
  public void startAt(long time) {
    start = Math.max(start, time);
  }

  /** The time given to {@link #startAt}, or {@code Long.MIN_VALUE}. */
  public long start() {
    return start;
  }

  /** The pane up to which (exclusive) deadlines are settled. */
  public long frontier() {
    return frontier;
  }

  /** After the log was restored: goes on from a settled frontier. */
  public void resumeAt(long settledFrontier) {
    frontier = settledFrontier;
    List<IdHash> gone = new ArrayList<>();
    log.forEach(
        (id, records) -> {
          List<Arrived> live = live(records, settledFrontier);
          if (live.isEmpty()) {
            gone.add(id);
          } else {
            schedule(id, live);
            scheduleRemoval(id, live, settledFrontier);
          }
        });
    gone.forEach(log::remove);
  }

  /** Adds a record that counts. Its arrival must not lie before the frontier. */
  public void add(Arrived record, DeltaSink deltas, Leavers leavers) {
    IdHash id = record.event().id();
    List<Arrived> before = log.get(id);
    List<Arrived> after = new ArrayList<>(before);
    after.add(record);
    boolean isWithinBound = after.size() <= timing.copies();
    if (isWithinBound && isLast(record, before)) {
      // Whatever was known in earlier panes stays as it was: only this pane differs.
      emit(before, arrivalPane(record), -1, deltas);
      emit(after, arrivalPane(record), 1, deltas);
    } else {
      emitHistory(before, -1, deltas);
      rejectBeyondBound(record, after, deltas, leavers);
      emitHistory(after, 1, deltas);
    }
    log.put(id, before, after);
    schedule(id, after);
  }

  /**
   * The frontier has reached a pane: deadlines before it are settled, what is over is forgotten.
   */
  public void advance(long frontierPane, DeltaSink deltas, Leavers leavers) {
    if (frontierPane <= frontier) {
      return;
    }
    frontier = frontierPane;
    deadlines.until(
        frontierPane,
        (pane, id) -> {
          List<Arrived> records = log.get(id);
          settle(records, pane, deltas, leavers);
          List<Arrived> live = live(records, pane + 1);
          if (live.size() < records.size()) {
            log.put(id, records, live);
          }
          if (!live.isEmpty()) {
            scheduleRemoval(id, live, pane + 1);
          }
        });
  }

  private boolean isLast(Arrived record, List<Arrived> before) {
    long pane = arrivalPane(record);
    for (Arrived other : before) {
      if (arrivalPane(other) > pane) {
        return false;
      }
    }
    return true;
  }

  private void emitHistory(List<Arrived> records, long sign, DeltaSink deltas) {
    long[] panes = records.stream().mapToLong(this::arrivalPane).sorted().distinct().toArray();
    for (int i = 0; i < panes.length; i++) {
      long pane = panes[i];
      emit(known(records, pane), pane, sign, deltas);
      if (i > 0) {
        emit(known(records, panes[i - 1]), pane, -sign, deltas);
      }
    }
  }

  private void emit(List<Arrived> known, long pane, long sign, DeltaSink deltas) {
    Contribution.of(known, rules, (counter, amount) -> deltas.add(pane, counter, sign * amount));
  }

  private List<Arrived> known(List<Arrived> records, long pane) {
    List<Arrived> known = new ArrayList<>(records.size());
    for (Arrived record : records) {
      if (arrivalPane(record) <= pane) {
        known.add(record);
      }
    }
    return known;
  }

  /*
   * The bound counts raw records per id, kind and interval of arrival, and the first by arrival stay:
   * a later one then never changes what was known earlier, so the bound is a function of the set.
   */
  private void rejectBeyondBound(
      Arrived added, List<Arrived> records, DeltaSink deltas, Leavers leavers) {
    List<Arrived> rivals = new ArrayList<>();
    for (Arrived record : records) {
      if (isLabel(record) == isLabel(added) && interval(record) == interval(added)) {
        rivals.add(record);
      }
    }
    if (rivals.size() <= timing.copies()) {
      return;
    }
    Arrived last = rivals.stream().max(ARRIVAL_ORDER).orElseThrow();
    records.remove(last);
    String model = last.event() instanceof Prediction p ? p.cell().model() : "";
    Counter counter =
        new Booked(last.partition(), RecordState.REJECTED, RejectReason.TOO_MANY_COPIES, model);
    deltas.add(arrivalPane(last), counter, 1);
    leavers.left(last, RecordState.REJECTED, RejectReason.TOO_MANY_COPIES, arrivalPane(last));
  }

  private void settle(List<Arrived> records, long pane, DeltaSink deltas, Leavers leavers) {
    List<Arrived> counting = Contribution.counting(records, timing);
    for (Arrived prediction : counting) {
      if (deadline(prediction) == pane && !isLabelled(prediction, records)) {
        String model = ((Prediction) prediction.event()).cell().model();
        move(prediction, RecordState.AWAITING, RecordState.EXPIRED, model, pane, deltas);
      }
    }
    for (Arrived label : records) {
      if (isLabel(label) && deadline(label) == pane && !isMatched(label, counting)) {
        RecordState orphan = orphanState((Label) label.event());
        move(label, RecordState.WAITING, orphan, "", pane, deltas);
        leavers.left(label, orphan, RejectReason.NONE, pane);
      }
    }
  }

  private RecordState orphanState(Label label) {
    boolean maybeBefore = start != Long.MIN_VALUE && label.happened() < start + timing.horizon();
    return maybeBefore ? RecordState.ORPHAN_BEFORE_START : RecordState.ORPHAN;
  }

  private static void move(
      Arrived record, RecordState from, RecordState to, String model, long pane, DeltaSink deltas) {
    deltas.add(pane, new Booked(record.partition(), from, RejectReason.NONE, model), -1);
    deltas.add(pane, new Booked(record.partition(), to, RejectReason.NONE, model), 1);
  }

  private boolean isLabelled(Arrived prediction, List<Arrived> records) {
    return records.stream().anyMatch(r -> isLabel(r) && counts(prediction, r));
  }

  private boolean isMatched(Arrived label, List<Arrived> counting) {
    return counting.stream().anyMatch(p -> counts(p, label));
  }

  private boolean counts(Arrived prediction, Arrived label) {
    return Contribution.counts((Prediction) prediction.event(), (Label) label.event(), timing);
  }

  /*
   * What may be forgotten. A group, a counting prediction with its duplicates, goes as a whole when
   * nothing that may still arrive can touch it, oldest group of an identity first; a label goes with
   * the last prediction it counts for. Both stay to the end of their interval of the bound.
   */
  private List<Arrived> live(List<Arrived> records, long open) {
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
              : kept.stream().anyMatch(p -> isOfGroupOrLater(record, p));
      if (stays) {
        live.add(record);
      }
    }
    return live;
  }

  private boolean isGroupLive(Arrived counting, List<Arrived> records, long open) {
    return records.stream()
        .anyMatch(r -> !isLabel(r) && isOfGroup(r, counting) && keepUntil(r, counting) >= open);
  }

  private boolean isOfGroup(Arrived record, Arrived counting) {
    return isOfGroupOrLater(record, counting)
        && record.event().time() <= counting.event().time() + timing.horizon();
  }

  private static boolean isOfGroupOrLater(Arrived record, Arrived counting) {
    Prediction first = (Prediction) counting.event();
    Prediction next = (Prediction) record.event();
    return first.cell().model().equals(next.cell().model())
        && first.cell().version().equals(next.cell().version())
        && next.time() >= first.time();
  }

  private long keepUntil(Arrived record) {
    return keepUntil(record, record);
  }

  private long keepUntil(Arrived record, Arrived counting) {
    long intervalEnd = (interval(record) + 1) * intervalLength(record) - 1;
    return Math.max(deadline(counting), timing.paneOf(intervalEnd));
  }

  /*
   * A record may outlive its deadline, for the bound or for its group; what is settled before the
   * frontier is settled once and for all, whatever comes for the id afterwards.
   */
  private void schedule(IdHash id, List<Arrived> records) {
    List<Arrived> counting = List.of();
    if (records.size() > 1) {
      counting = Contribution.counting(records, timing);
    }
    for (Arrived record : records) {
      boolean mayStillMove = !isLabel(record) || !isMatched(record, counting);
      if (mayStillMove && deadline(record) >= frontier) {
        deadlines.add(deadline(record), id);
      }
    }
  }

  private void scheduleRemoval(IdHash id, List<Arrived> live, long open) {
    long next = Long.MAX_VALUE;
    for (Arrived record : live) {
      long until = Math.max(deadline(record), keepUntil(record));
      next = until < open ? next : Math.min(next, until);
    }
    if (next != Long.MAX_VALUE) {
      deadlines.add(next, id);
    }
  }

  private long deadline(Arrived record) {
    return timing.paneOf(
        record.event() instanceof Label label
            ? timing.lastTouchOfLabel(label.happened(), record.arrival())
            : timing.lastTouchOfPrediction(record.event().time()));
  }

  private long interval(Arrived record) {
    return Math.floorDiv(record.arrival(), intervalLength(record));
  }

  private long intervalLength(Arrived record) {
    return isLabel(record)
        ? Math.max(timing.pane(), timing.skew() + timing.recall())
        : timing.retention();
  }

  private long arrivalPane(Arrived record) {
    return timing.paneOf(record.arrival());
  }

  private static boolean isLabel(Arrived record) {
    return record.event() instanceof Label;
  }

  private static int compareContent(Arrived a, Arrived b) {
    return a.event() instanceof Label label
        ? label.compareContent((Label) b.event())
        : ((Prediction) a.event()).compareContent((Prediction) b.event());
  }
}
