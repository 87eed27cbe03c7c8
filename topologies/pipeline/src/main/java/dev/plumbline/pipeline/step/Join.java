package dev.plumbline.pipeline.step;

/** The step of one shard of ids: joins predictions and labels, and sends deltas to the merges. */
public interface Join extends Step {

  /** Takes a message of an intake. */
  void receive(byte[] message, Outbox outbox);

  /** Takes an answer of the merge that decides about idle partitions. */
  void answer(byte[] message, Outbox outbox);
}
