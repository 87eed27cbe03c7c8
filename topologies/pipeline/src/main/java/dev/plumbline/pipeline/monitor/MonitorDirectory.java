package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.MonitorFile.Invalid;
import dev.plumbline.pipeline.monitor.MonitorFile.Reading;
import dev.plumbline.pipeline.monitor.MonitorFile.Valid;
import dev.plumbline.state.record.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The monitor files of a directory: its files {@code *.yaml} and {@code *.yml}, but for {@code
 * plumbline.yaml}, which says what they share, and for hidden ones.
 *
 * @param files by path, in the order of their names
 */
public record MonitorDirectory(Map<Path, Reading> files) {

  public MonitorDirectory {
    files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
  }

  /**
   * Reads all files. Those that are right by themselves but of one name, and those beyond the
   * number that may share the budget of false alarms, are wrong too.
   *
   * @param settled files that have their share of the budget; others come after them
   * @throws IOException if it is no directory that can be read
   */
  public static MonitorDirectory read(Path directory, Set<Path> settled) throws IOException {
    Map<Path, Reading> files = new TreeMap<>();
    for (Path file : monitorFiles(directory)) {
      files.put(file, MonitorFile.read(file));
    }
    refuseNamesakes(files);
    OptionalInt atMost = SharedKeys.of(directory, new Problems()).atMost();
    if (atMost.isPresent()) {
      refuseBeyond(atMost.getAsInt(), files, settled);
    }
    return new MonitorDirectory(files);
  }

  /**
   * What the files hold, as a text that changes with it. Cheap: nothing is parsed.
   *
   * @throws IOException if it is no directory that can be read
   */
  public static String fingerprint(Path directory) throws IOException {
    List<Path> files = new ArrayList<>(monitorFiles(directory));
    files.add(directory.resolve(SharedKeys.FILE));
    files.sort(null);
    return Sha256.hex(files.stream().map(file -> file + " " + digest(file)).toArray(String[]::new));
  }

  private static String digest(Path file) {
    try {
      return Sha256.hex(Files.readAllBytes(file));
    } catch (IOException unreadable) {
      return unreadable.getClass().getName();
    }
  }

  private static List<Path> monitorFiles(Path directory) throws IOException {
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.filter(MonitorDirectory::isMonitorFile).toList();
    }
  }

  private static boolean isMonitorFile(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".yaml") || name.endsWith(".yml"))
        && !name.startsWith(".")
        && !name.equals(SharedKeys.FILE)
        && !Files.isDirectory(file);
  }

  private static void refuseNamesakes(Map<Path, Reading> files) {
    Map<String, List<Path>> byName = new HashMap<>();
    monitors(files)
        .forEach(
            (file, monitor) ->
                byName.computeIfAbsent(monitor.name(), name -> new ArrayList<>()).add(file));
    for (List<Path> namesakes : byName.values()) {
      for (Path file : namesakes.size() > 1 ? namesakes : List.<Path>of()) {
        Path other = namesakes.get(namesakes.get(0).equals(file) ? 1 : 0);
        files.computeIfPresent(
            file,
            (path, reading) ->
                refused(
                    reading,
                    "a name of its own",
                    "that of " + other.getFileName() + " too",
                    "rename one; the name is part of topics and states"));
      }
    }
  }

  private static void refuseBeyond(int atMost, Map<Path, Reading> files, Set<Path> settled) {
    List<Path> order = new ArrayList<>(monitors(files).keySet());
    order.sort(Comparator.comparing((Path file) -> !settled.contains(file)));
    for (Path file : order.subList(Math.min(atMost, order.size()), order.size())) {
      files.computeIfPresent(
          file,
          (path, reading) ->
              refused(
                  reading,
                  "one of the " + atMost + " monitors that share false_alarms",
                  "one more",
                  "raise monitors_at_most in " + SharedKeys.FILE + ", which lowers all shares"));
    }
  }

  /** The file of a monitor that is right by itself, as one that is not. */
  private static Reading refused(Reading reading, String expected, String came, String remedy) {
    return reading.fold(
        valid -> {
          Source source = valid.monitor().source();
          Position place = source.position("monitor");
          return new Invalid(
              source.file(), List.of(new Problem(place, "monitor", expected, came, remedy)));
        },
        invalid -> invalid);
  }

  /** The monitors of the files that are right, in the order of the files' names. */
  public Map<Path, Monitor> monitors() {
    return monitors(files);
  }

  private static Map<Path, Monitor> monitors(Map<Path, Reading> files) {
    Map<Path, Monitor> monitors = new LinkedHashMap<>();
    files.forEach(
        (file, reading) -> {
          if (reading instanceof Valid valid) {
            monitors.put(file, valid.monitor());
          }
        });
    return monitors;
  }
}
