package dev.plumbline.e2e.load;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.Crossing;
import dev.plumbline.state.flow.MergeBlock;
import dev.plumbline.state.join.Counter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The steps of a monitor, with a count of flushes and of records between join and merge. */
final class CountingSteps implements Steps {

  private final Steps steps;
  private final AtomicLong flushes = new AtomicLong();
  private final AtomicLong deltaRecords = new AtomicLong();
  private final Set<List<Integer>> ended = ConcurrentHashMap.newKeySet();

  CountingSteps(Steps steps) {
    this.steps = steps;
  }

  long joinFlushes() {
    return flushes.get();
  }

  long deltaRecords() {
    return deltaRecords.get();
  }

  /** Whether the merge has heard from every shard that every partition is complete. */
  boolean haveAllEnded() {
    return ended.size() == shards() * inputs().size();
  }

  @Override
  public Intake intake(int inputPartition) {
    return steps.intake(inputPartition);
  }

  @Override
  public Join join(int shard) {
    Join join = steps.join(shard);
    return new Join() {
      @Override
      public void receive(byte[] message, Outbox outbox) {
        join.receive(message, counting(outbox));
      }

      @Override
      public void answer(byte[] message, Outbox outbox) {
        join.answer(message, counting(outbox));
      }

      @Override
      public void restore(byte[] key, byte @Nullable [] value) {
        join.restore(key, value);
      }

      @Override
      public void flush(Changelog changelog, Outbox outbox) {
        flushes.incrementAndGet();
        join.flush(changelog, counting(outbox));
      }
    };
  }

  @Override
  public Merge merge(int index) {
    Merge merge = steps.merge(index);
    return new Merge() {
      @Override
      public void receive(byte[] message, Outbox outbox) {
        merge.receive(message, outbox);
        MergeBlock.read(message, new Ends());
      }

      @Override
      public void restore(byte[] key, byte @Nullable [] value) {
        merge.restore(key, value);
      }

      @Override
      public void flush(Changelog changelog, Outbox outbox) {
        merge.flush(changelog, outbox);
      }
    };
  }

  private Outbox counting(Outbox outbox) {
    return new Outbox() {
      @Override
      public void toJoin(int shard, byte[] message) {
        outbox.toJoin(shard, message);
      }

      @Override
      public void toMerge(int merge, byte[] message) {
        deltaRecords.incrementAndGet();
        outbox.toMerge(merge, message);
      }

      @Override
      public void answer(byte[] message) {
        outbox.answer(message);
      }

      @Override
      public void progress(long clock) {
        outbox.progress(clock);
      }

      @Override
      public void publish(Published record) {
        outbox.publish(record);
      }
    };
  }

  private final class Ends implements MergeBlock.Visitor {
    @Override
    public void add(long pane, Counter counter, long amount) {}

    @Override
    public void left(MergeBlock.Leaver leaver) {}

    @Override
    public void control(int shard, Control control) {
      if (control instanceof Control.Clock clock && clock.crossing().pane() == Crossing.END) {
        ended.add(List.of(shard, clock.partition()));
      }
    }
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
}
