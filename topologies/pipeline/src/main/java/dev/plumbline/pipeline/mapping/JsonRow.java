package dev.plumbline.pipeline.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A JSON object.
 *
 * @param type title of its schema; empty where nothing names one
 */
record JsonRow(JsonNode object, String type) implements Row {

  @Override
  public Value at(FieldPath path) {
    return value(node(path));
  }

  @Override
  public Optional<Row> part(FieldPath path) {
    JsonNode node = node(path);
    return node.isObject() ? Optional.of(new JsonRow(node, "")) : Optional.empty();
  }

  @Override
  public Optional<List<Row>> elements(FieldPath path) {
    JsonNode node = node(path);
    if (!node.isArray()) {
      return Optional.empty();
    }
    List<Row> elements = new ArrayList<>(node.size());
    node.forEach(
        one -> elements.add(one.isObject() ? new JsonRow(one, "") : new Single(value(one))));
    return Optional.of(elements);
  }

  @Override
  public List<String> leaves() {
    List<String> leaves = new ArrayList<>();
    object
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isObject()) {
                new JsonRow(entry.getValue(), "")
                    .leaves()
                    .forEach(leaf -> leaves.add(entry.getKey() + "." + leaf));
              } else {
                leaves.add(entry.getKey());
              }
            });
    return leaves;
  }

  private JsonNode node(FieldPath path) {
    JsonNode node = object;
    for (String step : path.steps()) {
      node = node.path(step);
    }
    return node;
  }

  private static Value value(JsonNode node) {
    return switch (node.getNodeType()) {
      case MISSING -> Value.ABSENT;
      case NULL -> Value.NULL;
      case STRING -> new Value.Text(node.textValue());
      case BOOLEAN -> new Value.Truth(node.booleanValue());
      case NUMBER -> number(node);
      default -> new Value.Compound("an " + node.getNodeType().name().toLowerCase(Locale.ROOT));
    };
  }

  private static Value number(JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.canConvertToLong()
          ? new Value.Whole(node.longValue())
          : new Value.Exact(node.decimalValue());
    }
    return new Value.Real(node.doubleValue());
  }
}
