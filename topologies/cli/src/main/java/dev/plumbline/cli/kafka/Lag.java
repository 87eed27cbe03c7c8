package dev.plumbline.cli.kafka;

import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.schemas.Topic;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.streams.EngineTopics;
import dev.plumbline.streams.InputClocks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far a monitor has read each partition of its inputs, and which of them holds back others. */
public final class Lag {

  private Lag() {}

  /**
   * A headline, and a line for each input partition.
   *
   * @param clients settings of Kafka clients
   */
  public static List<String> lines(Monitor monitor, Cluster cluster, Map<String, String> clients) {
    String group = EngineTopics.applicationId(monitor.name());
    Map<TopicPartition, Long> read = cluster.committed(group);
    Map<Integer, Long> clocks = clocks(monitor, cluster, clients);
    long slowest =
        clocks.values().stream().mapToLong(Long::longValue).min().orElse(Intake.NOT_AWAITED);
    List<String> lines = new ArrayList<>();
    lines.add("lag of consumer group " + group + ", and the time that an input has passed");
    for (InputPartition input : LiveRun.inputs(monitor, cluster)) {
      TopicPartition partition = new TopicPartition(input.topic(), input.partition());
      long end = cluster.end(input.topic(), input.partition());
      Long clock = clocks.get(lines.size() - 1);
      lines.add(
          "  %s %d, %s%s"
              .formatted(
                  input.topic(),
                  input.partition(),
                  behind(read.get(partition), end),
                  clock == null ? "" : passed(clock, slowest)));
    }
    return lines;
  }

  private static Map<Integer, Long> clocks(
      Monitor monitor, Cluster cluster, Map<String, String> clients) {
    String topic = TopicNames.of(monitor.name()).name(Topic.PROGRESS);
    return cluster.partitions(topic).isEmpty()
        ? Map.of()
        : InputClocks.of(LastValues.of(cluster, clients, topic));
  }

  private static String behind(@Nullable Long position, long end) {
    return position == null
        ? "not known, as nothing is committed; the partition ends at " + end
        : "%,d behind (read to %d of %d)".formatted(Math.max(0, end - position), position, end);
  }

  private static String passed(long clock, long slowest) {
    if (clock == Intake.NOT_AWAITED) {
      return "; idle, so nothing waits for it";
    }
    return (clock == Intake.UNKNOWN ? "; no time yet" : "; passed " + Instant.ofEpochMilli(clock))
        + (clock == slowest ? ", panes wait for it" : "");
  }
}
