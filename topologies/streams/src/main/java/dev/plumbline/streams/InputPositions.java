package dev.plumbline.streams;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far this process has read its input partitions; written by the threads' consumers after each
 * poll, read by the intakes.
 */
final class InputPositions {

  /** Stands for "no record was handed over". */
  static final long NONE = -1;

  private final ConcurrentMap<TopicPartition, Reached> reached = new ConcurrentHashMap<>();

  /** Returns what the last poll knew, or nothing while the position is not known. */
  Optional<Reached> of(TopicPartition partition) {
    return Optional.ofNullable(reached.get(partition));
  }

  void put(TopicPartition partition, Reached now) {
    reached.put(partition, now);
  }

  /** Forgets a partition, unless another consumer has reported on it since. */
  void remove(TopicPartition partition, Reached last) {
    reached.remove(partition, last);
  }

  /**
   * How far a partition is read.
   *
   * @param returned offset of the last record handed over since the partition was assigned or
   *     sought, or {@link #NONE}
   * @param position offset from which the consumer goes on; beyond {@code returned + 1} where there
   *     are transaction markers, aborted or compacted records
   * @param atEnd whether the position is the end for committed readers
   */
  record Reached(long returned, long position, boolean atEnd) {}
}
