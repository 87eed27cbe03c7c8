package dev.plumbline.e2e.purity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.testkit.Raw;
import dev.plumbline.testkit.RawBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a generated log to topics. Where the log has a hole, and at the end of every partition, an
 * aborted transaction lies; so the offsets are others than those of the log, and are kept.
 */
final class InputTopics {

  private static final byte[] ABORTED = "must never be read".getBytes(US_ASCII);

  private final String bootstrap;
  private final GeneratedMonitor monitor;
  private final Map<Integer, List<Incoming>> written = new TreeMap<>();

  InputTopics(String bootstrap, GeneratedMonitor monitor) {
    this.bootstrap = bootstrap;
    this.monitor = monitor;
  }

  /** Creates the topics without a time retention: generated times are old. */
  void create(Admin admin) throws ExecutionException, InterruptedException {
    Map<String, Integer> sizes = new TreeMap<>();
    for (int partition : partitions()) {
      sizes.merge(monitor.topic(partition), 1, Integer::sum);
    }
    Map<String, String> forever = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
    List<NewTopic> topics = new ArrayList<>();
    sizes.forEach(
        (topic, size) ->
            topics.add(new NewTopic(topic, Optional.of(size), Optional.empty()).configs(forever)));
    admin.createTopics(topics).all().get();
  }

  /** All input partitions of the monitor. */
  List<Integer> partitions() {
    return IntStream.range(0, monitor.log().partitions().size()).boxed().toList();
  }

  /** What was written to a partition, as a committed reader gets it. */
  List<Incoming> written(int partition) {
    return written.getOrDefault(partition, List.of());
  }

  /** Number of records that a committed reader gets. */
  int size() {
    return written.values().stream().mapToInt(List::size).sum();
  }

  /** Writes partitions, stretch by stretch of all of them. */
  void write(List<Integer> partitions) throws ExecutionException, InterruptedException {
    Map<Integer, List<List<Raw>>> stretches = new TreeMap<>();
    partitions.forEach(partition -> stretches.put(partition, stretches(partition)));
    int rounds = stretches.values().stream().mapToInt(List::size).max().orElse(0);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "transactional.id", monitor.input()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      for (int round = 0; round < rounds; round++) {
        int now = round;
        stretches.values().removeIf(left -> left.size() <= now);
        producer.beginTransaction();
        for (var stretch : stretches.entrySet()) {
          write(stretch.getKey(), stretch.getValue().get(round), producer);
        }
        producer.commitTransaction();
        producer.beginTransaction();
        for (int partition : stretches.keySet()) {
          var unused = send(producer, partition, 0, ABORTED);
        }
        producer.flush();
        producer.abortTransaction();
      }
    }
  }

  private void write(int partition, List<Raw> records, KafkaProducer<byte[], byte[]> producer)
      throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Raw raw : records) {
      sent.add(send(producer, partition, raw.kafkaTimestamp(), RawBytes.of(raw)));
    }
    producer.flush();
    List<Incoming> incoming = written.computeIfAbsent(partition, p -> new ArrayList<>());
    for (int i = 0; i < records.size(); i++) {
      Raw raw = records.get(i);
      incoming.add(
          new Incoming(sent.get(i).get().offset(), raw.kafkaTimestamp(), null, RawBytes.of(raw)));
    }
  }

  private Future<RecordMetadata> send(
      KafkaProducer<byte[], byte[]> producer,
      int partition,
      long timestamp,
      byte @Nullable [] value) {
    int inTopic = monitor.partitionInTopic(partition);
    return producer.send(
        new ProducerRecord<>(monitor.topic(partition), inTopic, timestamp, null, value));
  }

  /** The records of a partition, cut at the holes of the log; an empty partition is one. */
  private List<List<Raw>> stretches(int partition) {
    List<List<Raw>> stretches = new ArrayList<>(List.of(new ArrayList<>()));
    long next = 0;
    for (Raw raw : monitor.log().partitions().get(partition).records()) {
      if (raw.offset() > next) {
        stretches.add(new ArrayList<>());
      }
      stretches.get(stretches.size() - 1).add(raw);
      next = raw.offset() + 1;
    }
    return stretches;
  }
}
