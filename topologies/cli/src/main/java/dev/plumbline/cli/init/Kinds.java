package dev.plumbline.cli.init;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.mapping.Inspection;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The kinds of records in a topic. */
final class Kinds {

  /** Most kinds of records that a topic is thought to hold. */
  private static final int MOST = 12;

  private static final double NEARLY_ALL = 0.99;

  /** Kinds are told apart if of their fields less than this share is in both. */
  private static final double ALIKE = 0.6;

  private Kinds() {}

  /**
   * Records of one kind.
   *
   * @param where what the monitor file says of it; empty if the topic has one kind alone
   */
  record Kind(String where, List<Event> events) {

    Kind {
      events = List.copyOf(events);
    }
  }

  /** By their type; else by a header or a field on which depends what fields there are. */
  static List<Kind> of(Input input) {
    List<Event> events = input.events();
    Map<String, List<Event>> types = groups(events, event -> Optional.of(event.type()));
    types.remove("");
    if (types.size() > 1) {
      return kinds(types, type -> "{record: " + Yaml.text(type) + "}");
    }
    Set<String> headers = new TreeSet<>();
    events.forEach(event -> headers.addAll(event.sighting().headers().keySet()));
    for (String header : headers) {
      Map<String, List<Event>> groups = groups(events, event -> header(event, header));
      if (isTelling(groups, events.size())) {
        return kinds(
            groups, value -> "{header: {" + Yaml.text(header) + ": " + Yaml.text(value) + "}}");
      }
    }
    Set<String> leaves = new TreeSet<>();
    events.stream().limit(1_000).forEach(event -> leaves.addAll(event.row().leaves()));
    for (String leaf : leaves) {
      FieldPath path = FieldPath.of(leaf);
      Map<String, List<Event>> groups =
          groups(events, event -> Inspection.text(event.row().at(path)));
      if (isTelling(groups, events.size())) {
        return kinds(groups, value -> "{" + Yaml.text(leaf) + ": " + Yaml.text(value) + "}");
      }
    }
    return List.of(new Kind("", events));
  }

  private static List<Kind> kinds(Map<String, List<Event>> groups, Function<String, String> where) {
    List<Kind> kinds = new ArrayList<>();
    groups.forEach(
        (value, events) -> {
          boolean isNamed = events.size() >= Coded.LEAST_NAMED;
          kinds.add(new Kind(where.apply(isNamed ? value : MonitorText.CHOOSE), events));
        });
    return kinds;
  }

  private static Optional<String> header(Event event, String name) {
    return Optional.ofNullable(event.sighting().headers().get(name))
        .map(bytes -> new String(bytes, UTF_8));
  }

  /** Events by a text; empty where there are more texts than kinds. */
  private static Map<String, List<Event>> groups(
      List<Event> events, Function<Event, Optional<String>> text) {
    Map<String, List<Event>> groups = new TreeMap<>();
    for (Event event : events) {
      Optional<String> of = text.apply(event);
      if (of.isPresent()) {
        groups.computeIfAbsent(of.get(), any -> new ArrayList<>()).add(event);
      }
      if (groups.size() > MOST) {
        return new LinkedHashMap<>();
      }
    }
    return groups;
  }

  private static boolean isTelling(Map<String, List<Event>> groups, int all) {
    int grouped = groups.values().stream().mapToInt(List::size).sum();
    if (groups.size() < 2 || grouped < NEARLY_ALL * all) {
      return false;
    }
    List<Set<String>> fields = groups.values().stream().map(Kinds::usual).toList();
    for (Set<String> one : fields) {
      for (Set<String> other : fields) {
        Set<String> both = new HashSet<>(one);
        both.retainAll(other);
        int either = one.size() + other.size() - both.size();
        if (either > 0 && both.size() < ALIKE * either) {
          return true;
        }
      }
    }
    return false;
  }

  /** The fields that most events of a group have. */
  private static Set<String> usual(List<Event> events) {
    Map<String, Integer> counts = new HashMap<>();
    List<Event> some = events.subList(0, Math.min(500, events.size()));
    for (Event event : some) {
      for (String leaf : event.row().leaves()) {
        if (Inspection.isThere(event.row().at(FieldPath.of(leaf)))) {
          counts.merge(leaf, 1, Integer::sum);
        }
      }
    }
    Set<String> usual = new HashSet<>();
    counts.forEach(
        (leaf, count) -> {
          if (2 * count >= some.size()) {
            usual.add(leaf);
          }
        });
    return usual;
  }
}
