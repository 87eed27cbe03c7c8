package dev.plumbline.cli.kafka;

import dev.plumbline.cli.failure.Failure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The user's Kafka cluster, as far as commands ask and change it. */
public final class Cluster implements AutoCloseable {

  private static final String ANSWER_MILLIS = "10000";

  private final String servers;
  private final Admin admin;

  private Cluster(String servers, Admin admin) {
    this.servers = servers;
    this.admin = admin;
  }

  /**
   * Connects to a cluster.
   *
   * @param clients settings of Kafka clients, {@code bootstrap.servers} among them
   * @throws Failure if no broker answers
   */
  public static Cluster at(Map<String, String> clients) {
    String servers = clients.getOrDefault(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "");
    Map<String, Object> settings = new HashMap<>();
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
    settings.putAll(clients);
    try {
      Cluster cluster = new Cluster(servers, Admin.create(settings));
      cluster.answer("who it is", cluster.admin.describeCluster().clusterId());
      return cluster;
    } catch (KafkaException unusable) {
      throw silent(servers, unusable);
    }
  }

  /** How long an answer is waited for, in milliseconds, as the settings of clients say. */
  public static String patience(Map<String, String> clients) {
    return clients.getOrDefault(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
  }

  private static Failure silent(String servers, Exception cause) {
    Throwable reason = cause.getCause() == null ? cause : cause.getCause();
    return Failure.unreachable(
        "no Kafka broker answered at %s: %s; start it, or correct --bootstrap-servers or the"
                .formatted(servers, reason.getMessage())
            + " security settings given with --config",
        cause);
  }

  /** Partition numbers of a topic, ascending; empty if there is no such topic. */
  public Optional<List<Integer>> partitions(String topic) {
    return answerUnless(
            UnknownTopicOrPartitionException.class,
            "topic " + topic,
            admin.describeTopics(List.of(topic)).allTopicNames())
        .flatMap(found -> Optional.ofNullable(found.get(topic)))
        .map(
            found ->
                found.partitions().stream()
                    .map(TopicPartitionInfo::partition)
                    .sorted(Comparator.naturalOrder())
                    .toList());
  }

  /** First offset of a partition that can still be read. */
  public long start(String topic, int partition) {
    TopicPartition wanted = new TopicPartition(topic, partition);
    return answer(
            "the first offset of " + wanted,
            admin.listOffsets(Map.of(wanted, OffsetSpec.earliest())).partitionResult(wanted))
        .offset();
  }

  /** Offset behind the last record of a partition that is committed. */
  public long end(String topic, int partition) {
    TopicPartition wanted = new TopicPartition(topic, partition);
    return answer(
            "the last offset of " + wanted,
            admin
                .listOffsets(
                    Map.of(wanted, OffsetSpec.latest()),
                    new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .partitionResult(wanted))
        .offset();
  }

  /** What a consumer group has committed; empty where it has not. */
  public Map<TopicPartition, Long> committed(String group) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer(
            "consumer group " + group,
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
        .forEach(
            (partition, committed) -> {
              if (committed != null) {
                offsets.put(partition, committed.offset());
              }
            });
    return offsets;
  }

  /** Settings of a topic that exists. */
  public Map<String, String> settings(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> found =
        answer("settings of topic " + topic, admin.describeConfigs(List.of(resource)).all());
    Map<String, String> settings = new HashMap<>();
    for (Config config : found.values()) {
      config.entries().forEach(entry -> settings.put(entry.name(), String.valueOf(entry.value())));
    }
    return settings;
  }

  /** Creates those of the topics that are not there; returns their names. */
  public List<String> create(Collection<NewTopic> topics) {
    List<String> created = new ArrayList<>();
    admin
        .createTopics(topics)
        .values()
        .forEach(
            (name, creation) ->
                answerUnless(
                        TopicExistsException.class,
                        "the creation of topic " + name,
                        creation.thenApply(done -> name))
                    .ifPresent(created::add));
    NewTopics.await(admin, created);
    return created;
  }

  private <T> T answer(String question, KafkaFuture<T> future) {
    return answerUnless(NeverThrown.class, question, future).orElseThrow();
  }

  private <T> Optional<T> answerUnless(
      Class<? extends Exception> expected, String question, KafkaFuture<T> future) {
    try {
      return Optional.of(future.get());
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause();
      if (expected.isInstance(cause)) {
        return Optional.empty();
      }
      if (cause instanceof TimeoutException) {
        throw silent(servers, failure);
      }
      throw Failure.problem(
          "the Kafka cluster at %s was asked about %s and refused: %s"
              .formatted(servers, question, cause == null ? failure : cause.getMessage()),
          failure);
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw Failure.problem("interrupted while the Kafka cluster was asked about " + question);
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  /** Stands for "no exception is expected". */
  private static final class NeverThrown extends Exception {
    private static final long serialVersionUID = 1;
  }
}
