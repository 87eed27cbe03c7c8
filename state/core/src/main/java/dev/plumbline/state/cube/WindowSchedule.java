package dev.plumbline.state.cube;

import dev.plumbline.state.cube.Cube.CellKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * When which statement of which window is due. Windows exist once a block of theirs does, so
 * nothing here loops over time, and a record of the year 50000 costs one window.
 *
 * <p>Every age of a window is stated once when its time has come. After that the last age, and the
 * window of everything, are stated again when their counters change, and then only for the
 * subgroups that did.
 */
final class WindowSchedule {

  private final CubeRules rules;
  private final List<LabelAge> ages;
  private final LabelAge lastAge;
  private final NavigableMap<Long, TreeSet<Key>> due = new TreeMap<>();
  private final NavigableMap<Long, Map<Window, State>> windows = new TreeMap<>();
  private final TreeSet<Long> blocks = new TreeSet<>();

  private record Key(Window window, LabelAge age) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = window.compareTo(other.window);
      return order != 0 ? order : Long.compare(age.panes(), other.age.panes());
    }
  }

  /** How often each age of a window was stated, and what changed since the last age was. */
  private static final class State {
    private final Map<LabelAge, Integer> revisions = new HashMap<>();
    private final Map<CellKey, Long> changed = new HashMap<>();
  }

  /**
   * A statement that is due.
   *
   * @param changed cells that changed since the last statement, and by how many predictions;
   *     everything is new at revision 1
   */
  record Due(Window window, LabelAge age, int revision, Map<CellKey, Long> changed) {

    boolean isChanged(String version, Predicate<List<String>> isMember) {
      return revision == 1
          || changed.keySet().stream()
              .anyMatch(cell -> cell.version().equals(version) && isMember.test(cell.values()));
    }
  }

  WindowSchedule(CubeRules rules, List<LabelAge> ages) {
    this.rules = rules;
    this.ages = ages;
    this.lastAge = ages.get(ages.size() - 1);
    for (WindowSpec spec : rules.windows()) {
      if (spec.isAll()) {
        state(new Window(spec, Long.MIN_VALUE));
      }
    }
  }

  /** A block holds something at an arrival pane. */
  void existing(long arrival, long block) {
    if (!blocks.add(block)) {
      return;
    }
    for (Window window : windowsOf(block)) {
      Map<Window, State> ending = windows.computeIfAbsent(window.end(), end -> new HashMap<>());
      if (ending.putIfAbsent(window, new State()) == null) {
        for (LabelAge age : ages) {
          planAt(Math.max(arrival, window.end() + age.panes() - 1), new Key(window, age));
        }
      }
    }
  }

  /** A cell of a block changes at an arrival pane, by so many predictions. */
  void touched(long arrival, long block, CellKey cell, long predictions) {
    existing(arrival, block);
    windows
        .getOrDefault(Long.MAX_VALUE, Map.of())
        .forEach((window, state) -> changed(state, window, arrival, cell, predictions));
    if (arrival >= (block + 1) * rules.block() + lastAge.panes()) {
      for (Window window : windowsOf(block)) {
        State state = state(window);
        if (state.revisions.containsKey(lastAge)) {
          changed(state, window, arrival, cell, predictions);
        }
      }
    }
  }

  private void changed(State state, Window window, long arrival, CellKey cell, long predictions) {
    if (state.changed.isEmpty()) {
      long advance = window.spec().isAll() ? window.spec().advance() : 1;
      long pane = (Math.floorDiv(arrival, advance) + 1) * advance - 1;
      planAt(pane, new Key(window, lastAge));
    }
    state.changed.merge(cell, predictions, Long::sum);
  }

  /** The first pane at whose close something is due, or {@code Long.MAX_VALUE}. */
  long next() {
    return due.isEmpty() ? Long.MAX_VALUE : due.firstKey();
  }

  /** Gives what is due at the close of a pane, in the order (window, age). */
  void close(long pane, Consumer<Due> statements) {
    Map.Entry<Long, TreeSet<Key>> first = due.firstEntry();
    while (first != null && first.getKey() <= pane) {
      due.remove(first.getKey());
      first.getValue().forEach(key -> statements.accept(revised(key)));
      first = due.firstEntry();
    }
    windows.headMap(pane - rules.finalAge(), false).clear();
    blocks.headSet(Math.floorDiv(pane - rules.finalAge(), rules.block()), false).clear();
  }

  /** How often the last age of a window of everything was stated, by its name. */
  Map<String, Integer> revisionsOfAll() {
    Map<String, Integer> revisions = new TreeMap<>();
    windows
        .getOrDefault(Long.MAX_VALUE, Map.of())
        .forEach(
            (window, state) ->
                revisions.put(window.spec().name(), state.revisions.getOrDefault(lastAge, 0)));
    return revisions;
  }

  /** Restores what {@link #revisionsOfAll} said. */
  void restoreRevisionsOfAll(Map<String, Integer> revisions) {
    windows
        .getOrDefault(Long.MAX_VALUE, Map.of())
        .forEach(
            (window, state) ->
                state.revisions.put(lastAge, revisions.getOrDefault(window.spec().name(), 0)));
  }

  private Due revised(Key key) {
    State state = state(key.window);
    int revision = state.revisions.merge(key.age, 1, Integer::sum);
    Map<CellKey, Long> changed = key.age.equals(lastAge) ? Map.copyOf(state.changed) : Map.of();
    if (key.age.equals(lastAge)) {
      state.changed.clear();
    }
    return new Due(key.window, key.age, revision, changed);
  }

  private State state(Window window) {
    return windows
        .computeIfAbsent(window.end(), end -> new HashMap<>())
        .computeIfAbsent(window, w -> new State());
  }

  private void planAt(long pane, Key key) {
    due.computeIfAbsent(pane, p -> new TreeSet<>()).add(key);
  }

  private List<Window> windowsOf(long block) {
    long pane = block * rules.block();
    List<Window> windows = new ArrayList<>();
    for (WindowSpec spec : rules.windows()) {
      if (!spec.isAll()) {
        long start = Math.floorDiv(pane, spec.advance()) * spec.advance();
        for (; start + spec.size() > pane; start -= spec.advance()) {
          windows.add(new Window(spec, start));
        }
      }
    }
    return windows;
  }
}
