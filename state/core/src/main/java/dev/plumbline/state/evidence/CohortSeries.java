package dev.plumbline.state.evidence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A labelled series: evidence by cohort of prediction, by label age (METHOD section 4).
 *
 * <p>A cohort's factors are always made from its counts, never accumulated over arrivals; they are
 * kept until a label of the cohort comes. The fold over the open cohorts is taken up where it ended
 * if no cohort in it has changed, else repeated from the closed ones: the same operations in the
 * same order either way, hence the same bits.
 */
final class CohortSeries extends RateSeries {

  private static final int STRIDE = Bets.DETECTING;

  private final AgeGate gate;
  private final double[] closed = new double[STRIDE];
  private final double[] current = new double[STRIDE];
  private final double[] factors;
  private final long[] knownTrials;
  private final long[] knownSuccesses;
  private long start;
  private long foldedTo;
  private boolean stale;
  private boolean fresh;
  private Sample closedSince = Sample.EMPTY;

  CohortSeries(Frame frame, Member member, RateReference reference, AgeGate gate) {
    super(frame, member, reference);
    this.gate = gate;
    factors = new double[frame.open.capacity() * STRIDE];
    knownTrials = new long[frame.open.capacity()];
    knownSuccesses = new long[frame.open.capacity()];
    start = frame.open.first();
    foldedTo = start - 1;
  }

  AgeGate gate() {
    return gate;
  }

  /** A new cohort, empty so far. */
  void admit(long cohort) {
    int slot = frame.open.slot(cohort);
    Arrays.fill(factors, slot * STRIDE, (slot + 1) * STRIDE, 1.0);
    knownTrials[slot] = 0;
    knownSuccesses[slot] = 0;
  }

  /** Labels of an open cohort have come. */
  void touch(long cohort, long[] counts) {
    long before = knownTrials[frame.open.slot(cohort)];
    long after = recount(cohort, counts);
    if (after != before) {
      fresh = true;
      see();
    }
  }

  /** Labels of a cohort that is no evidence have come: the feed is alive. */
  void hear(long[] counts) {
    Tally tally = frame.cohortTally.labelled(member.name().metric(), counts, gate.active(), 0);
    fresh |= tally.allTrials() > 0;
  }

  /** Makes a cohort's factors from its counts; returns its events. */
  long recount(long cohort, long[] counts) {
    int slot = frame.open.slot(cohort);
    int hour = frame.settings.hourOfCohort(cohort);
    Tally tally = frame.cohortTally.labelled(member.name().metric(), counts, gate.active(), hour);
    knownTrials[slot] = tally.allTrials();
    knownSuccesses[slot] = tally.allSuccesses();
    if (cohort >= start) {
      bets.factors(tally, reference().phi(), factors, slot * STRIDE);
      stale |= cohort <= foldedTo;
    }
    return knownTrials[slot];
  }

  @Override
  void step(long pane, boolean empty, Counts counts, List<Finding> findings) {
    boolean heard = fresh;
    fresh = false;
    conclude(pane, heard, counts, findings);
  }

  @Override
  double[] values() {
    if (stale) {
      System.arraycopy(closed, 0, current, 0, STRIDE);
      foldedTo = frame.open.first() - 1;
      stale = false;
    }
    long from = Math.max(Math.max(foldedTo + 1, frame.open.first()), start);
    for (long cohort = from; cohort <= frame.open.newest(); cohort++) {
      fold(current, cohort);
    }
    foldedTo = Math.max(foldedTo, frame.open.newest());
    return current;
  }

  private void fold(double[] values, long cohort) {
    int offset = frame.open.slot(cohort) * STRIDE;
    if (open()) {
      Recursion.resolve(values, bets.count(), factors, offset);
    } else {
      Recursion.detect(values, bets.start(), factors, offset);
    }
  }

  /** The oldest open cohort can get no more evidence. */
  void close(long cohort) {
    if (cohort >= start) {
      fold(closed, cohort);
      int slot = frame.open.slot(cohort);
      closedSince = closedSince.merge(new Sample(knownTrials[slot], knownSuccesses[slot]));
    }
  }

  @Override
  void restartAfter(long pane) {
    Arrays.fill(closed, 0);
    Arrays.fill(current, 0);
    start = frame.settings.cohortOf(pane) + 1;
    foldedTo = start - 1;
    stale = false;
    closedSince = Sample.EMPTY;
  }

  @Override
  long oldestStep(long pane) {
    long oldest = pane - frame.settings.panesPerMonth() + 1;
    long whole = frame.settings.cohortOf(oldest + frame.settings.panesPerCohort() - 1);
    return Math.max(start, whole);
  }

  @Override
  long newestStep(long pane) {
    return frame.settings.cohortOf(pane);
  }

  @Override
  long firstPane(long step) {
    return frame.settings.firstPane(step);
  }

  @Override
  Tally tally(int subgroup, long step, Counts counts) {
    return frame.cohortTally.labelled(
        member.name().metric(),
        counts.labelled(subgroup, step),
        gate.active(),
        frame.settings.hourOfCohort(step));
  }

  @Override
  Sample sinceAlarm() {
    Sample since = closedSince;
    long from = Math.max(frame.open.first(), start);
    for (long cohort = from; cohort <= frame.open.newest(); cohort++) {
      int slot = frame.open.slot(cohort);
      since = since.merge(new Sample(knownTrials[slot], knownSuccesses[slot]));
    }
    return since;
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    Doubles.write(out, closed);
    out.writeLong(start);
    out.writeLong(closedSince.trials());
    out.writeLong(closedSince.successes());
  }

  @Override
  void restore(DataInput in) throws IOException {
    super.restore(in);
    System.arraycopy(Doubles.read(in, STRIDE), 0, closed, 0, STRIDE);
    start = in.readLong();
    closedSince = new Sample(in.readLong(), in.readLong());
    foldedTo = frame.open.first() - 1;
    stale = true;
  }
}
