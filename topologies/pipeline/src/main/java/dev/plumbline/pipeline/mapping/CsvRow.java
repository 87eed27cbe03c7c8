package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.List;
import java.util.Map;

/**
 * A line of comma-separated values.
 *
 * @param columns index by name
 */
record CsvRow(Map<String, Integer> columns, List<String> values) implements Row {

  @Override
  public List<String> leaves() {
    return columns.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public Value at(FieldPath path) {
    Integer index = columns.get(path.text());
    if (index == null) {
      return Value.ABSENT;
    }
    String text = values.get(index);
    return text.isEmpty() ? Value.NULL : new Value.Bare(text);
  }
}
