package dev.plumbline.cli.kafka;

import dev.plumbline.cli.embedded.EmbeddedBroker;
import dev.plumbline.cli.embedded.EmbeddedRegistry;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.schemas.Registry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A broker and a registry inside this process that keep records of any time. */
public final class Platform {

  private static final String FOREVER = Long.toString(Long.MAX_VALUE);

  private static final Map<String, String> ANY_TIME =
      Map.of(
          "log.retention.ms", "-1",
          "log.message.timestamp.before.max.ms", FOREVER,
          "log.message.timestamp.after.max.ms", FOREVER);

  private final EmbeddedBroker broker;
  private final EmbeddedRegistry server;
  private final Registry registry;

  private Platform(Leftovers leftovers) {
    this.broker = leftovers.add(EmbeddedBroker.start(ANY_TIME));
    this.server = leftovers.add(EmbeddedRegistry.start());
    this.registry = leftovers.add(Registry.at(server.url()));
  }

  /**
   * Starts both; returns when they answer.
   *
   * @param leftovers closes them, after everything that is added later and needs them
   */
  public static Platform start(Leftovers leftovers) {
    return new Platform(leftovers);
  }

  /** Settings with which clients find the broker. */
  public Map<String, String> clients() {
    return Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
  }

  /** Host and port of the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Where the registry is. */
  public String registryUrl() {
    return server.url();
  }

  /** The registry. */
  public Registry registry() {
    return registry;
  }

  /** Creates topics without time retention. */
  public void create(List<String> topics, int partitions) {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(clients()))) {
      admin
          .createTopics(
              topics.stream()
                  .map(
                      name ->
                          new NewTopic(name, partitions, (short) 1)
                              .configs(Map.of("retention.ms", "-1")))
                  .toList())
          .all()
          .get();
      NewTopics.await(admin, topics);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the embedded broker created no topics", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.problem("interrupted");
    }
  }

  /** A writer of input records. */
  public Feeder feeder() {
    return Feeder.at(clients());
  }

  /** A consumer of committed bytes, from the first on. */
  public KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers(),
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
            ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
