package dev.plumbline.cli.kafka;

import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.schemas.Topic;
import dev.plumbline.schemas.TopicNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The topics that a monitor needs: its inputs, which are the user's, its outputs, and the internal
 * ones that exist before the engine starts. The engine makes its other internal topics itself.
 */
public final class WantedTopics {

  private final List<String> inputs;
  private final List<Wanted> ours = new ArrayList<>();

  /**
   * The topics of a monitor.
   *
   * @param partitions partitions of new output topics
   */
  public WantedTopics(Monitor monitor, int partitions) {
    TopicNames names = names(monitor);
    this.inputs = List.copyOf(monitor.topics().keySet());
    for (Output output : Output.values()) {
      Topic topic = output.topic();
      ours.add(new Wanted(names.name(topic), partitions, "", topic.settings()));
    }
    TopicNames internal = TopicNames.of(monitor.name());
    ours.add(
        new Wanted(
            internal.name(Topic.CLOCK),
            monitor.settings().shards(),
            "set shards of the monitor file back, or delete the topic and start a new generation",
            Topic.CLOCK.settings()));
    ours.add(
        new Wanted(
            internal.name(Topic.PROGRESS),
            1,
            "delete the topic and run plumbline topics create",
            Topic.PROGRESS.settings()));
  }

  /**
   * A topic of ours.
   *
   * @param remedy what to do if it has another number of partitions; empty if it may have
   */
  private record Wanted(String name, int partitions, String remedy, Map<String, String> settings) {

    NewTopic create(short replication) {
      return new NewTopic(name, partitions, replication).configs(settings);
    }
  }

  /** Names of a monitor's topics. */
  public static TopicNames names(Monitor monitor) {
    return new TopicNames(monitor.settings().outputPrefix(), monitor.name());
  }

  /**
   * Creates those of our topics that are missing; returns their names.
   *
   * @param replication -1 for the broker's default
   */
  public List<String> create(Cluster cluster, short replication) {
    return cluster.create(ours.stream().map(topic -> topic.create(replication)).toList());
  }

  /** Everything that is missing or set wrongly, each with its remedy. */
  public List<String> problems(Cluster cluster) {
    List<String> problems = new ArrayList<>(missingInputs(cluster));
    for (Wanted wanted : ours) {
      Optional<List<Integer>> found = cluster.partitions(wanted.name());
      if (found.isEmpty()) {
        problems.add(
            "topic %s: expected to exist, was missing; run plumbline topics create"
                .formatted(wanted.name()));
      } else {
        problems.addAll(differences(wanted, found.get().size(), cluster));
      }
    }
    return problems;
  }

  /** The input topics that are missing, each with its remedy. */
  public List<String> missingInputs(Cluster cluster) {
    return inputs.stream()
        .filter(topic -> cluster.partitions(topic).isEmpty())
        .map(
            topic ->
                "topic %s: expected an input topic of that name, was missing; correct the monitor"
                        .formatted(topic)
                    + " file, create the topic, or allow this user to describe it")
        .toList();
  }

  private static List<String> differences(Wanted wanted, int partitions, Cluster cluster) {
    List<String> problems = new ArrayList<>();
    if (!wanted.remedy().isEmpty() && partitions != wanted.partitions()) {
      problems.add(
          "topic %s: expected %d partitions, was %d; %s"
              .formatted(wanted.name(), wanted.partitions(), partitions, wanted.remedy()));
    }
    Map<String, String> found = cluster.settings(wanted.name());
    wanted
        .settings()
        .forEach(
            (setting, value) -> {
              String was = found.getOrDefault(setting, "not set");
              if (!was.equals(value)) {
                problems.add(
                    "topic %1$s: expected %2$s = %3$s, was %4$s; run kafka-configs --alter"
                            .formatted(wanted.name(), setting, value, was)
                        + " --entity-type topics --entity-name %s --add-config %s=%s"
                            .formatted(wanted.name(), setting, value));
              }
            });
    problems.sort(null);
    return problems;
  }
}
