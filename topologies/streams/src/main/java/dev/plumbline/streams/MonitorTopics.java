package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.pipeline.step.Steps.Input;
import dev.plumbline.schemas.Topic;
import dev.plumbline.schemas.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * The topics of a monitor that exist outside of its internals. Those created here have no time
 * retention: their records carry the time of the data, which may be years old.
 */
final class MonitorTopics {

  private static final int ATTEMPTS = 20;
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Steps steps;
  private final Map<Output, String> outputs;

  /**
   * Names the topics.
   *
   * @throws IllegalArgumentException if an output has no topic, or the monitor no input
   */
  MonitorTopics(Steps steps, Map<Output, String> outputs) {
    this.steps = steps;
    this.outputs = Map.copyOf(outputs);
    if (steps.inputs().isEmpty()) {
      throw new IllegalArgumentException(
          "monitor " + steps.monitorName() + " needs an input partition, has none");
    }
    for (Output output : Output.values()) {
      if (!this.outputs.containsKey(output)) {
        throw new IllegalArgumentException("output " + output + " needs a topic, has none");
      }
    }
  }

  /** Returns the application id, group and prefix of all internal topics. */
  String applicationId() {
    return EngineTopics.applicationId(steps.monitorName());
  }

  /** Returns the topic of the answers from the merges to the joins. */
  String clock() {
    return TopicNames.of(steps.monitorName()).name(Topic.CLOCK);
  }

  /** Returns the topic by which intakes tell all instances how far they are. */
  String progress() {
    return TopicNames.of(steps.monitorName()).name(Topic.PROGRESS);
  }

  /** Returns the distinct input topics in the order of their first partition in the monitor. */
  List<String> inputs() {
    return steps.inputs().stream().map(Input::topic).distinct().toList();
  }

  /** Returns the topic of an output. */
  String output(Output output) {
    return Optional.ofNullable(outputs.get(output)).orElseThrow();
  }

  /**
   * Creates the internal and output topics that do not exist, and checks those that do.
   *
   * @param partitions partitions of a new output topic, at least 1
   * @param replication replication factor of new topics, -1 for the broker's default
   * @throws IllegalStateException if an input topic is missing or has other partitions than the
   *     monitor knows, or an internal one has another number than it must have
   */
  void prepare(Admin admin, int partitions, short replication) {
    List<NewTopic> topics = new ArrayList<>();
    topics.add(newTopic(clock(), steps.shards(), replication, TopicConfig.CLEANUP_POLICY_COMPACT));
    topics.add(newTopic(progress(), 1, replication, TopicConfig.CLEANUP_POLICY_COMPACT));
    outputs.forEach(
        (output, name) ->
            topics.add(newTopic(name, partitions, replication, output.topic().cleanup().text())));
    admin
        .createTopics(topics)
        .values()
        .forEach((topic, creation) -> outcome(topic, creation, TopicExistsException.class));
    check(admin);
  }

  /**
   * Returns the ends of the input partitions for committed readers, the bounds of a bounded run.
   */
  Map<TopicPartition, Long> ends(Admin admin) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (Input input : steps.inputs()) {
      latest.put(new TopicPartition(input.topic(), input.partition()), OffsetSpec.latest());
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED);
    ListOffsetsResult found = admin.listOffsets(latest, options);
    for (TopicPartition partition : latest.keySet()) {
      var end =
          outcome(partition.topic(), found.partitionResult(partition), TopicExistsException.class);
      ends.put(partition, end.orElseThrow().offset());
    }
    return ends;
  }

  private void check(Admin admin) {
    Map<String, Integer> expected = new TreeMap<>();
    steps.inputs().forEach(input -> expected.merge(input.topic(), 1, Integer::sum));
    expected.put(clock(), steps.shards());
    expected.put(progress(), 1);
    List<String> problems = problems(admin, expected);
    for (int attempt = 1; attempt < ATTEMPTS && !problems.isEmpty(); attempt++) {
      LockSupport.parkNanos(PAUSE.toNanos()); // brokers hear of new topics with a delay
      problems = problems(admin, expected);
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "topics do not fit the monitor "
              + steps.monitorName()
              + ": "
              + String.join("; ", problems)
              + ". Create what is missing; if a topic has grown, start a new generation");
    }
  }

  private static List<String> problems(Admin admin, Map<String, Integer> expected) {
    List<String> problems = new ArrayList<>();
    var found = admin.describeTopics(expected.keySet()).topicNameValues();
    found.forEach(
        (topic, description) -> {
          int needed = expected.getOrDefault(topic, 0);
          int there =
              outcome(topic, description, UnknownTopicOrPartitionException.class)
                  .map(known -> known.partitions().size())
                  .orElse(0);
          if (there != needed) {
            problems.add(topic + " must have " + needed + " partitions, has " + there);
          }
        });
    return problems;
  }

  private static NewTopic newTopic(String name, int partitions, short replication, String cleanup) {
    return new NewTopic(name, partitions, replication)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, cleanup, TopicConfig.RETENTION_MS_CONFIG, "-1"));
  }

  /** Waits for an answer about a topic; empty if it is the expected failure. */
  private static <T> Optional<T> outcome(
      String topic, KafkaFuture<T> answer, Class<? extends ApiException> expected) {
    try {
      return Optional.ofNullable(answer.get());
    } catch (ExecutionException failure) {
      if (expected.isInstance(failure.getCause())) {
        return Optional.empty();
      }
      throw new IllegalStateException(
          "topic " + topic + " could not be created or described", failure.getCause());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking about topic " + topic, interrupt);
    }
  }
}
