package dev.plumbline.pipeline.step;

/** The step of one group of models: holds deltas back to the frontier, evaluates and publishes. */
public interface Merge extends Step {

  /** Takes a message of a join. */
  void receive(byte[] message, Outbox outbox);

  /** Whether every input partition is complete and every pane closed: nothing will follow. */
  boolean hasEnded();
}
