package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.flow.Answer;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.Control.Clock;
import dev.plumbline.state.flow.Control.Idle;
import dev.plumbline.state.flow.Control.Raised;
import dev.plumbline.state.flow.Control.Start;
import dev.plumbline.state.flow.Control.Wake;
import dev.plumbline.state.flow.Crossing;
import dev.plumbline.state.flow.MergeBlock;
import dev.plumbline.state.flow.MergeBlock.Leaver;
import dev.plumbline.state.flow.ShardBlock;
import dev.plumbline.state.join.Arrived;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.join.PendingLog;
import dev.plumbline.state.join.Subjects;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.Timing;
import dev.plumbline.state.wire.StateFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The step of one shard of ids: joins its predictions and labels, and passes on what the partitions
 * say of their clocks, never ahead of the deltas before it.
 */
public final class JoinStep implements Join {

  private static final int FLUSH_DELTAS = 50_000;

  /** Records that are joined at once, as {@code Join} prefers. */
  private static final int TOGETHER = 64;

  private static final int MERGE = 0;

  private static final byte FORMAT_KEY = 'f';
  private static final byte[] NOTHING = {};

  /** Of all that this step writes to its changelog; another number for other bytes. */
  private static final StateFormat FORMAT = new StateFormat("join state", 0x81);

  // Configuration.
  private final int shard;
  private final Flow flow;
  private final Timing timing;

  // State, in the changelog.
  private final dev.plumbline.state.join.Join join;
  private final JoinClocks clocks;
  private boolean hasFormat;
  private boolean isRestored;
  private boolean isResumed;

  // Read and not joined yet, empty after every block.
  private final List<Arrived> unjoined = new ArrayList<>();

  // Unsent, empty after every flush.
  private final Deltas deltas = new Deltas();
  private final List<Leaver> leavers = new ArrayList<>();
  private final List<Control> controls = new ArrayList<>();

  public JoinStep(int shard, Flow flow) {
    this.shard = shard;
    this.flow = flow;
    this.timing = flow.timing();
    this.clocks = new JoinClocks(flow.haveLabels());
    this.join = new dev.plumbline.state.join.Join(flow.join(), clocks.silences());
  }

  @Override
  public void restore(byte[] key, byte @Nullable [] value) {
    isRestored = true;
    if (key[0] == FORMAT_KEY) {
      FORMAT.read(Objects.requireNonNull(value));
      hasFormat = true;
    } else if (PendingLog.owns(key)) {
      join.log().restore(key, value);
    } else if (Subjects.owns(key)) {
      join.subjects().restore(key, value);
    } else {
      clocks.restore(key, value);
    }
  }

  @Override
  public void receive(byte[] message, Outbox outbox) {
    resume();
    read(message);
    sendIfLarge(outbox);
  }

  private void read(byte[] block) {
    ShardBlock.read(block, new Reader());
    join();
  }

  @Override
  public void answer(byte[] message, Outbox outbox) {
    resume();
    Answer answer = Answer.of(message);
    if (!clocks.isWaiting(answer.partition())) {
      return;
    }
    List<byte[]> waiting = clocks.release(answer);
    settle();
    // The merge waits for the partition until every shard has settled what lies before the answer.
    Crossing settled = new Crossing(answer.pane(), -1, Crossing.NONE.timestamp());
    controls.add(new Clock(answer.partition(), settled));
    for (byte[] block : waiting) {
      read(block);
    }
    sendIfLarge(outbox);
  }

  @Override
  public void flush(Changelog changelog, Outbox outbox) {
    resume();
    send(outbox);
    if (!hasFormat) {
      hasFormat = true;
      changelog.put(new byte[] {FORMAT_KEY}, FORMAT.write(NOTHING));
    }
    join.log().flush(join.frontier(), changelog::put);
    join.subjects().flush(changelog::put);
    clocks.flush(join.frontier(), join.concluded(), join.start(), changelog::put);
  }

  private void resume() {
    if (!isResumed) {
      isResumed = true;
      if (isRestored && !hasFormat) {
        FORMAT.read(NOTHING);
      }
      join.startAt(clocks.restoredStart());
      join.resumeAt(clocks.restoredFrontier(), clocks.restoredConcluded());
    }
  }

