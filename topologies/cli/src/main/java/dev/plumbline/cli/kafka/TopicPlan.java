package dev.plumbline.cli.kafka;

import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.schemas.Topic;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.streams.EngineTopics;
import dev.plumbline.streams.EngineTopics.EngineTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything on a cluster that a monitor uses, for those who must order it.
 *
 * @param applicationId the engine's application id, which is also its consumer group
 * @param transactionalIds how all its transactional ids begin
 */
public record TopicPlan(
    String monitor,
    String applicationId,
    String transactionalIds,
    List<Planned> topics,
    List<Acl> acls) {

  /** One merge holds all models of a monitor. */
  private static final int MERGES = 1;

  private static final String TOPIC = "topic";
  private static final String LITERAL = "literal";
  private static final String PREFIXED = "prefixed";

  public TopicPlan {
    topics = List.copyOf(topics);
    acls = List.copyOf(acls);
  }

  /** Whose a topic is. */
  public enum Kind {
    /** The user's own. */
    INPUT,
    /** Read by others. */
    OUTPUT,
    /** Made by Plumbline before the engine starts. */
    INTERNAL,
    /** Made by Kafka Streams. */
    ENGINE
  }

  /**
   * A topic.
   *
   * @param partitions empty if they are not known here
   * @param like the input topic that it has as many partitions as; empty if there is none
   * @param settings sorted; empty for inputs
   */
  public record Planned(
      String name, Kind kind, OptionalInt partitions, String like, Map<String, String> settings) {}

  /**
   * What the user of {@code plumbline run} must be allowed to do.
   *
   * @param resource topic, group or transactional-id
   * @param pattern literal or prefixed
   */
  public record Acl(String operation, String resource, String pattern, String name) {}

  /**
   * The plan of a monitor.
   *
   * @param partitions partitions of output topics
   * @param inputs partitions of input topics, where they are known
   */
  public static TopicPlan of(Monitor monitor, int partitions, Map<String, Integer> inputs) {
    List<String> inputTopics = List.copyOf(monitor.topics().keySet());
    TopicNames outputs = WantedTopics.names(monitor);
    TopicNames internal = TopicNames.of(monitor.name());
    int shards = monitor.settings().shards();
    List<Planned> topics = new ArrayList<>();
    for (String input : inputTopics) {
      topics.add(new Planned(input, Kind.INPUT, known(inputs.get(input)), "", Map.of()));
    }
    for (Output output : Output.values()) {
      topics.add(planned(outputs, output.topic(), Kind.OUTPUT, partitions));
    }
    topics.add(planned(internal, Topic.CLOCK, Kind.INTERNAL, shards));
    topics.add(planned(internal, Topic.PROGRESS, Kind.INTERNAL, 1));
    for (EngineTopic topic : EngineTopics.of(monitor.name(), inputTopics, shards, MERGES)) {
      OptionalInt count =
          topic.like().isEmpty() ? topic.partitions() : known(inputs.get(topic.like()));
      topics.add(
          new Planned(
              topic.name(), Kind.ENGINE, count, topic.like(), new TreeMap<>(topic.settings())));
    }
    return new TopicPlan(
        monitor.name(),
        EngineTopics.applicationId(monitor.name()),
        EngineTopics.prefix(monitor.name()),
        topics,
        acls(monitor.name(), topics));
  }

  private static OptionalInt known(@Nullable Integer partitions) {
    return partitions == null ? OptionalInt.empty() : OptionalInt.of(partitions);
  }

  private static Planned planned(TopicNames names, Topic topic, Kind kind, int partitions) {
    return new Planned(
        names.name(topic), kind, OptionalInt.of(partitions), "", new TreeMap<>(topic.settings()));
  }

  /** Read and Write imply Describe. Delete is of records: what was consumed between the steps. */
  private static List<Acl> acls(String monitor, List<Planned> topics) {
    List<Acl> acls = new ArrayList<>();
    for (Planned topic : topics) {
      for (String operation : operations(topic.kind)) {
        acls.add(new Acl(operation, TOPIC, LITERAL, topic.name));
      }
    }
    String prefix = EngineTopics.prefix(monitor);
    for (String operation : List.of("Create", "Read", "Write", "Delete", "DescribeConfigs")) {
      acls.add(new Acl(operation, TOPIC, PREFIXED, prefix));
    }
    acls.add(new Acl("Read", "group", LITERAL, EngineTopics.applicationId(monitor)));
    acls.add(new Acl("Write", "transactional-id", PREFIXED, prefix));
    return acls;
  }

  private static List<String> operations(Kind kind) {
    return switch (kind) {
      case INPUT -> List.of("Read");
      case OUTPUT -> List.of("Create", "Write", "DescribeConfigs");
      case INTERNAL -> List.of("Create", "Read", "Write", "DescribeConfigs");
      case ENGINE -> List.of();
    };
  }
}
