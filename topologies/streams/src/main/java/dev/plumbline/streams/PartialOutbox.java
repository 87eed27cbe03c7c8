package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.step.Outbox;

/** The outbox of a stage, which may send to some targets only: a stage overrides those. */
interface PartialOutbox extends Outbox {

  @Override
  default void toJoin(int shard, byte[] message) {
    throw new UnsupportedOperationException("only an intake sends to joins");
  }

  @Override
  default void toMerge(int merge, byte[] message) {
    throw new UnsupportedOperationException("only a join sends to merges");
  }

  @Override
  default void answer(byte[] message) {
    throw new UnsupportedOperationException("only a merge answers the joins");
  }

  @Override
  default void progress(long clock) {
    throw new UnsupportedOperationException("only an intake has a clock of its own");
  }

  @Override
  default void publish(Published record) {
    throw new UnsupportedOperationException("a join does not publish");
  }
}
