package dev.plumbline.e2e.purity;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.step.ForwardingSteps;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Step;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.state.health.FeedReport;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The steps of a monitor, watched where a fault costs most. Whoever watches may throw there. */
final class WatchedSteps extends ForwardingSteps {

  /** Hears of steps by name, such as {@code join-1}; called from several threads. */
  interface Watcher {

    /**
     * A step that has committed state has written more of it, and the transaction of that is open.
     */
    void flushed(String step);

    /** A new step has been given the first entry of its changelog. */
    void restoring(String step);
  }

  private final Watcher watcher;

  WatchedSteps(Steps steps, Watcher watcher) {
    super(steps);
    this.watcher = watcher;
  }

  @Override
  public Intake intake(int inputPartition) {
    Intake intake = super.intake(inputPartition);
    Life life = new Life("intake-" + inputPartition, intake);
    return new Intake() {
      @Override
      public void receive(Incoming record, Outbox outbox) {
        intake.receive(record, outbox);
      }

      @Override
      public void quiet(long millisSinceLastRecord, Outbox outbox) {
        intake.quiet(millisSinceLastRecord, outbox);
      }

      @Override
      public void end(Outbox outbox) {
        intake.end(outbox);
      }

      @Override
      public FeedReport.Counts counts() {
        return intake.counts();
      }

      @Override
      public long clock() {
        return intake.clock();
      }

      @Override
      public void restore(byte[] key, byte @Nullable [] value) {
        life.restore(key, value);
      }

      @Override
      public void flush(Changelog changelog, Outbox outbox) {
        life.flush(changelog, outbox);
      }
    };
  }

  @Override
  public Join join(int shard) {
    Join join = super.join(shard);
    Life life = new Life("join-" + shard, join);
    return new Join() {
      @Override
      public void receive(byte[] message, Outbox outbox) {
        join.receive(message, outbox);
      }

      @Override
      public void answer(byte[] message, Outbox outbox) {
        join.answer(message, outbox);
      }

      @Override
      public void restore(byte[] key, byte @Nullable [] value) {
        life.restore(key, value);
      }

      @Override
      public void flush(Changelog changelog, Outbox outbox) {
        life.flush(changelog, outbox);
      }
    };
  }

  @Override
  public Merge merge(int index) {
    Merge merge = super.merge(index);
    Life life = new Life("merge-" + index, merge);
    return new Merge() {
      @Override
      public void receive(byte[] message, Outbox outbox) {
        merge.receive(message, outbox);
      }

      @Override
      public void tick(long now, Collection<FeedReport> reports, Outbox outbox) {
        merge.tick(now, reports, outbox);
      }

      @Override
      public void stop(long now, Outbox outbox) {
        merge.stop(now, outbox);
      }

      @Override
      public boolean hasEnded() {
        return merge.hasEnded();
      }

      @Override
      public void restore(byte[] key, byte @Nullable [] value) {
        life.restore(key, value);
      }

      @Override
      public void flush(Changelog changelog, Outbox outbox) {
        life.flush(changelog, outbox);
      }
    };
  }

  /** One incarnation of a step. */
  private final class Life {
    private final String name;
    private final Step step;
    private boolean isRestored;

    /** What was restored has been committed, and so has a flush that the step has outlived. */
    private boolean hasCommitted;

    Life(String name, Step step) {
      this.name = name;
      this.step = step;
    }

    void restore(byte[] key, byte @Nullable [] value) {
      step.restore(key, value);
      hasCommitted = true;
      if (!isRestored) {
        isRestored = true;
        watcher.restoring(name);
      }
    }

    void flush(Step.Changelog changelog, Outbox outbox) {
      AtomicBoolean hasWritten = new AtomicBoolean();
      step.flush(
          (key, value) -> {
            hasWritten.set(true);
            changelog.put(key, value);
          },
          outbox);
      if (hasWritten.get() && hasCommitted) {
        watcher.flushed(name);
      }
      hasCommitted |= hasWritten.get();
    }
  }
}
