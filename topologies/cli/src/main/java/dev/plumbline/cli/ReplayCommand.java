package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.output.Advice;
import dev.plumbline.cli.output.OutputFolder;
import dev.plumbline.cli.output.RunSummary;
import dev.plumbline.cli.replay.MemoryReplay;
import dev.plumbline.cli.replay.Progress;
import dev.plumbline.cli.replay.Recording;
import dev.plumbline.cli.replay.StreamsReplay;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline replay}. */
@Command(
    name = "replay",
    header = "Tries a monitor on recorded files.",
    description = {
      "Reads recorded predictions and labels through a monitor and writes what it publishes to"
          + " metrics.jsonl, alerts.jsonl, rejects.jsonl and audit.jsonl.",
      "Files are CSV with a header row, gzipped or not; each is one complete partition of its"
          + " topic. The same input makes the same bytes, with either engine."
    },
    footer = {
      "",
      "Example: plumbline replay --monitor credit.yaml --predictions decisions.csv.gz \\",
      "           --labels outcomes.csv.gz --output result"
    })
final class ReplayCommand implements Callable<Integer> {

  /** What runs the steps. */
  enum Engine {
    MEMORY,
    STREAMS
  }

  @Option(names = "--monitor", required = true, paramLabel = "FILE", description = "Monitor file.")
  private Path monitorFile;

  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "FILE",
      description = "Recorded predictions; once for each of their topics, in their order.")
  private List<Path> predictions;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Recorded labels, unless they are in a topic of the predictions.")
  private @Nullable Path labels;

  @Option(
      names = "--attributes",
      paramLabel = "FILE",
      description = "Recorded attributes of subjects; once for each of their topics.")
  private List<Path> attributes = List.of();

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the results; files of an earlier replay are replaced.")
  private Path output;

  @Option(
      names = "--engine",
      defaultValue = "memory",
      description = "What runs the steps: memory or streams. Default: ${DEFAULT-VALUE}.")
  private Engine engine;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ReplayCommand() {}

  @Override
  public Integer call() {
    Monitor monitor = Monitors.read(monitorFile);
    PrintWriter err = spec.commandLine().getErr();
    RunSummary summary = new RunSummary();
    try (Recording recording = Recording.open(monitor, Monitors.idKey(monitor), files(monitor));
        OutputFolder folder = OutputFolder.in(output)) {
      Progress progress = new Progress(err, Terminal.isInteractive());
      Consumer<Published> published =
          record -> {
            summary.accept(record);
            folder.add(record);
          };
      switch (engine) {
        case MEMORY -> new MemoryReplay(recording).run(published, progress);
        case STREAMS -> new StreamsReplay(recording).run(published, progress);
      }
      folder.finish();
      progress.done();
    }
    return report(monitor, summary);
  }

  /** The files of the monitor's topics, in the order of the topics. */
  private List<Path> files(Monitor monitor) {
    List<Path> files = new ArrayList<>(predictions);
    if (labels != null) {
      files.add(labels);
    }
    files.addAll(attributes);
    Map<String, Kind> topics = monitor.topics();
    if (files.size() != topics.size()
        || attributes.size() != monitor.attributes().size()
        || (labels == null) == topics.containsValue(Kind.LABELS)) {
      throw Failure.usage(
          "expected a file for each topic of %s (%s), was --predictions %d times%s, --attributes %d"
              .formatted(
                  monitorFile,
                  String.join(", ", topics.keySet()),
                  predictions.size(),
                  labels == null ? ", no --labels" : ", --labels",
                  attributes.size()));
    }
    return files;
  }

  private int report(Monitor monitor, RunSummary summary) {
    PrintWriter out = spec.commandLine().getOut();
    Map<String, String> names = new HashMap<>();
    List<Path> files = files(monitor);
    for (String topic : monitor.topics().keySet()) {
      names.put(topic, files.get(names.size()).toString());
    }
    summary.lines(monitor, names).forEach(out::println);
    summary.refusals().forEach(why -> out.println("refused: " + monitorFile + ": " + why));
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    Advice.of(summary.books(), monitor, names).forEach(line -> err.println("warning: " + line));
    if (!summary.refusals().isEmpty() || !summary.books().isBalanced()) {
      return ExitCode.PROBLEMS.number();
    }
    return (summary.accepted(monitor) > 0 ? ExitCode.OK : ExitCode.NOTHING_ACCEPTED).number();
  }
}
