package dev.plumbline.pipeline.monitor;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A YAML document with the place of every node. */
sealed interface Tree {

  Position position();

  /** Kind of the node in words, for messages. */
  String kind();

  /** What the node holds, short enough for a message. */
  String shown();

  /** The same text for documents that differ in comments, spacing and key order alone. */
  String canonical();

  /** Type of a scalar by YAML's core schema. */
  enum Type {
    TEXT,
    INTEGER,
    REAL,
    TRUTH,
    NULL
  }

  /** A single value. */
  record Scalar(Position position, Type type, String text) implements Tree {

    @Override
    public String kind() {
      return switch (type) {
        case TEXT -> "text";
        case INTEGER, REAL -> "a number";
        case TRUTH -> "true or false";
        case NULL -> "nothing";
      };
    }

    @Override
    public String shown() {
      return type == Type.NULL ? "nothing" : type == Type.TEXT ? '"' + text + '"' : text;
    }

    boolean isNumber() {
      return type == Type.INTEGER || type == Type.REAL;
    }

    @Override
    public String canonical() {
      return switch (type) {
        case TEXT -> quoted(text);
        case INTEGER, REAL -> number();
        case TRUTH, NULL -> text;
      };
    }

    private String number() {
      try {
        return new BigDecimal(text).stripTrailingZeros().toString();
      } catch (NumberFormatException notDecimal) {
        return text;
      }
    }
  }

  /** Values by key, in the order of the file. */
  record Mapping(Position position, Map<String, Entry> entries) implements Tree {

    public Mapping {
      entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** A value and the place of its key. */
    record Entry(Position key, Tree value) {}

    @Nullable Tree child(String key) {
      Entry entry = entries.get(key);
      return entry == null ? null : entry.value();
    }

    @Override
    public String kind() {
      return "keys with values";
    }

    @Override
    public String shown() {
      return "keys (" + String.join(", ", entries.keySet()) + ")";
    }

    @Override
    public String canonical() {
      return new TreeMap<>(entries)
          .entrySet().stream()
              .map(entry -> quoted(entry.getKey()) + ":" + entry.getValue().value().canonical())
              .collect(Collectors.joining(",", "{", "}"));
    }
  }

  /** A list. */
  record Sequence(Position position, List<Tree> items) implements Tree {

    /* Longer lists are counted in messages. */
    private static final int SHOWN = 4;

    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public String shown() {
      boolean isShort =
          items.size() <= SHOWN && items.stream().allMatch(item -> item instanceof Scalar);
      return isShort
          ? items.stream().map(Tree::shown).collect(Collectors.joining(", ", "[", "]"))
          : "a list of " + items.size();
    }

    @Override
    public String canonical() {
      return items.stream().map(Tree::canonical).collect(Collectors.joining(",", "[", "]"));
    }
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
