package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.output.AlertTable;
import dev.plumbline.cli.output.HealthTable;
import dev.plumbline.cli.output.JsonLines;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Health;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline alerts}. */
@Command(
    name = "alerts",
    header = "Lists the alerts that were raised.",
    description = {
      "Lists the alerts that monitors have raised so far, the newest first, with the last word on"
          + " each: since when it departed, when it was opened and resolved, what went where, and"
          + " what the reference expects. Below it the owner, where the monitor file names one.",
      "What rests on fewer events than publish_min is withheld.",
      "Of a cluster it also lists the feed alerts that are open: what is wrong with the inputs."
    },
    footer = {
      "",
      "Example: plumbline alerts --open --monitor credit.yaml --bootstrap-servers broker:9092 \\",
      "           --schema-registry-url http://registry:8081",
      "         plumbline alerts --output result"
    })
final class AlertsCommand implements Callable<Integer> {

  @Option(names = "--open", description = "Only those that are open.")
  private boolean openOnly;

  @Option(
      names = "--monitor",
      paramLabel = "FILE",
      description = "Only those of this monitor; its file also says how topics are named.")
  private @Nullable Path monitorFile;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Only those of the monitor of this name. Default: of all monitors.")
  private @Nullable String name;

  @Option(
      names = "--prefix",
      defaultValue = TopicNames.DEFAULT_PREFIX,
      description =
          "How the names of output topics begin, where no file says it. Default: ${DEFAULT-VALUE}.")
  private String prefix;

  @Option(names = "--json", description = "One JSON object a line, with all fields of the topic.")
  private boolean isJson;

  @Mixin private SourceOptions source;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  AlertsCommand() {}

  @Override
  public Integer call() {
    if (monitorFile != null && name != null) {
      throw Failure.usage("expected --monitor or --name, was both");
    }
    AlertTable table = new AlertTable();
    HealthTable health = new HealthTable();
    TopicNames names = names();
    source.read(
        names,
        List.of(Output.ALERTS, Output.HEALTH),
        spec.commandLine().getErr(),
        record -> {
          if (record instanceof Alert alert && isWanted(alert.getMonitor(), names)) {
            table.add(alert);
          } else if (record instanceof Health told && isWanted(told.getMonitor(), names)) {
            health.add(told);
          }
        },
        (cluster, clients) -> {});
    PrintWriter out = spec.commandLine().getOut();
    if (isJson) {
      table
          .alerts(openOnly)
          .forEach(alert -> out.print(new String(JsonLines.line(alert), StandardCharsets.UTF_8)));
    } else {
      out.println(table.count());
      table.linesWithOwners(openOnly).forEach(out::println);
      health.lines().forEach(out::println);
    }
    out.flush();
    return ExitCode.OK.number();
  }

  private boolean isWanted(String monitor, TopicNames names) {
    return (monitorFile == null && name == null) || monitor.equals(names.monitor());
  }

  private TopicNames names() {
    if (monitorFile != null) {
      Monitor monitor = Monitors.read(monitorFile);
      return new TopicNames(monitor.settings().outputPrefix(), monitor.name());
    }
    try {
      return new TopicNames(prefix, name == null ? "any" : name);
    } catch (IllegalArgumentException illegal) {
      throw Failure.usage("--prefix and --name: " + illegal.getMessage());
    }
  }
}
