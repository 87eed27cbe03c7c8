package dev.plumbline.cli.kafka;

import dev.plumbline.pipeline.step.ForwardingSteps;
import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Outbox;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.state.health.FeedReport;
import java.util.Collection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a bounded run of one merge, and when that has closed everything and was flushed. For
 * runs in one process that do not fail over.
 */
public final class EndWatch extends ForwardingSteps {

  private final CountDownLatch ended = new CountDownLatch(1);

  /** Watches the steps of a run. */
  public EndWatch(Steps steps) {
    super(steps);
  }

  /** Waits; true if the run has ended, false if the time is over. */
  public boolean await(long millis) throws InterruptedException {
    return ended.await(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public Merge merge(int index) {
    return new WatchedMerge(super.merge(index), ended);
  }

  private record WatchedMerge(Merge merge, CountDownLatch ended) implements Merge {

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
    public void flush(Changelog changelog, Outbox outbox) {
      merge.flush(changelog, outbox);
      if (merge.hasEnded()) {
        ended.countDown();
      }
    }

    @Override
    public void restore(byte[] key, byte @Nullable [] value) {
      merge.restore(key, value);
    }
  }
}
