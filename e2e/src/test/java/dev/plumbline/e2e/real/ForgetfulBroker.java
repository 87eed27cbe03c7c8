package dev.plumbline.e2e.real;

import dev.plumbline.cli.embedded.EmbeddedBroker;
import dev.plumbline.cli.embedded.EmbeddedRegistry;
import dev.plumbline.schemas.Topic.Cleanup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A broker, with a registry, that deletes what is older than seven days, and looks every second.
 * Segments are as small as it allows, and hold at most 30 days by the times of their records.
 */
final class ForgetfulBroker implements AutoCloseable {

  /** Settings of a topic that is not forgotten, as the documentation tells users. */
  static final Map<String, String> KEPT = Map.of("retention.ms", "-1", "retention.bytes", "-1");

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Instant LONG_AGO = Instant.parse("2013-01-01T00:00:00Z");

  private final EmbeddedBroker broker =
      EmbeddedBroker.start(
          Map.of(
              "log.retention.check.interval.ms", "1000",
              "log.initial.task.delay.ms", "500",
              "log.segment.bytes", "1048576",
              "log.roll.hours", "720",
              "log.segment.delete.delay.ms", "100"));
  private final EmbeddedRegistry registry = EmbeddedRegistry.start();
  private int forgotten;

  /** Where clients find the broker. */
  Map<String, String> clients() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  /** Where clients find the registry. */
  String registryUrl() {
    return registry.url();
  }

  /** Creates topics that are kept. */
  void create(List<String> names, int partitions) {
    try (Admin admin = admin()) {
      List<NewTopic> topics = new ArrayList<>();
      for (String name : names) {
        topics.add(new NewTopic(name, partitions, (short) 1).configs(KEPT));
      }
      done(admin.createTopics(topics).all());
    }
  }

  /**
   * Writes records in their order.
   *
   * @throws IllegalStateException if the broker did not take one of them
   */
  void write(List<ProducerRecord<byte[], byte[]>> records) {
    Map<String, Object> settings = new HashMap<>(clients());
    // A new topic may refuse the first batch and take the second; then the first is out of order.
    settings.put("max.in.flight.requests.per.connection", 1);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = records.stream().map(producer::send).toList();
      producer.flush();
      sent.forEach(ForgetfulBroker::done);
    }
  }

  /**
   * Returns when a record of 2013, written now to a topic with the broker's own retention, is gone.
   */
  void awaitForgetting() {
    String topic = "forgotten-" + forgotten++;
    try (Admin admin = admin()) {
      done(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all());
      byte[] old = "old".getBytes(StandardCharsets.UTF_8);
      write(List.of(new ProducerRecord<>(topic, 0, LONG_AGO.toEpochMilli(), null, old)));
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (firstOffset(admin, new TopicPartition(topic, 0)) == 0) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("expected the broker to delete by time, did not: " + topic);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /** The first offsets that are left of topics' partitions. */
  Map<String, Long> firstOffsets(List<TopicPartition> partitions) {
    Map<String, Long> offsets = new TreeMap<>();
    try (Admin admin = admin()) {
      for (TopicPartition partition : partitions) {
        offsets.put(partition.toString(), firstOffset(admin, partition));
      }
    }
    return offsets;
  }

  /** Topics of a monitor, internal ones included, that this broker deletes by time. */
  Set<String> forgottenTopics(String monitor) {
    try (Admin admin = admin()) {
      List<ConfigResource> topics =
          done(admin.listTopics().names()).stream()
              .filter(name -> name.contains(monitor))
              .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
              .toList();
      Set<String> deleted = new TreeSet<>();
      done(admin.describeConfigs(topics).all())
          .forEach(
              (topic, settings) -> {
                boolean isCompacted =
                    settings.get("cleanup.policy").value().equals(Cleanup.COMPACT.text());
                if (!isCompacted && !settings.get("retention.ms").value().equals("-1")) {
                  deleted.add(topic.name());
                }
              });
      return deleted;
    }
  }

  private static long firstOffset(Admin admin, TopicPartition partition) {
    return done(admin
            .listOffsets(Map.of(partition, OffsetSpec.earliest()))
            .partitionResult(partition))
        .offset();
  }

  private Admin admin() {
    return Admin.create(new HashMap<String, Object>(clients()));
  }

  private static <T> T done(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker refused: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }

  /** Gives tests the broker of this JVM as a parameter, and stops it after the last. */
  static final class Extension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == ForgetfulBroker.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .computeIfAbsent(ForgetfulBroker.class, type -> new ForgetfulBroker());
    }
  }
}
