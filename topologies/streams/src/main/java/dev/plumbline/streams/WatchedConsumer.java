package dev.plumbline.streams;

import dev.plumbline.streams.InputPositions.Reached;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that notes after each poll how far it has read the input topics, and pauses partitions
 * that must wait for others. Kafka Streams pauses partitions too, for reasons of its own: what one
 * of both has paused is paused, and Kafka Streams sees its own alone.
 */
final class WatchedConsumer extends KafkaConsumer<byte[], byte[]> {

  private final InputPositions positions;
  private final Map<TopicPartition, Reached> last = new HashMap<>();
  private final Set<TopicPartition> waiting = new HashSet<>();
  private final Set<TopicPartition> pausedByStreams = new HashSet<>();

  WatchedConsumer(Map<String, Object> config, InputPositions positions) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.positions = positions;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    holdBack();
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    Set<TopicPartition> assigned = assignment();
    forget(last.keySet().stream().filter(partition -> !assigned.contains(partition)).toList());
    Set<TopicPartition> paused = super.paused();
    for (TopicPartition partition : assigned) {
      Optional<Integer> number = positions.number(partition);
      if (number.isPresent()) {
        List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
        positions.ahead().read(number.get(), read.size());
        note(partition, read, paused.contains(partition));
      }
    }
    return records;
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    super.pause(partitions);
    pausedByStreams.addAll(partitions);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    super.resume(partitions.stream().filter(partition -> !waiting.contains(partition)).toList());
    partitions.forEach(pausedByStreams::remove);
  }

  @Override
  public Set<TopicPartition> paused() {
    Set<TopicPartition> paused = new HashSet<>(super.paused());
    paused.retainAll(pausedByStreams);
    return paused;
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    forget(List.of(partition));
    super.seek(partition, offset);
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata offsetAndMetadata) {
    forget(List.of(partition));
    super.seek(partition, offsetAndMetadata);
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    forget(List.copyOf(partitions));
    super.seekToBeginning(partitions);
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    forget(List.copyOf(partitions));
    super.seekToEnd(partitions);
  }

  private void holdBack() {
    // A partition that has gone, and may have come back, is not paused any more.
    Set<TopicPartition> paused = super.paused();
    waiting.retainAll(paused);
    pausedByStreams.retainAll(paused);
    for (TopicPartition partition : assignment()) {
      boolean waits = positions.number(partition).map(positions.ahead()::mustWait).orElse(false);
      if (waits && waiting.add(partition)) {
        super.pause(List.of(partition));
      } else if (!waits && waiting.remove(partition) && !pausedByStreams.contains(partition)) {
        super.resume(List.of(partition));
      }
    }
  }

  private void note(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, boolean isPaused) {
    // The lag is known only when the position is; asking for an unknown position would block.
    OptionalLong lag = currentLag(partition);
    Reached before = last.get(partition);
    if (lag.isEmpty() && before == null && records.isEmpty()) {
      return;
    }
    long returned = before == null ? InputPositions.NONE : before.returned();
    if (!records.isEmpty()) {
      returned = records.get(records.size() - 1).offset();
    }
    long position = lag.isPresent() ? position(partition) : returned + 1;
    // Of a partition that is paused, only the end of long ago is known.
    boolean isAtEnd = !isPaused && lag.isPresent() && lag.getAsLong() == 0;
    long known = isPaused ? InputPositions.NONE : lag.orElse(InputPositions.NONE);
    Reached now = new Reached(returned, position, isAtEnd, known);
    last.put(partition, now);
    positions.put(partition, now);
  }

  private void forget(List<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      Reached before = last.remove(partition);
      if (before != null) {
        positions.remove(partition, before);
      }
    }
  }
}
