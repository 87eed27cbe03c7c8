package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.init.FileSample;
import dev.plumbline.cli.init.Proposal;
import dev.plumbline.cli.init.Sample;
import dev.plumbline.cli.init.TopicSample;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.RegistryLookup;
import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.schemas.Registry;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Proposes a monitor file. */
@Command(
    name = "init",
    header = "Proposes a monitor file from what topics or files hold.",
    description = {
      "Looks at a sample of predictions and labels and writes a commented monitor file: format,"
          + " ids, times, delays, disorder, attributes. What data cannot tell, the polarity, is"
          + " left for you: the file validates once these lines are filled in."
    },
    footer = {
      "",
      "Example: plumbline init --predictions credit.decisions --labels credit.outcomes \\",
      "           --bootstrap-servers broker:9092 --schema-registry-url http://registry:8081 \\",
      "           --output credit.yaml"
    })
final class InitCommand implements Callable<Integer> {

  @Mixin private ClusterOptions cluster;

  @Option(
      names = "--predictions",
      required = true,
      paramLabel = "TOPIC|FILE",
      description = "Where predictions are: a topic, or a CSV file with a header row.")
  private String predictions;

  @Option(
      names = "--labels",
      paramLabel = "TOPIC|FILE",
      description = "Where labels are, unless they are in the topic of the predictions.")
  private @Nullable String labels;

  @Option(
      names = "--name",
      defaultValue = "my-monitor",
      description = "Name of the monitor. Default: ${DEFAULT-VALUE}.")
  private String name;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "The file to write; an existing one is not replaced. Default: standard output.")
  private @Nullable Path output;

  @Option(
      names = "--sample",
      defaultValue = "100000",
      paramLabel = "N",
      description = "Most records of each topic or file. Default: ${DEFAULT-VALUE}.")
  private int sample;

  @Option(
      names = "--schema-registry-url",
      paramLabel = "URL",
      description = "Schema registry, where records name their schemas.")
  private @Nullable String registryUrl;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  InitCommand() {}

  @Override
  public Integer call() {
    if (sample < 2) {
      throw Failure.usage("--sample: expected at least 2 records, was " + sample);
    }
    if (output != null && Files.exists(output)) {
      throw Failure.problem(output + ": expected a new file, was there already; choose another");
    }
    String second = Optional.ofNullable(labels).orElse(predictions);
    boolean areFiles = Files.isRegularFile(Path.of(predictions));
    if (areFiles != Files.isRegularFile(Path.of(second))) {
      throw Failure.usage(
          "expected two topics or two files, was %s and %s; a file that is not there is taken for a"
                  .formatted(predictions, second)
              + " topic");
    }
    write(areFiles ? ofFiles(second) : ofTopics(second));
    return ExitCode.OK.number();
  }

  private List<String> ofFiles(String second) {
    return lines(
        file -> FileSample.of(Path.of(file), sample),
        second,
        id -> new Answer.Unavailable("files have no schema registry"));
  }

  private List<String> ofTopics(String second) {
    PrintWriter err = spec.commandLine().getErr();
    try (Cluster connected = cluster.connect(err)) {
      TopicSample topics = new TopicSample(connected, cluster.clients());
      if (registryUrl == null) {
        return lines(
            topic -> topics.of(topic, sample),
            second,
            id -> new Answer.Unavailable("no registry is named"));
      }
      try (Registry registry = Registry.at(registryUrl, cluster.registry())) {
        return lines(topic -> topics.of(topic, sample), second, new RegistryLookup(registry));
      }
    }
  }

  private List<String> lines(
      Function<String, Sample> samples, String second, SchemaLookup registry) {
    Sample first = samples.apply(predictions);
    return Proposal.of(
        name, first, second.equals(predictions) ? first : samples.apply(second), registry);
  }

  private void write(List<String> lines) {
    PrintWriter out = spec.commandLine().getOut();
    if (output == null) {
      lines.forEach(out::println);
      out.flush();
      return;
    }
    try {
      Files.write(output, lines);
    } catch (IOException failure) {
      throw Failure.problem(
          "%s: expected a file that can be written: %s".formatted(output, failure.getMessage()),
          failure);
    }
    out.println("wrote " + output + "; edit the lines that say so at its top, then run");
    out.println("  plumbline validate " + output);
    out.flush();
  }
}
