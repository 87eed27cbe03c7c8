package dev.plumbline.e2e.purity;

import dev.plumbline.pipeline.codec.Published.Output;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads all output topics that P1 covers of a monitor from the beginning, as a committed reader.
 */
final class OutputTopics implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration SILENCE = Duration.ofSeconds(2);

  private final Revisions read = new Revisions();
  private final KafkaConsumer<byte[], byte[]> consumer;

  OutputTopics(String bootstrap, GeneratedMonitor monitor) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrap,
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "metadata.max.age.ms", "500"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        monitor.outputs().entrySet().stream()
            .filter(output -> output.getKey() != Output.HEALTH)
            .map(output -> new TopicPartition(output.getValue(), 0))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Reads until so many records have come, or the patience ends, and then until silence. */
  Revisions readAll(int records, BooleanSupplier isAlive) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (read.size() < records && System.nanoTime() < deadline && isAlive.getAsBoolean()) {
      poll();
    }
    long silent = System.nanoTime() + SILENCE.toNanos();
    while (System.nanoTime() < silent) {
      poll();
    }
    return read;
  }

  /** Reads what is there. */
  Revisions readSome() {
    poll();
    return read;
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void poll() {
    consumer.poll(POLL).forEach(record -> read.add(Fact.of(record)));
  }
}
