package dev.plumbline.streams;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.step.ForwardingSteps;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.state.health.FeedReport;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Toy steps whose intakes have the clocks that a test gives them, and which note what they hear.
 */
final class ToyClocks extends ForwardingSteps {

  static final int PARTITIONS = 5;

  private final AtomicLongArray clocks = new AtomicLongArray(PARTITIONS);
  private final AtomicLongArray received = new AtomicLongArray(PARTITIONS);
  private final AtomicLongArray quiet = new AtomicLongArray(PARTITIONS);

  ToyClocks(Steps steps) {
    super(steps);
  }

  /** Clock of each input partition. */
  AtomicLongArray clocks() {
    return clocks;
  }

  /** Records that each has received. */
  AtomicLongArray received() {
    return received;
  }

  /** Longest silence that each has heard of since the test looked. */
  AtomicLongArray quiet() {
    return quiet;
  }

  @Override
  public Intake intake(int inputPartition) {
    return new Told(super.intake(inputPartition), inputPartition);
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
    public FeedReport.Counts counts() {
      return intake.counts();
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
