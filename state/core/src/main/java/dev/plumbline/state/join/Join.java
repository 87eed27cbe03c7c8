package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** Hears of records that leave the join without counting. */
  public interface Leavers {

    /** A record is not admitted, or a label can find no prediction any more. */
    void left(Arrived record, RecordState state, RejectReason reason, long pane);
  }

  private final JoinRules rules;
  private final Timing timing;
  private final Retention retention;
  private final Copies copies;
  private final PendingLog log;
  private final Absences absences;
  private final Subjects subjects;
  private final Deadlines deadlines = new Deadlines();
  private final Deadlines conclusions = new Deadlines();
  private final Emissions emissions;
  private final List<IdHash> ids = new ArrayList<>(); // of the records that are being added
  private long frontier = Long.MIN_VALUE;
  private long start = Long.MIN_VALUE;

  /**
   * An empty join.
   *
   * @param silences of the partitions of labels, noted by the caller as they end
   */
  public Join(JoinRules rules, Silences silences) {
    this.log = new PendingLog(rules.timing());
    this.subjects = new Subjects(log, rules.timing());
    this.absences = new Absences(rules, silences);
    this.emissions = new Emissions(absences, subjects);
    this.rules = rules;
    this.timing = rules.timing();
    this.retention = new Retention(rules);
    this.copies = new Copies(rules);
  }

  /** The state of this join, for the engine's changelog. */
  public PendingLog log() {
    return log;
  }

  /** What is known of subjects, for the engine's changelog. */
  public Subjects subjects() {
    return subjects;
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

  /** The pane up to which (exclusive) conclusions from the absence of labels are drawn. */
  public long concluded() {
    return emissions.concluded();
  }

  /**
   * After the log was restored: goes on from what {@link #frontier} and {@link #concluded} said.
   */
  public void resumeAt(long settledFrontier, long drawn) {
    frontier = settledFrontier;
    emissions.resumeAt(settledFrontier, drawn);
    subjects.resumeAt(settledFrontier);
    List<IdHash> gone = new ArrayList<>();
    log.forEach(
        (id, records) -> {
          List<Arrived> live = retention.live(records, settledFrontier);
          if (live.isEmpty()) {
            gone.add(id);
          } else {
            schedule(id, live);
            scheduleRemoval(id, live, settledFrontier);
            live.forEach(this::scheduleConclusion);
            live.forEach(subjects::depend);
            emissions.know(live);
          }
        });
    gone.forEach(log::remove);
  }

  /**
   * Adds records that count, in their order; some dozens at once are added faster than one by one.
   * Their arrival must not lie before the frontier.
   */
  public void add(List<Arrived> records, DeltaSink deltas, Leavers leavers) {
    ids.clear();
    for (Arrived record : records) {
      ids.add(record.event().id());
    }
    log.load(ids);
    for (Arrived record : records) {
      add(record, deltas, leavers);
    }
  }

  /** Adds a record that counts. Its arrival must not lie before the frontier. */
  public void add(Arrived record, DeltaSink deltas, Leavers leavers) {
    long pane = arrivalPane(record);
    if (record.event() instanceof Attributes said) {
      emissions.add(said, pane, deltas);
      return;
    }
    if (record.event() instanceof Prediction prediction
        && !prediction.cell().sampling().awaited()) {
      Contribution.ofUnselected(
          record, prediction, emissions.view(pane), emissions.at(pane, 1, deltas));
      return;
    }
    IdHash id = record.event().id();
    List<Arrived> before = log.get(id);
    if (isUsual(before, record)) {
      emitUsual(before, record, deltas);
      log.append(id, before, record);
      if (!before.isEmpty() && rules.outcomes().isFinal()) {
        schedule(id, List.of(before.get(0), record));
      }
      scheduleConclusion(record);
      subjects.depend(record);
      return;
    }
    List<Arrived> after = new ArrayList<>(before);
    after.add(record);
    boolean isWithinBound = after.size() <= timing.copies();
    if (isWithinBound && isLast(pane, after)) {
      // Whatever was known in earlier panes stays as it was: only this pane differs.
      emissions.emit(before, pane, -1, deltas);
      emissions.emit(after, pane, 1, deltas);
    } else {
      emissions.history(before, -1, deltas);
      rejectBeyondBound(record, after, deltas, leavers);
      emissions.history(after, 1, deltas);
    }
    log.put(id, before, after);
    schedule(id, after);
    scheduleConclusion(record);
    subjects.replace(before, after);
  }

  /**
   * The frontier has reached a pane: deadlines before it are settled, what is over is forgotten.
   *
   * @param labelPane the pane that all partitions of labels have reached: what is concluded from
   *     the absence of labels waits for them even where the frontier does not
   */
  public void advance(long frontierPane, long labelPane, DeltaSink deltas, Leavers leavers) {
    conclude(Math.min(frontierPane, labelPane), deltas);
    if (frontierPane <= frontier) {
      return;
    }
    frontier = frontierPane;
    absences.forgetBefore(frontier);
    subjects.advance(frontier);
    emissions.expire(frontierPane, deltas);
    deadlines.until(
        frontierPane,
        (pane, ids) -> {
          log.load(ids);
          ids.forEach(id -> endPane(id, pane, deltas, leavers));
        });
  }

  private void conclude(long until, DeltaSink deltas) {
    if (until <= emissions.concluded()) {
      return;
    }
    conclusions.until(
        until,
        (pane, due) -> {
          log.load(due);
          due.forEach(id -> conclude(id, pane, deltas));
        });
    emissions.concludedUntil(until);
  }

  /**
   * Takes back what an id contributed without the conclusions of a pane, and gives it with them.
   */
  private void conclude(IdHash id, long pane, DeltaSink deltas) {
    List<Arrived> records = log.get(id);
    if (records.size() == 1
        && absences.paneOf(records.get(0)) == pane
        && !subjects.knowsAfter(records.get(0), pane)) {
      Contribution.ofAbsence(
          records.get(0), pane, emissions.view(pane), emissions.at(pane, 1, deltas));
      return;
    }
    if (!isDecided(records, pane)) {
      emissions.concludedUntil(pane);
      emissions.history(records, -1, deltas);
      emissions.concludedUntil(pane + 1);
      emissions.history(records, 1, deltas);
    }
    // A silence may have moved a conclusion to a later pane than was planned.
    records.stream()
        .filter(record -> absences.paneOf(record) > pane)
        .forEach(this::scheduleConclusion);
  }

  /** The usual pair, with the label known by the end of a pane. */
  private boolean isDecided(List<Arrived> records, long pane) {
    return records.size() == 2
        && isUsual(records.subList(0, 1), records.get(1))
        && arrivalPane(records.get(0)) <= pane
        && arrivalPane(records.get(1)) <= pane;
  }

  private void scheduleConclusion(Arrived record) {
    long pane = absences.paneOf(record);
    if (pane != Absences.NEVER && pane >= emissions.concluded()) {
      conclusions.add(pane, record.event().id());
    }
  }

  private void endPane(IdHash id, long pane, DeltaSink deltas, Leavers leavers) {
    List<Arrived> records = log.get(id);
    settle(records, pane, deltas, leavers);
    List<Arrived> live = retention.live(records, pane + 1);
    if (live.size() < records.size()) {
      log.put(id, records, live);
      subjects.replace(records, live);
    }
    if (!live.isEmpty()) {
      scheduleRemoval(id, live, pane + 1);
    }
  }

  /** The first record of an id, or the second of a prediction and a later label that counts. */
  private boolean isUsual(List<Arrived> before, Arrived record) {
    if (before.isEmpty()) {
      return !subjects.knowsAfter(record, arrivalPane(record));
    }
    Arrived known = before.get(0);
    if (before.size() > 1
        || timing.copies() == 1
        || Retention.isLabel(known) == Retention.isLabel(record)) {
      return false;
    }
    Arrived prediction = Retention.isLabel(known) ? record : known;
    Arrived label = Retention.isLabel(known) ? known : record;
    return retention.counts(prediction, label)
        && ((Label) label.event()).hasOutcome()
        && arrivalPane(prediction) <= arrivalPane(label)
        && !subjects.knowsAfter(prediction, arrivalPane(prediction))
        && (!absences.exist() || absences.pane(prediction) >= arrivalPane(label));
  }

  /** The same as taking back what was contributed before, without what would cancel. */
  private void emitUsual(List<Arrived> before, Arrived record, DeltaSink deltas) {
    long pane = arrivalPane(record);
    if (before.isEmpty() || !Retention.isLabel(record)) {
      Contribution.ofFirst(record, emissions.view(pane), emissions.at(pane, 1, deltas));
      schedule(record.event().id(), List.of(record));
    }
    if (!before.isEmpty()) {
      Arrived known = before.get(0);
      Arrived label = Retention.isLabel(record) ? record : known;
      Arrived prediction = Retention.isLabel(record) ? known : record;
      long later = arrivalPane(label);
      if (Retention.isLabel(known)) {
        Contribution.ofFirst(label, emissions.view(later), emissions.at(later, -1, deltas));
      }
      Contribution.ofLabel(
          prediction, label, emissions.view(later), emissions.at(later, 1, deltas));
    }
  }

  private boolean isLast(long pane, List<Arrived> records) {
    for (Arrived record : records) {
      if (arrivalPane(record) > pane || subjects.knowsAfter(record, pane)) {
        return false;
      }
    }
    return true;
  }

  private void rejectBeyondBound(
      Arrived added, List<Arrived> records, DeltaSink deltas, Leavers leavers) {
    Optional<Arrived> beyond = copies.beyondBound(added, records);
    if (beyond.isPresent()) {
      Arrived last = beyond.get();
      records.remove(last);
      String model = last.event() instanceof Prediction p ? p.cell().model() : "";
      long pane = arrivalPane(last);
      deltas.add(
          pane,
          new Booked(last.partition(), RecordState.REJECTED, RejectReason.TOO_MANY_COPIES, model),
          1);
      leavers.left(last, RecordState.REJECTED, RejectReason.TOO_MANY_COPIES, pane);
    }
  }

  private void settle(List<Arrived> records, long pane, DeltaSink deltas, Leavers leavers) {
    if (!isDue(records, pane)) {
      return;
    }
    List<Arrived> counting = Contribution.counting(records, rules);
    for (Arrived label : records) {
      if (Retention.isLabel(label)
          && retention.deadline(label) == pane
          && !retention.isMatched(label, counting, records)) {
        RecordState orphan = orphanState((Label) label.event());
        Booked waiting = new Booked(label.partition(), RecordState.WAITING, RejectReason.NONE, "");
        Emissions.move(waiting, orphan, 1, pane, deltas);
        leavers.left(label, orphan, RejectReason.NONE, pane);
      }
    }
  }

  private boolean isDue(List<Arrived> records, long pane) {
    for (Arrived record : records) {
      if (Retention.isLabel(record) && retention.deadline(record) == pane) {
        return true;
      }
    }
    return false;
  }

  private RecordState orphanState(Label label) {
    boolean maybeBefore = start != Long.MIN_VALUE && label.happened() < start + timing.horizon();
    return maybeBefore ? RecordState.ORPHAN_BEFORE_START : RecordState.ORPHAN;
  }

  /*
   * A record may outlive its deadline, for the bound or for its group; what is settled before the
   * frontier is settled once and for all, whatever comes for the id afterwards.
   */
  private void schedule(IdHash id, List<Arrived> records) {
    List<Arrived> counting = records.size() > 1 ? Contribution.counting(records, rules) : List.of();
    for (Arrived record : records) {
      boolean isLabel = Retention.isLabel(record);
      long until = isLabel ? retention.deadline(record) : retention.keepUntil(record, records);
      boolean mayMatter = !isLabel || !retention.isMatched(record, counting, records);
      if (mayMatter && until >= frontier) {
        deadlines.add(until, id);
      }
    }
  }

  private void scheduleRemoval(IdHash id, List<Arrived> live, long open) {
    live.stream()
        .mapToLong(record -> retention.keepUntil(record, live))
        .filter(until -> until >= open)
        .min()
        .ifPresent(next -> deadlines.add(next, id));
  }

  private long arrivalPane(Arrived record) {
    return timing.paneOf(record.arrival());
  }
}
