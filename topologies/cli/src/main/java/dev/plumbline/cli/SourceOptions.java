package dev.plumbline.cli;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.Outputs;
import dev.plumbline.cli.kafka.Past;
import dev.plumbline.cli.output.JsonReader;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.schemas.Registry;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.schemas.WireFormat;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that read what monitors have published: topics, or files of a replay. */
final class SourceOptions {

  @Mixin private ClusterOptions options;

  @Option(
      names = "--schema-registry-url",
      paramLabel = "URL",
      description = "Schema registry of the outputs.")
  private @Nullable String registryUrl;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Read the files that a replay wrote to this folder, and no cluster.")
  private @Nullable Path folder;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  SourceOptions() {}

  /**
   * Reads outputs, in any order of outputs, each in the order in which it was written.
   *
   * @param more asks the cluster for more, if there is one, with these settings of clients
   */
  void read(
      TopicNames names,
      List<Output> wanted,
      PrintWriter progress,
      Consumer<SpecificRecord> records,
      BiConsumer<Cluster, Map<String, String>> more) {
    if (folder != null) {
      for (Output output : wanted.stream().filter(o -> o != Output.HEALTH).toList()) {
        JsonReader.read(folder, output, records);
      }
      return;
    }
    String url =
        Optional.ofNullable(registryUrl)
            .orElseThrow(
                () ->
                    Failure.usage(
                        "expected --bootstrap-servers and --schema-registry-url, or --output with"
                            + " the folder of a replay"));
    try (Cluster cluster = options.connect(progress);
        Registry registry = Registry.at(url, options.registry())) {
      Outputs outputs = new Outputs(names, new WireFormat(registry));
      new Past(cluster, options.clients(), outputs)
          .read(wanted, published -> records.accept(published.value()));
      more.accept(cluster, options.clients());
    }
  }
}
