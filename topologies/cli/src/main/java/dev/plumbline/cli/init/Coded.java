package dev.plumbline.cli.init;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A field whose values are classes.
 *
 * @param column empty: none could be told from the others
 * @param map class by value, of those that are frequent enough to be named
 * @param unnamed values that are too rare to be named
 * @param candidates fields that it could be
 */
record Coded(
    Optional<Column> column, Map<String, String> map, int unnamed, List<Column> candidates) {

  /** Values that a sample has less often are not named: as {@code subgroups.publish_min}. */
  static final int LEAST_NAMED = 20;

  private static final Set<String> TRUE = Set.of("true", "1", "True", "TRUE");
  private static final Set<String> FALSE = Set.of("false", "0", "False", "FALSE");
  private static final Set<String> TAKEN = Set.of("", "ignored", "withdrawn", "choose");

  Coded {
    candidates = List.copyOf(candidates);
  }

  static Coded none(List<Column> candidates) {
    return new Coded(Optional.empty(), Map.of(), 0, candidates);
  }

  static Coded of(Column column, List<Column> candidates) {
    Map<String, String> map = new LinkedHashMap<>();
    int unnamed = 0;
    for (String value : column.values()) {
      if (column.counts().getOrDefault(value, 0) < LEAST_NAMED) {
        unnamed++;
      } else {
        String name = className(column, value);
        map.put(
            value, TAKEN.contains(name) || map.containsValue(name) ? "class_" + map.size() : name);
      }
    }
    return new Coded(Optional.of(column), map, unnamed, candidates);
  }

  /** Whether the map says everything: two classes, and nothing is left out. */
  boolean isComplete() {
    return map.size() == 2 && unnamed == 0;
  }

  List<String> classes() {
    return new ArrayList<>(map.values());
  }

  private static String className(Column column, String value) {
    String field = plain(column.name()).replaceFirst("^(is|was|has)_", "");
    if (TRUE.contains(value)) {
      return field;
    }
    return FALSE.contains(value) ? "not_" + field : plain(value);
  }

  private static String plain(String text) {
    return text.replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "_")
        .replaceAll("^_+|_+$", "");
  }
}
