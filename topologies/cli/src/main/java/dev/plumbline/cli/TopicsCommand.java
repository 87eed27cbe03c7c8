package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.TopicPlan;
import dev.plumbline.cli.kafka.WantedTopics;
import dev.plumbline.pipeline.monitor.Monitor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline topics}. */
@Command(
    name = "topics",
    header = "Creates, checks or lists the topics of monitors.",
    description = {
      "Creates the topics of a monitor, or checks them: names every missing topic and every wrong"
          + " setting.",
      "Outputs and internal topics keep their records for ever: their times are those of the data."
          + " Input topics are only checked.",
      "With --print it asks no cluster: it lists every topic with its settings, the consumer group,"
          + " the transactional ids and the permissions that a run needs, to order them."
    },
    footer = {
      "",
      "Example: plumbline topics check --monitor credit.yaml \\",
      "           --bootstrap-servers broker:9092",
      "         plumbline topics --print credit.yaml --input-partitions 12,6"
    })
final class TopicsCommand implements Callable<Integer> {

  /** What to do. */
  enum Action {
    CREATE,
    CHECK
  }

  @Parameters(
      arity = "0..1",
      paramLabel = "create|check",
      description = "What to do on the cluster of --bootstrap-servers.")
  private @Nullable Action action;

  @Option(
      names = "--monitor",
      paramLabel = "FILE",
      description = "Monitor file to create or check the topics of.")
  private @Nullable Path monitorFile;

  @Option(
      names = "--monitors",
      paramLabel = "DIR",
      description = "Directory of monitor files to create or check the topics of.")
  private @Nullable Path directory;

  @Option(
      names = "--print",
      paramLabel = "FILE",
      description = "Monitor file to list everything of, without a cluster.")
  private @Nullable Path printed;

  @Option(
      names = "--input-partitions",
      split = ",",
      paramLabel = "COUNT",
      description = "Of --print: partitions of the predictions and of the labels.")
  private List<Integer> inputPartitions = List.of();

  @Option(names = "--json", description = "Of --print: as one JSON object.")
  private boolean isJson;

  @Option(
      names = "--partitions",
      defaultValue = "1",
      description = "Partitions of new output topics. Default: ${DEFAULT-VALUE}.")
  private int partitions;

  @Option(
      names = "--replication",
      defaultValue = "-1",
      description = "Replication factor of new topics. Default: that of the broker.")
  private short replication;

  @Mixin private ClusterOptions options;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TopicsCommand() {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (printed != null) {
      print(Monitors.read(printed), out);
      return ExitCode.OK.number();
    }
    if (action == null || (monitorFile == null) == (directory == null)) {
      throw Failure.usage(
          "expected create or check with --monitor FILE or --monitors DIR, or --print FILE; see"
              + " plumbline topics --help");
    }
    Collection<Monitor> monitors =
        monitorFile == null ? Monitors.readAll(directory) : List.of(Monitors.read(monitorFile));
    List<WantedTopics> wanted =
        monitors.stream().map(monitor -> new WantedTopics(monitor, partitions)).toList();
    try (Cluster cluster = options.connect(spec.commandLine().getErr())) {
      return action == Action.CREATE ? create(wanted, cluster, out) : check(wanted, cluster, out);
    }
  }

  private int create(List<WantedTopics> wanted, Cluster cluster, PrintWriter out) {
    List<String> created =
        wanted.stream().flatMap(topics -> topics.create(cluster, replication).stream()).toList();
    created.stream().sorted().forEach(name -> out.println("created " + name));
    out.println(created.isEmpty() ? "all topics were there" : created.size() + " created");
    return ExitCode.OK.number();
  }

  private static int check(List<WantedTopics> wanted, Cluster cluster, PrintWriter out) {
    List<String> problems =
        wanted.stream().flatMap(topics -> topics.problems(cluster).stream()).distinct().toList();
    problems.forEach(out::println);
    out.println(problems.isEmpty() ? "all topics are there and set right" : "");
    return (problems.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS).number();
  }

  private void print(Monitor monitor, PrintWriter out) {
    List<String> topics = List.copyOf(monitor.topics().keySet());
    if (inputPartitions.size() != 0 && inputPartitions.size() != topics.size()) {
      throw Failure.usage(
          "--input-partitions: expected a count for each of %s, was %d"
              .formatted(String.join(", ", topics), inputPartitions.size()));
    }
    Map<String, Integer> inputs = new HashMap<>();
    for (int i = 0; i < inputPartitions.size(); i++) {
      inputs.put(topics.get(i), inputPartitions.get(i));
    }
    TopicPlan plan = TopicPlan.of(monitor, partitions, inputs);
    if (isJson) {
      out.println(PlanText.json(plan, replication));
    } else {
      PlanText.lines(plan, replication).forEach(out::println);
    }
  }
}
