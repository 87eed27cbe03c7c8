package dev.plumbline.pipeline.step;

import dev.plumbline.state.health.FeedReport;
import java.util.Collection;

/** The step of one group of models: holds deltas back to the frontier, evaluates and publishes. */
public interface Merge extends Step {

  /** Takes a message of a join. */
  void receive(byte[] message, Outbox outbox);

  /**
   * Says what time it is, and what the readers of input partitions said last. What follows goes to
   * the topic of health alone: no other output depends on it, or on whether it is called.
   *
   * @param now wall-clock milliseconds
   */
  void tick(long now, Collection<FeedReport> reports, Outbox outbox);

  /** Says that the monitor was told to stop. */
  void stop(long now, Outbox outbox);

  /** Whether every input partition is complete and every pane closed: nothing will follow. */
  boolean hasEnded();
}
