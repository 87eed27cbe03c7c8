package dev.plumbline.streams;

import dev.plumbline.pipeline.step.Outbox;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/** Sends a message between tasks to the partition its key names, or to all of them. */
final class Targets implements StreamPartitioner<byte[], byte[]> {

  /** Returns the key of a message to a target, or to {@link Outbox#ALL_SHARDS}. */
  static byte[] key(int target) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(target).array();
  }

  /** Sends to every partition, whatever the key. */
  static Optional<Set<Integer>> everywhere(String topic, byte[] key, byte[] value, int partitions) {
    return Optional.of(all(partitions));
  }

  @Override
  public Optional<Set<Integer>> partitions(
      String topic, byte[] key, byte[] value, int numPartitions) {
    int target = ByteBuffer.wrap(key).getInt();
    if (target == Outbox.ALL_SHARDS) {
      return Optional.of(all(numPartitions));
    }
    if (target < 0 || target >= numPartitions) {
      throw new IllegalArgumentException(
          "target of a message must be in [0, "
              + numPartitions
              + "), the partitions of "
              + topic
              + ", was "
              + target);
    }
    return Optional.of(Set.of(target));
  }

  private static Set<Integer> all(int partitions) {
    return IntStream.range(0, partitions).boxed().collect(Collectors.toCollection(TreeSet::new));
  }
}
