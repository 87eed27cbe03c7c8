package dev.plumbline.cli.init;

import java.util.List;

/**
 * Records of a topic or file, those of a partition in their order.
 *
 * @param name the topic, or the file
 * @param columns of a file; empty: a topic
 * @param total records that there are
 * @param hasTimestamps whether records say when they were written to Kafka
 */
public record Sample(
    String name, List<String> columns, List<Sighting> records, long total, boolean hasTimestamps) {

  public Sample {
    columns = List.copyOf(columns);
    records = List.copyOf(records);
  }

  boolean isFile() {
    return !columns.isEmpty();
  }

  /** Whether nothing was left out. */
  boolean isWhole() {
    return total == records.size();
  }
}
