package dev.plumbline.streams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What Kafka Streams makes for a monitor while it starts, by name: for those who must create it, or
 * allow it, beforehand.
 */
public final class EngineTopics {

  private static final String REPARTITION = "-repartition";
  private static final String CHANGELOG = "-changelog";

  /** As Kafka Streams sets them itself. */
  private static final Map<String, String> PASSING =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(50 * 1024 * 1024),
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
          "CreateTime");

  private static final Map<String, String> KEPT =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
          "CreateTime");

  private EngineTopics() {}

  /**
   * A topic of the engine.
   *
   * @param partitions empty if it has as many as an input topic
   * @param like the input topic that it has as many partitions as; empty if there is none
   * @param settings what its makers set
   */
  public record EngineTopic(
      String name, OptionalInt partitions, String like, Map<String, String> settings) {}

  /** Application id of a monitor: its consumer group, and how the names of its topics begin. */
  public static String applicationId(String monitor) {
    return "plumbline-" + monitor;
  }

  /** How the names of a monitor's internal topics, and its transactional ids, begin. */
  public static String prefix(String monitor) {
    return applicationId(monitor) + "-";
  }

  /**
   * The topics of a monitor.
   *
   * @param inputs input topics, in the order of the monitor's input partitions
   */
  public static List<EngineTopic> of(String monitor, List<String> inputs, int shards, int merges) {
    String prefix = prefix(monitor);
    List<EngineTopic> topics = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      topics.add(passing(prefix + Stage.REKEY.node(i), shards));
      topics.add(
          new EngineTopic(
              prefix + Stage.INTAKE.store(i) + CHANGELOG,
              OptionalInt.empty(),
              inputs.get(i),
              KEPT));
    }
    topics.add(kept(prefix + Stage.JOIN.store(), shards));
    topics.add(passing(prefix + Stage.DELTAS.node(), merges));
    topics.add(kept(prefix + Stage.MERGE.store(), merges));
    return topics;
  }

  private static EngineTopic passing(String node, int partitions) {
    return new EngineTopic(node + REPARTITION, OptionalInt.of(partitions), "", PASSING);
  }

  private static EngineTopic kept(String store, int partitions) {
    return new EngineTopic(store + CHANGELOG, OptionalInt.of(partitions), "", KEPT);
  }
}
