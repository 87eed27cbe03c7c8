package dev.plumbline.streams;

import dev.plumbline.streams.InputPositions.Reached;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A consumer that notes after each poll how far it has read the input topics. */
final class WatchedConsumer extends KafkaConsumer<byte[], byte[]> {

  private final Set<String> inputs;
  private final InputPositions positions;
  private final Map<TopicPartition, Reached> last = new HashMap<>();

  WatchedConsumer(Map<String, Object> config, Set<String> inputs, InputPositions positions) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.inputs = inputs;
    this.positions = positions;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
    Set<TopicPartition> assigned = assignment();
    forget(last.keySet().stream().filter(partition -> !assigned.contains(partition)).toList());
    for (TopicPartition partition : assigned) {
      if (inputs.contains(partition.topic())) {
        note(partition, records.records(partition));
      }
    }
    return records;
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

  private void note(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
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
    Reached now = new Reached(returned, position, lag.isPresent() && lag.getAsLong() == 0);
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
