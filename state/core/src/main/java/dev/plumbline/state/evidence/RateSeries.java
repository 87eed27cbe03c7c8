package dev.plumbline.state.evidence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * One armed rate series: its detector, and after an alarm the e-CUSUM that resolves it (METHOD
 * sections 2 to 6). What differs between series by cohort and by pane is only how a step's factors
 * are found and folded.
 */
abstract sealed class RateSeries permits CohortSeries, PaneSeries {

  /** Evidence that a departure is over. */
  static final double RESOLVED_AT = 1000;

  private static final double RECOVERING_AT = 100;
  private static final double LOG_20 = StrictMath.log(20);
  private static final String BEGIN = "begin";

  /** Index of the subgroup that names no attribute ({@link RateSettings}). */
  private static final int EVERYBODY = 0;

  final Frame frame;
  final Member member;
  Bets bets;
  private RateReference reference;
  private boolean open;
  private Direction direction = Direction.UP;
  private double departure;
  private long alarmPane;
  private boolean seen;
  private long empty;
  private boolean silent;
  private double logS = Double.NEGATIVE_INFINITY;
  private String told = BEGIN;

  /**
   * A series' place in the family.
   *
   * @param subgroup index of its subgroup
   * @param weight share of the budget
   */
  record Member(SeriesName name, int subgroup, double weight, double logThreshold) {}

  RateSeries(Frame frame, Member member, RateReference reference) {
    this.frame = frame;
    this.member = member;
    this.reference = reference;
    bets = Bets.detecting(reference);
  }

  /**
   * Makes the step of a pane and evaluates at its end.
   *
   * @param empty whether the pane does not exist: nothing arrived in it
   */
  abstract void step(long pane, boolean empty, Counts counts, List<Finding> findings);

  /** Detector values by bet, or e-CUSUM values once open, with everything known folded in. */
  abstract double[] values();

  /** Forgets all steps that began at or before this pane. */
  abstract void restartAfter(long pane);

  /** Oldest step of the change point's search at this pane. */
  abstract long oldestStep(long pane);

  abstract long newestStep(long pane);

  abstract long firstPane(long step);

  /** Events of a step; {@code subgroup} is an index. */
  abstract Tally tally(int subgroup, long step, Counts counts);

  /** Events predicted after the alarm. */
  abstract Sample sinceAlarm();

  final boolean open() {
    return open;
  }

  final RateReference reference() {
    return reference;
  }

  /** Evaluates at the end of a pane, after its counts have been folded in. */
  final void conclude(long pane, boolean fresh, Counts counts, List<Finding> findings) {
    listen(pane, fresh);
    double[] values = values();
    if (open) {
      if (Recursion.sum(values, 0, bets.count()) >= RESOLVED_AT) {
        resolve(pane, findings);
      }
    } else {
      logS = StrictMath.log(Recursion.sum(values, 0, bets.count()));
      if (logS >= member.logThreshold()) {
        open(pane, values, counts, findings);
      }
    }
    Verdict verdict = verdict();
    if (!verdict.kind().equals(told)) {
      told = verdict.kind();
      findings.add(new Finding.VerdictChanged(member.name(), pane, verdict));
    }
  }

  private void listen(long pane, boolean fresh) {
    if (fresh) {
      empty = 0;
      silent = false;
      return;
    }
    empty++;
    int hour = frame.hour(member.name().metric(), pane);
    long panes = frame.panes(member.name().metric(), hour);
    silent |= panes > 0 && Silence.speaks(empty, reference.events(hour), panes);
  }

  /** Empty panes for which no step is made. */
  final void skip(long panes) {
    empty += panes;
  }

  /** A monitored event counted. */
  final void see() {
    seen = true;
  }

  private void open(long pane, double[] values, Counts counts, List<Finding> findings) {
    boolean up =
        Recursion.sum(values, 0, Bets.GRID) >= Recursion.sum(values, Bets.GRID, Bets.DETECTING);
    direction = up ? Direction.UP : Direction.DOWN;
    int bet = Recursion.largest(values);
    ChangePoint change = new ChangePoint(newestStep(pane));
    long used = 0;
    for (long step = newestStep(pane); step >= oldestStep(pane); step--) {
      Tally tally = tally(member.subgroup(), step, counts);
      change.older(step, bets.logFactor(bet, tally, reference.phi()));
      used += tally.allTrials();
    }
    Since since = new Since(reference, direction);
    Sample everybody = Sample.EMPTY;
    for (long step = change.at(); step <= newestStep(pane); step++) {
      since.add(tally(member.subgroup(), step, counts));
      everybody = everybody.merge(tally(EVERYBODY, step, counts).sample());
    }
    Effect effect = since.effect();
    if (effect.now().trials() == 0) {
      // S grows by its start in every pane, so silence alone would raise it to the threshold in the
      // end. That would keep the budget, but say nothing; to wait for an event keeps it as well.
      return;
    }
    findings.add(
        new Finding.Opened(
            member.name(),
            pane,
            direction,
            new Finding.Strength(logS, member.logThreshold(), member.weight(), reference.phi()),
            firstPane(change.at()),
            effect,
            since.severity(),
            used,
            reference.total().trials(),
            everybody.without(effect.now())));
    open = true;
    alarmPane = pane;
    departure = since.departure();
    bets = Bets.resolving(reference, direction, departure);
    logS = Double.NEGATIVE_INFINITY;
    restartAfter(pane);
  }

  private void resolve(long pane, List<Finding> findings) {
    Sample since = sinceAlarm();
    Interval interval = Interval.kt(since.trials(), since.successes(), LOG_20);
    findings.add(new Finding.Resolved(member.name(), pane, alarmPane, since, interval));
    open = false;
    bets = Bets.detecting(reference);
    restartAfter(pane);
  }

  /** Takes another reference of the same level: an age step has closed. */
  final void rearm(RateReference completed) {
    reference = completed;
    bets = open ? Bets.resolving(completed, direction, departure) : Bets.detecting(completed);
  }

  final Verdict verdict() {
    if (open) {
      boolean recovering = Recursion.sum(values(), 0, bets.count()) >= RECOVERING_AT;
      return new Verdict.Departed(alarmPane, direction, recovering);
    }
    if (silent) {
      return new Verdict.Undecided(
          Verdict.Reason.NO_DATA,
          "no events for " + empty + " panes, more than three times what the reference expects");
    }
    if (!seen) {
      return new Verdict.Undecided(
          Verdict.Reason.WARM_UP, "armed; no event predicted after the reference is known yet");
    }
    return new Verdict.Clear(logS);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(member.subgroup());
    Doubles.write(out, member.weight(), member.logThreshold());
    reference.write(out);
    out.writeBoolean(open);
    out.writeBoolean(direction == Direction.UP);
    Doubles.write(out, departure, logS);
    out.writeLong(alarmPane);
    out.writeBoolean(seen);
    out.writeLong(empty);
    out.writeBoolean(silent);
    out.writeUTF(told);
  }

  /** Reads what follows the reference in {@link #write}. */
  void restore(DataInput in) throws IOException {
    open = in.readBoolean();
    direction = in.readBoolean() ? Direction.UP : Direction.DOWN;
    double[] values = Doubles.read(in, 2);
    departure = values[0];
    logS = values[1];
    alarmPane = in.readLong();
    seen = in.readBoolean();
    empty = in.readLong();
    silent = in.readBoolean();
    told = in.readUTF();
    rearm(reference);
  }
}
