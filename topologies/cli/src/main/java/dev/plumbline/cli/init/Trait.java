package dev.plumbline.cli.init;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An attribute.
 *
 * @param edges of its bins; empty: its values as they are
 */
record Trait(String name, Column column, List<BigDecimal> edges) {

  Trait {
    edges = List.copyOf(edges);
  }

  /** How many values it has, without those that are missing. */
  int size() {
    return edges.isEmpty() ? column.distinct() : edges.size() + 1;
  }

  /** The value of an event: of bins their number. */
  Optional<String> value(int event) {
    Optional<String> text = column.texts().get(event);
    if (edges.isEmpty() || text.isEmpty()) {
      return text;
    }
    OptionalDouble number = Column.number(text.get());
    return number.isPresent()
        ? Optional.of(
            Long.toString(
                edges.stream().filter(edge -> number.getAsDouble() >= edge.doubleValue()).count()))
        : Optional.empty();
  }
}
