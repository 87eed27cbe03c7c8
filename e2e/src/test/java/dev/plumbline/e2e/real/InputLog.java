package dev.plumbline.e2e.real;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.Monitor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Content of the input partitions of a monitor: predictions, then labels, as many partitions each.
 */
final class InputLog {

  private final Monitor monitor;
  private final int partitions;
  private final List<List<Incoming>> records = new ArrayList<>();

  InputLog(Monitor monitor, int partitions) {
    this.monitor = monitor;
    this.partitions = partitions;
    for (int i = 0; i < monitor.topics().size() * partitions; i++) {
      records.add(new ArrayList<>());
    }
  }

  /** Partitions of each topic. */
  int partitions() {
    return partitions;
  }

  /**
   * Appends CSV lines, whose first column is the id, to the partitions of their keys.
   *
   * @param timeColumn index of the column with the time of the record
   */
  InputLog addRows(Kind kind, List<String> rows, int timeColumn) {
    return addRows(topic(kind), rows, timeColumn);
  }

  /** The same to a topic. */
  InputLog addRows(String topic, List<String> rows, int timeColumn) {
    for (String row : rows) {
      String[] columns = row.split(",", -1);
      add(topic, columns[0], time(columns[timeColumn]), row.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  private static long time(String text) {
    return text.endsWith("Z") ? Instant.parse(text).toEpochMilli() : Long.parseLong(text);
  }

  /** Appends a record to the partition of its key, where a user's producer would put it. */
  void add(Kind kind, String id, long timestamp, byte @Nullable [] value) {
    add(topic(kind), id, timestamp, value);
  }

  private void add(String topic, String id, long timestamp, byte @Nullable [] value) {
    byte[] key = id.getBytes(StandardCharsets.UTF_8);
    int partition = Utils.toPositive(Utils.murmur2(key)) % partitions;
    List<Incoming> log = records.get(first(topic) + partition);
    log.add(new Incoming(log.size(), timestamp, key, value));
  }

  /** Index of the first partition of a topic. */
  private int first(String topic) {
    return List.copyOf(monitor.topics().keySet()).indexOf(topic) * partitions;
  }

  /** Content of an input partition, in order. */
  List<Incoming> records(int inputPartition) {
    return records.get(inputPartition);
  }

  /** All input partitions, read from their first record. */
  List<InputPartition> inputs() {
    List<InputPartition> inputs = new ArrayList<>();
    monitor
        .topics()
        .forEach(
            (topic, kind) -> {
              for (int partition = 0; partition < partitions; partition++) {
                inputs.add(new InputPartition(kind, topic, partition, 0, true));
              }
            });
    return inputs;
  }

  /** The first topic of a kind. */
  String topic(Kind kind) {
    return kind == Kind.PREDICTIONS
        ? monitor.predictions().get(0).feed().topic()
        : monitor.labels().feed().topic();
  }

  /** The flow of a run over this log. */
  Flow flow() {
    return Flows.of(monitor, inputs(), List.of());
  }
}
