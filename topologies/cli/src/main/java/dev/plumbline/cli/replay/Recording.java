package dev.plumbline.cli.replay;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.mapping.Mapping;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.state.record.IdHash;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Recorded predictions and labels of a monitor: each file is the one partition of its topic, whole
 * and complete.
 */
public final class Recording implements AutoCloseable {

  /** Index of the input partition of the predictions. */
  static final int PREDICTIONS = 0;

  /** Index of the input partition of the labels. */
  static final int LABELS = 1;

  private final Monitor monitor;
  private final IdHash.Key key;
  private final List<RowFile> files;

  private Recording(Monitor monitor, IdHash.Key key, List<RowFile> files) {
    this.monitor = monitor;
    this.key = key;
    this.files = files;
  }

  /**
   * Opens both files.
   *
   * @throws Failure if they cannot be read, or do not have what the monitor maps
   */
  public static Recording open(Monitor monitor, IdHash.Key key, Path predictions, Path labels) {
    RowFile first = RowFile.open(predictions);
    RowFile second = RowFile.open(labels);
    Headers.require(monitor, first, second);
    if (monitor.labels().known().isEmpty() && !second.hasTimestamps()) {
      throw Failure.problem(
          labels
              + ": expected a time at which each label became known, was none; map labels.fields"
              + ".known in the monitor file, or give the file a column "
              + RowFile.TIMESTAMP_COLUMN
              + " in epoch milliseconds");
    }
    return new Recording(ofFiles(monitor), key, List.of(first, second));
  }

  /** Kafka timestamps of files are what somebody wrote down: no time is judged by them. */
  private static Monitor ofFiles(Monitor monitor) {
    return new Monitor(
        monitor.name(),
        monitor.owner(),
        monitor.models(),
        monitor.outcome(),
        monitor.predictions().ofRows(),
        monitor.labels().ofRows(),
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
    return Flows.of(
        monitor,
        List.of(
            new InputPartition(Kind.PREDICTIONS, monitor.predictions().feed().topic(), 0, 0, true),
            new InputPartition(Kind.LABELS, monitor.labels().feed().topic(), 0, 0, true)),
        List.of());
  }

  /** A new mapping of an input partition. */
  Function<Incoming, Mapped> mapping(int inputPartition) {
    RowDecoder decoder = RowDecoder.csv(files.get(inputPartition).columns());
    Mapping mapping =
        inputPartition == PREDICTIONS
            ? Mapping.ofPredictions(monitor, key, decoder)
            : Mapping.ofLabels(monitor, key, decoder);
    return mapping::map;
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
