package dev.plumbline.cli.kafka;

import dev.plumbline.cli.failure.Failure;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** What a topic says of each record key now: its last value, unless that is a tombstone. */
public final class LastValues {

  private LastValues() {}

  /**
   * Reads a topic up to its end of this moment. Records without a key are passed over.
   *
   * @param clients settings of Kafka clients
   * @throws Failure if there is no such topic, or it cannot be read
   */
  public static Map<ByteBuffer, byte[]> of(
      Cluster cluster, Map<String, String> clients, String topic) {
    List<TopicPartition> partitions =
        cluster
            .partitions(topic)
            .orElseThrow(
                () ->
                    Failure.problem(
                        "topic %s: expected a topic of the cluster, was missing; create it first"
                            .formatted(topic)))
            .stream()
            .map(number -> new TopicPartition(topic, number))
            .toList();
    Map<ByteBuffer, byte[]> values = new HashMap<>();
    try {
      Past.read(
          clients,
          partitions,
          record -> {
            if (record.key() != null && record.value() != null) {
              values.put(ByteBuffer.wrap(record.key()), record.value());
            } else if (record.key() != null) {
              values.remove(ByteBuffer.wrap(record.key()));
            }
          });
    } catch (KafkaException failure) {
      throw Failure.problem(
          "reading topic %s failed: %s".formatted(topic, failure.getMessage()), failure);
    }
    return values;
  }
}
