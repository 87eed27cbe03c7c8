package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.WantedTopics;
import dev.plumbline.pipeline.monitor.Monitor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline topics}. */
@Command(
    name = "topics",
    description = {
      "Creates the topics of a monitor, or checks them: names every missing topic and every wrong"
          + " setting.",
      "Outputs and internal topics keep their records for ever: their times are those of the data."
          + " Input topics are only checked."
    },
    footer = {
      "",
      "Example: plumbline topics check --monitor credit.yaml \\",
      "           --bootstrap-servers broker:9092"
    })
final class TopicsCommand implements Callable<Integer> {

  /** What to do. */
  enum Action {
    CREATE,
    CHECK
  }

  @Parameters(paramLabel = "create|check", description = "What to do.")
  private Action action;

  @Option(names = "--monitor", required = true, paramLabel = "FILE", description = "Monitor file.")
  private Path monitorFile;

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
    Monitor monitor = Monitors.read(monitorFile);
    WantedTopics wanted = new WantedTopics(monitor, partitions);
    PrintWriter out = spec.commandLine().getOut();
    try (Cluster cluster = options.connect(spec.commandLine().getErr())) {
      if (action == Action.CREATE) {
        List<String> created = wanted.create(cluster, replication);
        created.stream().sorted().forEach(name -> out.println("created " + name));
        out.println(created.isEmpty() ? "all topics were there" : created.size() + " created");
        return ExitCode.OK.number();
      }
      List<String> problems = wanted.problems(cluster);
      problems.forEach(out::println);
      out.println(problems.isEmpty() ? "all topics are there and set right" : "");
      return (problems.isEmpty() ? ExitCode.OK : ExitCode.PROBLEMS).number();
    }
  }
}
