package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.kafka.Lag;
import dev.plumbline.cli.kafka.WantedTopics;
import dev.plumbline.cli.output.StatusTable;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Monitor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline status}. */
@Command(
    name = "status",
    header = "Says where a monitor stands.",
    description = {
      "Says where a monitor stands: whether it runs and its feeds are well, which series are armed"
          + " and their verdicts, open alerts, what became of the records, and how far behind each"
          + " input partition is, and which of them the others wait for. What depends on a feed that is not well is undecided.",
      "All of it from what it has published, its consumer group and its topic of progress; sizes of groups below"
          + " publish_min are not told."
    },
    footer = {
      "",
      "Example: plumbline status credit.yaml --bootstrap-servers broker:9092 \\",
      "           --schema-registry-url http://registry:8081",
      "         plumbline status credit.yaml --output result"
    })
final class StatusCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Monitor file.")
  private Path monitorFile;

  @Option(names = "--all", description = "Name every series, not a few of each verdict.")
  private boolean withAll;

  @Mixin private SourceOptions source;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  StatusCommand() {}

  @Override
  public Integer call() {
    Monitor monitor = Monitors.read(monitorFile);
    StatusTable status = new StatusTable(monitor);
    List<String> lag = new ArrayList<>();
    source.read(
        WantedTopics.names(monitor),
        List.of(Output.AUDIT, Output.ALERTS, Output.HEALTH),
        spec.commandLine().getErr(),
        status::add,
        (cluster, clients) -> lag.addAll(Lag.lines(monitor, cluster, clients)));
    PrintWriter out = spec.commandLine().getOut();
    status.lines(Instant.now(), withAll).forEach(out::println);
    if (lag.isEmpty()) {
      lag.add("lag: not known from files; ask the cluster");
    }
    lag.forEach(out::println);
    out.flush();
    return (status.isKnown() ? ExitCode.OK : ExitCode.PROBLEMS).number();
  }
}
