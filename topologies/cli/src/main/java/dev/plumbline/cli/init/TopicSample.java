package dev.plumbline.cli.init;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.kafka.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Samples topics: of every partition as many records from the beginning as from the end. Joins no
 * consumer group and commits nothing.
 *
 * @param clients settings of Kafka clients
 */
public record TopicSample(Cluster cluster, Map<String, String> clients) {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Polls without a record after which a broker has nothing more to say. */
  private static final int SILENT_POLLS = 20;

  public TopicSample {
    clients = Map.copyOf(clients);
  }

  /**
   * Records of a topic.
   *
   * @param most records
   * @throws Failure if there is no such topic, or it cannot be read
   */
  public Sample of(String topic, int most) {
    List<Integer> partitions =
        cluster
            .partitions(topic)
            .orElseThrow(
                () ->
                    Failure.problem(
                        "%s: expected a topic of the cluster or a file, was neither; correct the"
                                .formatted(topic)
                            + " name"));
    List<Sighting> records = new ArrayList<>();
    long total = 0;
    int quota = Math.max(2, most / partitions.size());
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      for (int partition : partitions) {
        long start = cluster.start(topic, partition);
        long end = cluster.end(topic, partition);
        TopicPartition place = new TopicPartition(topic, partition);
        if (end - start <= quota) {
          total += read(consumer, place, start, end, records);
        } else {
          read(consumer, place, start, start + quota / 2, records);
          read(consumer, place, end - quota / 2, end, records);
          total += end - start;
        }
      }
    } catch (KafkaException failure) {
      throw Failure.problem(
          "topic %s could not be read: %s".formatted(topic, failure.getMessage()), failure);
    }
    return new Sample(topic, List.of(), records, total, true);
  }

  private static int read(
      KafkaConsumer<byte[], byte[]> consumer,
      TopicPartition place,
      long from,
      long to,
      List<Sighting> records) {
    consumer.assign(List.of(place));
    consumer.seek(place, from);
    int read = 0;
    int silent = 0;
    while (consumer.position(place) < to && silent < SILENT_POLLS) {
      List<ConsumerRecord<byte[], byte[]>> polled = consumer.poll(POLL).records(place);
      silent = polled.isEmpty() ? silent + 1 : 0;
      for (ConsumerRecord<byte[], byte[]> record : polled) {
        if (record.offset() < to) {
          records.add(sighting(record));
          read++;
        }
      }
    }
    return read;
  }

  private static Sighting sighting(ConsumerRecord<byte[], byte[]> record) {
    Map<String, byte[]> headers = new HashMap<>();
    for (Header header : record.headers()) {
      if (header.value() != null) {
        headers.put(header.key(), header.value());
      }
    }
    return new Sighting(
        record.partition(), record.timestamp(), record.key(), record.value(), headers);
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
