package dev.plumbline.cli;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorDirectory;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.state.record.IdHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Monitor files of commands that need a valid one. */
final class Monitors {

  private Monitors() {}

  /**
   * The monitor of a file.
   *
   * @throws Failure with all problems, if there are any
   */
  static Monitor read(Path file) {
    return MonitorFile.read(file)
        .fold(
            MonitorFile.Valid::monitor,
            invalid -> {
              throw Failure.problem(
                  "the monitor file has problems:" + System.lineSeparator() + invalid.text());
            });
  }

  /**
   * The monitor files of a directory, right and wrong ones.
   *
   * @throws Failure if there is none
   */
  static MonitorDirectory directory(Path directory) {
    try {
      MonitorDirectory read = MonitorDirectory.read(directory, Set.of());
      if (read.files().isEmpty()) {
        throw Failure.problem(directory + ": expected monitor files *.yaml in it, was none");
      }
      return read;
    } catch (IOException unreadable) {
      throw Failure.problem(directory + ": expected a directory that can be read", unreadable);
    }
  }

  /**
   * The monitors of a directory.
   *
   * @throws Failure with all problems, if there are any, or if there is no monitor
   */
  static Collection<Monitor> readAll(Path directory) {
    MonitorDirectory read = directory(directory);
    List<String> problems =
        read.files().values().stream()
            .flatMap(reading -> reading.fold(v -> "", MonitorFile.Invalid::text).lines())
            .distinct()
            .toList();
    if (!problems.isEmpty()) {
      throw Failure.problem(
          "the monitor files have problems:"
              + System.lineSeparator()
              + String.join(System.lineSeparator(), problems));
    }
    return read.monitors().values();
  }

  /**
   * The key of id hashes.
   *
   * @throws Failure if the monitor names a secret that is not there
   */
  static IdHash.Key idKey(Monitor monitor) {
    try {
      return monitor.settings().idKey().key(System.getenv());
    } catch (IllegalStateException | UncheckedIOException missing) {
      throw Failure.problem(String.valueOf(missing.getMessage()), missing);
    }
  }
}
