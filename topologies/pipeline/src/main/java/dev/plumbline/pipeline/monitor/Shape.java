package dev.plumbline.pipeline.monitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Checks the structure of a monitor file against {@code monitor.schema.json}.
 *
 * <p>Understands the part of JSON Schema (2020-12) that our schema uses, and says what a person
 * would want to hear: a schema's {@code description} completes the sentence "expected ...", and of
 * an {@code anyOf} the alternative that fits the kind of the node is the one that counts. A test
 * compares its verdicts with those of a full implementation.
 */
final class Shape {

  private static final String MONITOR = "monitor.schema.json";
  private static final String DIRECTORY = "directory.schema.json";

  private final JsonNode root;
  private final Problems problems;

  private Shape(JsonNode root, Problems problems) {
    this.root = root;
    this.problems = problems;
  }

  /** The schema as it is checked in, for editors and for other validators. */
  static JsonNode schema() {
    return schema(MONITOR);
  }

  private static JsonNode schema(String resource) {
    try (@Nullable InputStream stream = Shape.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException("expected the resource " + resource + ", found nothing");
      }
      return new ObjectMapper().readTree(stream);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Adds a problem for every place where the structure is not that of a monitor file. */
  static void check(Tree.Mapping file, Problems problems) {
    JsonNode root = schema();
    new Shape(root, problems).check(file, root, "");
  }

  /** The same where the structure is not that of what monitors of a directory share. */
  static void checkDirectory(Tree.Mapping file, Problems problems) {
    JsonNode root = schema(DIRECTORY);
    new Shape(root, problems).check(file, root, "");
  }

  /** The same where keys are none of monitor files, or have other values than there. */
  static void checkDefaults(Tree.Mapping keys, String path, Problems problems) {
    JsonNode root = schema();
    new Shape(root, problems).checkGiven(keys, root, path);
  }

  private void check(Tree tree, JsonNode rule, String path) {
    JsonNode schema = alternative(tree, resolved(rule));
    if (!fits(tree, schema)) {
      problems.add(
          new Problem(tree.position(), path, expected(schema), tree.shown(), remedy(tree, schema)));
    } else if (tree instanceof Tree.Mapping mapping) {
      checkKeys(mapping, schema, path);
    } else if (tree instanceof Tree.Sequence sequence && schema.has("items")) {
      for (int i = 0; i < sequence.items().size(); i++) {
        check(sequence.items().get(i), schema.path("items"), path + "[" + i + "]");
      }
    }
  }

  private static String remedy(Tree tree, JsonNode schema) {
    List<String> known = new ArrayList<>();
    schema.path("enum").forEach(one -> known.add(one.asText()));
    return tree instanceof Tree.Scalar scalar ? Suggestion.remedy(scalar.text(), known) : "";
  }

  private JsonNode resolved(JsonNode rule) {
    JsonNode reference = rule.get("$ref");
    return reference == null ? rule : root.at(reference.asText().substring(1));
  }

  private JsonNode alternative(Tree tree, JsonNode rule) {
    JsonNode choices = rule.get("anyOf");
    if (choices == null) {
      return rule;
    }
    List<JsonNode> resolved = new ArrayList<>();
    choices.forEach(choice -> resolved.add(resolved(choice)));
    return resolved.stream()
        .filter(choice -> isOfType(tree, choice))
        .findFirst()
        .orElse(resolved.get(0));
  }

  private static String expected(JsonNode schema) {
    return schema.path("description").asText();
  }

  private static boolean fits(Tree tree, JsonNode schema) {
    return isOfType(tree, schema) && isInBounds(tree, schema);
  }

  private static boolean isOfType(Tree tree, JsonNode schema) {
    JsonNode type = schema.path("type");
    return type.isArray()
        ? StreamSupport.stream(type.spliterator(), false).anyMatch(one -> is(tree, one.asText()))
        : is(tree, type.asText());
  }

  private static boolean is(Tree tree, String type) {
    return switch (type) {
      case "object" -> tree instanceof Tree.Mapping;
      case "array" -> tree instanceof Tree.Sequence;
      case "string" -> tree instanceof Tree.Scalar scalar && scalar.type() == Tree.Type.TEXT;
      case "integer" -> tree instanceof Tree.Scalar scalar && scalar.type() == Tree.Type.INTEGER;
      case "number" -> tree instanceof Tree.Scalar scalar && scalar.isNumber();
      case "boolean" -> tree instanceof Tree.Scalar scalar && scalar.type() == Tree.Type.TRUTH;
      default -> throw new IllegalStateException("expected a JSON type, was " + type);
    };
  }

  private static boolean isInBounds(Tree tree, JsonNode schema) {
    if (tree instanceof Tree.Sequence sequence) {
      int size = sequence.items().size();
      return size >= schema.path("minItems").asInt(0)
          && size <= schema.path("maxItems").asInt(Integer.MAX_VALUE);
    }
    if (tree instanceof Tree.Mapping mapping) {
      return mapping.entries().size() >= schema.path("minProperties").asInt(0);
    }
    Tree.Scalar scalar = (Tree.Scalar) tree;
    return scalar.isNumber() ? isNumberInBounds(scalar, schema) : isTextInBounds(scalar, schema);
  }

  private static boolean isNumberInBounds(Tree.Scalar scalar, JsonNode schema) {
    try {
      BigDecimal number = new BigDecimal(scalar.text());
      return (!schema.has("minimum") || number.compareTo(schema.get("minimum").decimalValue()) >= 0)
          && (!schema.has("maximum")
              || number.compareTo(schema.get("maximum").decimalValue()) <= 0);
    } catch (NumberFormatException infiniteOrOctal) {
      return false;
    }
  }

  private static boolean isTextInBounds(Tree.Scalar scalar, JsonNode schema) {
    if (scalar.text().length() < schema.path("minLength").asInt(0)) {
      return false;
    }
    if (schema.has("pattern") && !scalar.text().matches(schema.get("pattern").asText())) {
      return false;
    }
    return !schema.has("enum")
        || StreamSupport.stream(schema.get("enum").spliterator(), false)
            .anyMatch(one -> one.asText().equals(scalar.text()));
  }

  private void checkKeys(Tree.Mapping mapping, JsonNode schema, String path) {
    checkGiven(mapping, schema, path);
    JsonNode properties = schema.path("properties");
    for (JsonNode required : schema.path("required")) {
      String key = required.asText();
      if (mapping.child(key) == null) {
        JsonNode rule = resolved(properties.path(key));
        String expected = expected(rule.has("anyOf") ? resolved(rule.at("/anyOf/0")) : rule);
        problems.add(
            new Problem(mapping.position(), child(path, key), expected, "missing", "add it"));
      }
    }
  }

  private void checkGiven(Tree.Mapping mapping, JsonNode schema, String path) {
    JsonNode properties = schema.path("properties");
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, Tree.Mapping.Entry> entry : mapping.entries().entrySet()) {
      String child = child(path, entry.getKey());
      JsonNode rule = properties.get(entry.getKey());
      if (rule != null) {
        check(entry.getValue().value(), rule, child);
      } else if (others.isObject()) {
        check(entry.getValue().value(), others, child);
      } else if (!others.asBoolean(true)) {
        problems.add(unknown(entry.getKey(), entry.getValue().key(), child, properties));
      }
    }
  }

  private static Problem unknown(String key, Position place, String path, JsonNode properties) {
    List<String> known = new ArrayList<>();
    properties.fieldNames().forEachRemaining(known::add);
    String remedy = Suggestion.remedy(key, known);
    return new Problem(
        place, path, "one of " + String.join(", ", known), "the unknown key " + key, remedy);
  }

  static String child(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
