package dev.plumbline.streams;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Join;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Steps;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Toy steps whose intakes have the clocks that a test gives them, and which note what they hear.
 *
 * @param clocks clock of each input partition
 * @param received records that each has received
 * @param quiet longest silence that each has heard of since the test looked
 */
record ToyClocks(
    Steps steps, AtomicLongArray clocks, AtomicLongArray received, AtomicLongArray quiet)
    implements Steps {

  static final int PARTITIONS = 5;

  static ToyClocks of(Steps steps) {
    return new ToyClocks(
        steps,
        new AtomicLongArray(PARTITIONS),
        new AtomicLongArray(PARTITIONS),
        new AtomicLongArray(PARTITIONS));
  }

  @Override
  public Intake intake(int inputPartition) {
    return new Told(steps.intake(inputPartition), inputPartition);
  }

  @Override
  public Join join(int shard) {
    return steps.join(shard);
  }

  @Override
  public Merge merge(int index) {
    return steps.merge(index);
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

  private final class Told implements Intake {
    private final Intake intake;
    private final int number;

    Told(Intake intake, int number) {
      this.intake = intake;
      this.number = number;
    }

    @Override
    public void receive(Incoming record, Outbox outbox) {
      received.incrementAndGet(number);
      intake.receive(record, outbox);
    }

    @Override
    public void quiet(long millisSinceLastRecord, Outbox outbox) {
      quiet.accumulateAndGet(number, millisSinceLastRecord, Math::max);
      intake.quiet(millisSinceLastRecord, outbox);
    }

    @Override
    public void end(Outbox outbox) {
      intake.end(outbox);
    }

    @Override
    public long clock() {
      return clocks.get(number);
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
      intake.restore(key, value);
    }

    @Override
    public void flush(Changelog changelog, Outbox outbox) {
      intake.flush(changelog, outbox);
      outbox.progress(clock());
    }
  }
}
