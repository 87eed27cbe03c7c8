package dev.plumbline.streams;

import dev.plumbline.pipeline.step.ReadAhead;
import dev.plumbline.pipeline.step.Steps.Input;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;

/**
 * How far this process has read its input partitions, and which of them must wait for others;
 * written by the threads' consumers after each poll and by the intakes, read by both.
 */
final class InputPositions {

  /** Stands for "no record was handed over". */
  static final long NONE = -1;

  private final Map<TopicPartition, Integer> inputs = new HashMap<>();
  private final ReadAhead ahead;
  private final ConcurrentMap<TopicPartition, Reached> reached = new ConcurrentHashMap<>();
  private final FeedReports reports = new FeedReports();

  /** Nothing is read of these partitions. */
  InputPositions(List<Input> inputs, ReadAhead ahead) {
    this.ahead = ahead;
    inputs.forEach(
        input ->
            this.inputs.put(
                new TopicPartition(input.topic(), input.partition()), this.inputs.size()));
  }

  /** Returns the number of an input partition of the monitor; nothing for any other. */
  Optional<Integer> number(TopicPartition partition) {
    return Optional.ofNullable(inputs.get(partition));
  }

  /** Returns who waits for whom, by the numbers of the partitions. */
  ReadAhead ahead() {
    return ahead;
  }

  /** Returns what the readers of all instances said last. */
  FeedReports reports() {
    return reports;
  }

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
   * @param atEnd whether the position is the end for committed readers, and is not paused there
   * @param lag records behind the position, or {@link #NONE} where that is not known
   */
  record Reached(long returned, long position, boolean atEnd, long lag) {}
}
