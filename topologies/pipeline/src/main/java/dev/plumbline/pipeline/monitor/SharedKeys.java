package dev.plumbline.pipeline.monitor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the monitors of a directory share, by the file {@link #FILE} in it: keys that a monitor file
 * need not have, and one budget of false alarms.
 *
 * <p>A monitor's part of that budget depends on how many may share it, not on how many there are:
 * else a new monitor would change what all others watch for, and with it what they publish.
 *
 * @param defaults by key
 * @param budget the part of one monitor
 * @param atMost how many monitors there may be
 */
record SharedKeys(
    Map<String, Tree.Mapping.Entry> defaults,
    Optional<Tree.Mapping.Entry> budget,
    OptionalInt atMost) {

  /** Name of the file. */
  static final String FILE = "plumbline.yaml";

  /** Nothing is shared. */
  static final SharedKeys NONE = new SharedKeys(Map.of(), Optional.empty(), OptionalInt.empty());

  private static final String DEFAULTS = "defaults";
  private static final String FALSE_ALARMS = "false_alarms";
  private static final String AT_MOST = "monitors_at_most";
  private static final String MONITOR = "monitor";

  /** What is shared by the monitor files of a directory, which may have no such file. */
  static SharedKeys of(Path directory, Problems problems) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    try {
      return parse(Files.readString(file), problems);
    } catch (IOException unreadable) {
      problems.add(
          new Problem(
              Position.startOf(FILE), "", "a readable UTF-8 file", "another one", "mend it"));
      return NONE;
    }
  }

  /** Reads the text of the file; to be used only if no problem was found. */
  static SharedKeys parse(String text, Problems problems) {
    Optional<Tree.Mapping> file = TreeParser.parse(text, FILE, problems);
    if (file.isEmpty()) {
      return NONE;
    }
    Shape.checkDirectory(file.get(), problems);
    Cursor root = Cursor.of(file.get(), problems);
    Map<String, Tree.Mapping.Entry> defaults = new LinkedHashMap<>();
    Cursor keys = root.at(DEFAULTS);
    if (keys.isMapping() && keys.tree() instanceof Tree.Mapping mapping) {
      Shape.checkDefaults(mapping, DEFAULTS, problems);
      defaults.putAll(mapping.entries());
    }
    if (keys.at(MONITOR).tree() != null) {
      keys.at(MONITOR).refuse("no name, as each monitor has its own", "remove it");
    }
    Cursor atMost = root.at(AT_MOST);
    return new SharedKeys(
        defaults,
        budget(file.get(), root),
        atMost.isPresent() ? OptionalInt.of(atMost.integer(1)) : OptionalInt.empty());
  }

  private static Optional<Tree.Mapping.Entry> budget(Tree.Mapping file, Cursor root) {
    Tree.Mapping.Entry stated = file.entries().get(FALSE_ALARMS);
    if (stated == null) {
      return Optional.empty();
    }
    Cursor atMost = root.at(AT_MOST);
    if (atMost.tree() == null) {
      atMost.refuse("how many monitors may share false_alarms", "add it");
    }
    Cursor own = root.at(DEFAULTS).at(FALSE_ALARMS);
    if (own.tree() != null) {
      own.refuse("none, as those of the directory are shared out", "keep one of both");
    }
    String[] parts = root.at(FALSE_ALARMS).text("").split(" per ", -1);
    if (parts.length < 2 || !atMost.isPresent()) {
      return Optional.empty();
    }
    // An n-th of the alerts in a time are as many in n times that time, exactly.
    Span time = Span.parse(parts[1]).orElseThrow().times(atMost.integer(1));
    Tree share =
        new Tree.Scalar(stated.value().position(), Tree.Type.TEXT, parts[0] + " per " + time);
    return Optional.of(new Tree.Mapping.Entry(stated.key(), share));
  }

  /** A monitor file with what it shares; what it states itself counts. */
  Tree.Mapping with(Tree.Mapping file, Problems problems) {
    Map<String, Tree.Mapping.Entry> entries = new LinkedHashMap<>(defaults);
    entries.putAll(file.entries());
    budget.ifPresent(
        share -> {
          if (file.child(FALSE_ALARMS) != null) {
            Cursor.of(file, problems)
                .at(FALSE_ALARMS)
                .refuse("none, as " + FILE + " shares out those of the directory", "remove it");
          }
          entries.put(FALSE_ALARMS, share);
        });
    return new Tree.Mapping(file.position(), entries);
  }
}
