package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.codec.Published;

/** Where a step sends. Messages to one target arrive there in the order of sending. */
public interface Outbox {

  /** Stands for every shard. */
  int ALL_SHARDS = -1;

  /** From an intake to one join, or to every join. */
  void toJoin(int shard, byte[] message);

  /** From a join to a merge. */
  void toMerge(int merge, byte[] message);

  /** From the merge that decides about idle partitions to every join. */
  void answer(byte[] message);

  /** From an intake to whatever decides what is read next: its {@link Intake#clock}. */
  void progress(long clock);

  /** To an output topic. */
  void publish(Published record);
}
