package dev.plumbline.cli.kafka;

import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.Crossing;
import dev.plumbline.state.flow.MergeBlock;
import dev.plumbline.state.flow.MergeBlock.Leaver;
import dev.plumbline.state.join.Counter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a bounded run, and when its merge has closed everything: when every shard has passed
 * on to it the end of every input partition, and it was flushed. For runs in one process that do
 * not fail over.
 */
public final class EndWatch implements Steps {

  private final Steps steps;
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Watches the steps of a run. */
  public EndWatch(Steps steps) {
    this.steps = steps;
  }

  /** Waits; true if the run has ended, false if the time is over. */
  public boolean await(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public Intake intake(int inputPartition) {
    return steps.intake(inputPartition);
  }

  @Override
  public Join join(int shard) {
    return steps.join(shard);
  }

  @Override
  public Merge merge(int index) {
    return new WatchedMerge(steps.merge(index));
  }

  @Override
  public int shards() {
    return steps.shards();
  }

  @Override
  public int merges() {
    return steps.merges();
  }

  @Override
  public List<Input> inputs() {
    return steps.inputs();
  }

  @Override
  public long ahead() {
    return steps.ahead();
  }

  @Override
  public String monitorName() {
    return steps.monitorName();
  }

  /** An end of a partition, as one shard says it. */
  private record End(int shard, int partition) {}

  private final class WatchedMerge implements Merge, MergeBlock.Visitor {
    private final Merge merge;
    private final Set<End> ends = new HashSet<>();

    WatchedMerge(Merge merge) {
      this.merge = merge;
    }

    @Override
    public void receive(byte[] message, Outbox outbox) {
      merge.receive(message, outbox);
      MergeBlock.read(message, this);
    }

    @Override
    public void control(int shard, Control control) {
      if (control instanceof Control.Clock clock && clock.crossing().pane() == Crossing.END) {
        ends.add(new End(shard, clock.partition()));
      }
    }

    @Override
    public void flush(Changelog changelog, Outbox outbox) {
      merge.flush(changelog, outbox);
      if (ends.size() == shards() * inputs().size()) {
        ended.countDown();
      }
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
      merge.restore(key, value);
    }

    @Override
    public void add(long pane, Counter counter, long amount) {}

    @Override
    public void left(Leaver leaver) {}
  }
}
