package dev.plumbline.cli.kafka;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.schemas.RegistryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What monitors have published so far: their output topics up to the ends of this moment. */
public final class Past {

  private static final Duration POLL = Duration.ofMillis(500);

  private final Cluster cluster;
  private final Map<String, String> clients;
  private final Outputs outputs;

  /**
   * The past of a cluster.
   *
   * @param clients settings of Kafka clients
   */
  public Past(Cluster cluster, Map<String, String> clients, Outputs outputs) {
    this.cluster = cluster;
    this.clients = Map.copyOf(clients);
    this.outputs = outputs;
  }

  /**
   * Reads topics.
   *
   * @throws Failure if there is no such topic, or broker or registry do not answer
   */
  public void read(Collection<Output> wanted, Consumer<Published> published) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Output output : wanted) {
      String topic = Optional.ofNullable(outputs.topics().get(output)).orElseThrow();
      List<Integer> numbers =
          cluster
              .partitions(topic)
              .orElseThrow(
                  () ->
                      Failure.problem(
                          "topic %s: expected an output of plumbline run, was missing; name the"
                                  .formatted(topic)
                              + " cluster and the monitor file that it runs with"));
      numbers.forEach(number -> partitions.add(new TopicPartition(topic, number)));
    }
    try {
      read(clients, partitions, record -> published.accept(outputs.decode(record)));
    } catch (RegistryException refused) {
      String message = String.valueOf(refused.getMessage());
      throw refused.retriable()
          ? Failure.unreachable(message, refused)
          : Failure.problem(message, refused);
    } catch (KafkaException failure) {
      throw Failure.problem("reading the output topics failed: " + failure.getMessage(), failure);
    }
  }

  /**
   * Reads partitions from their beginnings up to the ends of this moment, committed records alone.
   *
   * @throws KafkaException if the cluster refuses
   */
  static void read(
      Map<String, String> clients,
      List<TopicPartition> partitions,
      Consumer<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Object> settings = new HashMap<>(clients);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(records);
      }
    }
  }
}
