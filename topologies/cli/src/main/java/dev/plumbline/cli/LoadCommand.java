package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.LastValues;
import dev.plumbline.cli.load.Version;
import dev.plumbline.cli.load.Version.Changes;
import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.IdSource;
import dev.plumbline.pipeline.monitor.Monitor;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline load}. */
@Command(
    name = "load",
    header = "Brings a file of attributes into their topic.",
    description = {
      "A file, CSV with a header row, gzipped or not, has all that is known of all subjects. What is"
          + " new or changed since the last one is written to the topic; the rest is not written"
          + " again. A monitor that runs goes on from there, and one that starts anew reads every"
          + " version in its place.",
      "The whole file is checked first; where a row does not fit, nothing is written."
    },
    footer = {
      "",
      "Example: plumbline load --monitor credit.yaml --attributes people.csv.gz \\",
      "           --bootstrap-servers broker:9092"
    })
final class LoadCommand implements Callable<Integer> {

  @Option(names = "--monitor", required = true, paramLabel = "FILE", description = "Monitor file.")
  private Path monitorFile;

  @Option(
      names = "--attributes",
      required = true,
      paramLabel = "FILE",
      description = "The file: all that is known now.")
  private Path file;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      description = "The topic, where the monitor has several inputs of attributes.")
  private @Nullable String topic;

  @Option(
      names = "--delete-gone",
      description = "Delete the subjects that the file does not have any more.")
  private boolean deletesGone;

  @Mixin private ClusterOptions options;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  LoadCommand() {}

  @Override
  public Integer call() {
    Monitor monitor = Monitors.read(monitorFile);
    Feed.Attributes input = input(monitor);
    if (deletesGone && input.id() instanceof IdSource.Paths) {
      throw Failure.problem(
          "--delete-gone: expected the id of the %s as the record key, as a deletion has no value,"
                  .formatted(input.subject())
              + " was in a field; map attributes.fields.id: {key: text}");
    }
    Version version =
        Version.read(monitor, Monitors.idKey(monitor), input, file, System.currentTimeMillis());
    String name = input.feed().topic();
    try (Cluster cluster = options.connect(spec.commandLine().getErr());
        Feeder feeder = Feeder.at(options.clients())) {
      Changes changes = version.since(LastValues.of(cluster, options.clients(), name), deletesGone);
      changes
          .written()
          .forEach(
              (key, value) -> feeder.send(new ProducerRecord<>(name, bytes(key), bytes(value))));
      feeder.flush();
      spec.commandLine()
          .getOut()
          .printf(
              "%s: %d new, %d changed, %d unchanged, %d gone%s%n",
              name,
              changes.added(),
              changes.changed(),
              changes.unchanged(),
              changes.gone(),
              changes.gone() == 0 ? "" : deletesGone ? " and deleted" : " and kept");
    } catch (IllegalStateException unwritten) {
      throw Failure.problem(
          "topic %s: not all was written: %s; load the file again, what was written is found"
              .formatted(name, String.valueOf(unwritten.getCause())),
          unwritten);
    }
    return ExitCode.OK.number();
  }

  private static byte[] bytes(ByteBuffer key) {
    byte[] bytes = new byte[key.remaining()];
    key.duplicate().get(bytes);
    return bytes;
  }

  private static byte @Nullable [] bytes(Optional<byte[]> value) {
    return value.orElse(null);
  }

  private Feed.Attributes input(Monitor monitor) {
    List<Feed.Attributes> inputs =
        monitor.attributes().stream()
            .filter(input -> topic == null || input.feed().topic().equals(topic))
            .toList();
    if (inputs.size() != 1) {
      throw Failure.usage(
          "expected --topic with one of the inputs of attributes of %s (%s)%s"
              .formatted(
                  monitorFile,
                  String.join(
                      ", ", monitor.attributes().stream().map(i -> i.feed().topic()).toList()),
                  topic == null ? "" : ", was " + topic));
    }
    return inputs.get(0);
  }
}
