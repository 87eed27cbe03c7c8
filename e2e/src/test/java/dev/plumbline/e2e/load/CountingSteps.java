package dev.plumbline.e2e.load;

import dev.plumbline.cli.kafka.EndWatch;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.step.ForwardingSteps;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Steps;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The steps of a monitor, with a count of flushes and of records between join and merge. */
final class CountingSteps extends ForwardingSteps {

  private final EndWatch end;
  private final AtomicLong flushes = new AtomicLong();
  private final AtomicLong deltaRecords = new AtomicLong();

  CountingSteps(Steps steps) {
    this(new EndWatch(steps));
  }

  private CountingSteps(EndWatch end) {
    super(end);
    this.end = end;
  }

  long joinFlushes() {
    return flushes.get();
  }

  long deltaRecords() {
    return deltaRecords.get();
  }

  /** Whether the merge has closed everything. */
  boolean haveAllEnded() throws InterruptedException {
    return end.await(0);
  }

  @Override
  public Join join(int shard) {
    Join join = super.join(shard);
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
}
