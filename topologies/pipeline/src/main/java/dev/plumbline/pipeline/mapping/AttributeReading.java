package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.Attribute;
import dev.plumbline.pipeline.monitor.Fields.Coding;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.state.record.Cell;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one attribute. What is not there is the value {@code missing} (METRICS 0.2). */
sealed interface AttributeReading {

  /** The value of the attribute in a row. */
  String value(Row row);

  static AttributeReading of(Attribute attribute) {
    FieldPath path = attribute.path();
    if (attribute.coding() instanceof Coding.Binned binned) {
      double[] edges = binned.edges().stream().mapToDouble(BigDecimal::doubleValue).toArray();
      return new Binned(path, edges, binned.names());
    }
    if (attribute.coding() instanceof Coding.Renamed renamed) {
      Map<String, String> names = new HashMap<>(renamed.map());
      renamed.map().forEach((value, name) -> names.putIfAbsent(CanonicalText.ofBare(value), name));
      return new Renamed(path, names);
    }
    return attribute.coding() instanceof Coding.Elsewhere ? new Elsewhere() : new Plain(path);
  }

  /** Comes by another input, if it comes. */
  record Elsewhere() implements AttributeReading {

    @Override
    public String value(Row row) {
      return Cell.MISSING;
    }
  }

  /** As it is. */
  record Plain(FieldPath path) implements AttributeReading {

    @Override
    public String value(Row row) {
      return present(row, path).orElse(Cell.MISSING);
    }
  }

  /** By name; a value without one is {@link Cell#OTHER}: the prediction still counts. */
  record Renamed(FieldPath path, Map<String, String> names) implements AttributeReading {

    @Override
    public String value(Row row) {
      return present(row, path)
          .map(text -> names.getOrDefault(text, Cell.OTHER))
          .orElse(Cell.MISSING);
    }
  }

  /** By intervals of a number; NaN is missing. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Binned(FieldPath path, double[] edges, List<String> names) implements AttributeReading {

    @Override
    public String value(Row row) {
      Value value = row.at(path);
      if (FieldReading.isMissing(value) || isNaN(value)) {
        return Cell.MISSING;
      }
      double number = FieldReading.number(value).orElse(Double.NaN);
      if (Double.isNaN(number)) {
        throw Refusal.wrongType(path, "a number", value);
      }
      int bin = 0;
      while (bin < edges.length && number >= edges[bin]) {
        bin++;
      }
      return names.get(bin);
    }
  }

  private static Optional<String> present(Row row, FieldPath path) {
    Value value = row.at(path);
    if (FieldReading.isMissing(value) || isNaN(value)) {
      return Optional.empty();
    }
    return Optional.of(
        CanonicalText.of(value)
            .orElseThrow(() -> Refusal.wrongType(path, "a text or a number", value)));
  }

  private static boolean isNaN(Value value) {
    return value instanceof Value.Real real && Double.isNaN(real.number());
  }
}
