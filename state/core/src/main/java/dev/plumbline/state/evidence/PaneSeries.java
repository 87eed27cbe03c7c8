package dev.plumbline.state.evidence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** A series without labels: one step for each pane, folded for good at its end. */
final class PaneSeries extends RateSeries {

  private final double[] values = new double[Bets.DETECTING];
  private final double[] factors = new double[Bets.DETECTING];
  private long start;
  private Sample since = Sample.EMPTY;

  PaneSeries(Frame frame, Member member, RateReference reference) {
    super(frame, member, reference);
    start = frame.settings.reference().to();
  }

  @Override
  void step(long pane, boolean empty, Counts counts, List<Finding> findings) {
    Tally tally =
        empty
            ? frame.paneTally.empty(frame.settings.hourOf(pane))
            : tally(member.subgroup(), pane, counts);
    bets.factors(tally, reference().phi(), factors, 0);
    boolean fresh = tally.allTrials() > 0;
    if (fresh) {
      see();
    }
    if (open()) {
      since = since.merge(tally.sample());
      Recursion.resolve(values, bets.count(), factors, 0);
    } else {
      Recursion.detect(values, bets.start(), factors, 0);
    }
    conclude(pane, fresh, counts, findings);
  }

  @Override
  double[] values() {
    return values;
  }

  @Override
  void restartAfter(long pane) {
    Arrays.fill(values, 0);
    start = pane + 1;
    since = Sample.EMPTY;
  }

  @Override
  long oldestStep(long pane) {
    return Math.max(start, pane - frame.settings.panesPerMonth() + 1);
  }

  @Override
  long newestStep(long pane) {
    return pane;
  }

  @Override
  long firstPane(long step) {
    return step;
  }

  @Override
  Tally tally(int subgroup, long step, Counts counts) {
    return frame.paneTally.predicted(counts.predicted(subgroup, step), frame.settings.hourOf(step));
  }

  @Override
  Sample sinceAlarm() {
    return since;
  }

  @Override
  void write(DataOutput out) throws IOException {
    super.write(out);
    Doubles.write(out, values);
    out.writeLong(start);
    out.writeLong(since.trials());
    out.writeLong(since.successes());
  }

  @Override
  void restore(DataInput in) throws IOException {
    super.restore(in);
    System.arraycopy(Doubles.read(in, values.length), 0, values, 0, values.length);
    start = in.readLong();
    since = new Sample(in.readLong(), in.readLong());
  }
}
