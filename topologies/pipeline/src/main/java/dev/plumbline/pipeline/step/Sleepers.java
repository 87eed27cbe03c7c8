package dev.plumbline.pipeline.step;

import dev.plumbline.state.flow.Control.Idle;
import dev.plumbline.state.flow.Control.Wake;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;

/**
 * Which shards have said that a partition sleeps, or that it woke; the merge acts when all have.
 */
final class Sleepers {

  private final int shards;
  private final int[][] asleep;
  private final int[][] awake;
  private final long[] settled;

  Sleepers(int shards, int partitions) {
    this.shards = shards;
    this.asleep = new int[partitions][shards];
    this.awake = new int[partitions][shards];
    this.settled = new long[partitions];
    for (int p = 0; p < partitions; p++) {
      settled[p] = Long.MIN_VALUE;
    }
  }

  /** A shard has seen a partition fall asleep; whether all have now. */
  boolean sleeps(Idle idle, int shard) {
    asleep[idle.partition()][shard] = idle.wake() + 1;
    return haveAll(asleep[idle.partition()], idle.wake() + 1);
  }

  /** A shard has seen a partition wake; whether all have now. */
  boolean wakes(Wake wake, int shard) {
    int partition = wake.partition();
    awake[partition][shard] = wake.wake() + 1;
    settled[partition] = Math.max(settled[partition], wake.frontier());
    return haveAll(awake[partition], wake.wake() + 1);
  }

  /** Whether some shards have seen a partition wake that others have not. */
  boolean isWaking() {
    for (int[] seen : awake) {
      for (int wake : seen) {
        if (wake != seen[0]) {
          return true;
        }
      }
    }
    return false;
  }

  /** The furthest that any shard had settled deadlines without the partition. */
  long settled(int partition) {
    return settled[partition];
  }

  private boolean haveAll(int[] seen, int wake) {
    int count = 0;
    for (int s = 0; s < shards; s++) {
      count += seen[s] == wake ? 1 : 0;
    }
    return count == shards;
  }

  void write(ByteWriter out) {
    for (int p = 0; p < settled.length; p++) {
      out.fixed(settled[p]);
      for (int s = 0; s < shards; s++) {
        out.unsigned(asleep[p][s]).unsigned(awake[p][s]);
      }
    }
  }

  void read(ByteReader in) {
    for (int p = 0; p < settled.length; p++) {
      settled[p] = in.fixed();
      for (int s = 0; s < shards; s++) {
        asleep[p][s] = in.count();
        awake[p][s] = in.count();
      }
    }
  }
}
