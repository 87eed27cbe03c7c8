package dev.plumbline.cli.replay;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.pipeline.mapping.TopicMapping;
import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.state.record.IdHash;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Recorded predictions and labels of a monitor, a file for each topic: its one partition, whole and
 * complete.
 */
public final class Recording implements AutoCloseable {

  private final Monitor monitor;
  private final IdHash.Key key;
  private final List<RowFile> files;

  private Recording(Monitor monitor, IdHash.Key key, List<RowFile> files) {
    this.monitor = monitor;
    this.key = key;
    this.files = files;
  }

  /**
   * Opens the files.
   *
   * @param paths of the topics of the monitor, in their order
   * @throws Failure if they cannot be read, or do not have what the monitor maps
   */
  public static Recording open(Monitor monitor, IdHash.Key key, List<Path> paths) {
    List<RowFile> files = new ArrayList<>();
    Map<String, RowFile> topics = new LinkedHashMap<>();
    for (String topic : monitor.topics().keySet()) {
      RowFile file = RowFile.open(paths.get(files.size()));
      files.add(file);
      topics.put(topic, file);
    }
    Headers.require(monitor, topics);
    if (monitor.labels().known().isEmpty()) {
      requireTimestamps(topics, monitor.labels().feed(), "each label");
    }
    for (Feed.Attributes attributes : monitor.attributes()) {
      if (attributes.known().isEmpty()) {
        requireTimestamps(topics, attributes.feed(), "what a row says of a subject");
      }
    }
    return new Recording(ofFiles(monitor), key, files);
  }

  private static void requireTimestamps(Map<String, RowFile> topics, Feed feed, String what) {
    RowFile file = Objects.requireNonNull(topics.get(feed.topic()));
    if (!file.hasTimestamps()) {
      throw Failure.problem(
          file.file()
              + ": expected a time at which "
              + what
              + " became known, was none; map its field known in the monitor file, or give the"
              + " file a column "
              + RowFile.TIMESTAMP_COLUMN
              + " in epoch milliseconds");
    }
  }

  /** Kafka timestamps of files are what somebody wrote down: no time is judged by them. */
  private static Monitor ofFiles(Monitor monitor) {
    return new Monitor(
        monitor.name(),
        monitor.owner(),
        monitor.models(),
        monitor.outcome(),
        monitor.predictions().stream().map(Feed.Predictions::ofRows).toList(),
        monitor.labels().ofRows(),
        monitor.attributes().stream().map(Feed.Attributes::ofRows).toList(),
        new Monitor.Times(monitor.times().plausible(), false),
        monitor.subgroups(),
        monitor.windows(),
        monitor.reference(),
        monitor.falseAlarms(),
        monitor.watches(),
        monitor.settings(),
        monitor.source());
  }

  /** The flow that reads the files. */
  public Flow flow() {
    List<InputPartition> inputs = new ArrayList<>();
    monitor
        .topics()
        .forEach((topic, kind) -> inputs.add(new InputPartition(kind, topic, 0, 0, true)));
    return Flows.of(monitor, inputs, List.of());
  }

  /** A new mapping of an input partition. */
  Function<Incoming, Mapped> mapping(int inputPartition) {
    String topic = List.copyOf(monitor.topics().keySet()).get(inputPartition);
    return TopicMapping.of(
        monitor,
        topic,
        key,
        feed -> RowDecoder.csv(files.get(inputPartition).columns()),
        id -> new SchemaLookup.Answer.Unavailable("files have no schema registry"));
  }

  /** How many files there are. */
  int count() {
    return files.size();
  }

  RowFile file(int inputPartition) {
    return files.get(inputPartition);
  }

  Monitor monitor() {
    return monitor;
  }

  /** Share of all that was read; 0 to 1. */
  public double progress() {
    return files.stream().mapToDouble(RowFile::progress).average().orElse(1);
  }

  @Override
  public void close() {
    files.forEach(RowFile::close);
  }
}