  private void sendIfLarge(Outbox outbox) {
    if (deltas.size() > FLUSH_DELTAS) {
      send(outbox);
    }
  }

  private void send(Outbox outbox) {
    if (deltas.size() > 0 || !leavers.isEmpty() || !controls.isEmpty()) {
      MergeBlock.write(shard, deltas, leavers, controls, block -> outbox.toMerge(MERGE, block));
      deltas.clear();
      leavers.clear();
      controls.clear();
    }
  }

  private void toJoin(Arrived arrived) {
    unjoined.add(arrived);
    if (unjoined.size() == TOGETHER) {
      join();
    }
  }

  private void join() {
    join.add(unjoined, deltas, this::left);
    unjoined.clear();
  }

  /** The local frontier may have moved: deadlines before it are over. */
  private void settle() {
    join.advance(clocks.frontier(), clocks.labelFrontier(), deltas, this::left);
  }

  private void left(Arrived record, RecordState state, RejectReason reason, long pane) {
    leavers.add(new Leaver(record.partition(), record.offset(), state, reason, pane));
  }

  private void add(Arrived arrived) {
    long floor = clocks.floor(arrived.partition());
    if (floor == Long.MIN_VALUE) {
      toJoin(arrived);
      return;
    }
    Arrived raised = arrived.noEarlierThan(floor * timing.pane());
    if (isLateAfterWaking(raised, floor * timing.pane())) {
      String model = raised.event() instanceof Prediction p ? p.cell().model() : "";
      long pane = timing.paneOf(raised.arrival());
      Booked late = new Booked(raised.partition(), RecordState.LATE, RejectReason.NONE, model);
      deltas.add(pane, late, 1);
      left(raised, RecordState.LATE, RejectReason.NONE, pane);
    } else {
      toJoin(raised);
    }
  }

  private boolean isLateAfterWaking(Arrived raised, long floor) {
    if (raised.event() instanceof Label label) {
      return raised.arrival() - label.happened() > timing.lateBy();
    }
    return raised.event() instanceof Prediction && raised.event().time() < floor - timing.recall();
  }

  private void control(Control control) {
    join();
    if (control instanceof Clock clock) {
      clocks.pass(clock);
    } else if (control instanceof Start start) {
      // A partition that nobody waited for at first has no start.
      if (flow.inputs().get(start.partition()).kind().hasPredictions()
          && clocks.floor(start.partition()) == Long.MIN_VALUE) {
        join.startAt(start.time());
      }
    } else if (control instanceof Idle idle) {
      clocks.sleep(idle.partition());
    } else if (control instanceof Raised raised) {
      clocks.raise(raised.partition(), raised.pane());
    }
    settle();
    if (control instanceof Wake wake) {
      clocks.wake(wake.partition(), join.frontier());
      controls.add(new Wake(wake.partition(), wake.wake(), wake.offset(), join.frontier()));
    } else {
      controls.add(control);
    }
  }

  /** Reads a block; what a partition says while it waits for its answer is put aside. */
  private final class Reader implements ShardBlock.Visitor {

    @Override
    public void record(Arrived arrived) {
      if (clocks.isWaiting(arrived.partition())) {
        clocks.waiting(arrived.partition()).add(arrived);
      } else {
        add(arrived);
      }
    }

    @Override
    public void booked(int partition, long pane, Counter counter, long amount) {
      if (clocks.isWaiting(partition)) {
        Deltas one = new Deltas();
        one.add(pane, counter, amount);
        clocks.waiting(partition).add(one);
      } else {
        deltas.add(Math.max(pane, clocks.floor(partition)), counter, amount);
      }
    }

    @Override
    public Cell known(Cell cell) {
      return join.log().known(cell);
    }

    @Override
    public void control(Control control) {
      if (clocks.isWaiting(control.partition())) {
        clocks.waiting(control.partition()).add(control);
      } else {
        JoinStep.this.control(control);
      }
    }
  }
}
