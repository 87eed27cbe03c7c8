package dev.plumbline.pipeline.step;

import org.jspecify.annotations.Nullable;

/**
 * A step of the flow with its state, confined to one task of an engine.
 *
 * <p>Contract with the engine: a new step is given every entry of its changelog in log order by
 * {@link #restore}; then it receives messages, in the order of each sender; before the engine
 * commits what it has read, it calls {@link #flush}, and everything the step puts or sends there
 * and before belongs to the same transaction or checkpoint. After a failure the engine throws the
 * step away.
 */
public interface Step {

  /** Applies one changelog entry; a null value is a tombstone. Called before any message. */
  void restore(byte[] key, byte @Nullable [] value);

  /** Writes what changed since the last flush, and sends what is held for sending. */
  void flush(Changelog changelog, Outbox outbox);

  /** Where a step writes its state: key-value entries, the last of a key counts. */
  interface Changelog {

    /** Puts an entry; a null value deletes the key. */
    void put(byte[] key, byte @Nullable [] value);
  }
}
