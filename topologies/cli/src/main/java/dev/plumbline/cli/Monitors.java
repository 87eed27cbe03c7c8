package dev.plumbline.cli;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.state.record.IdHash;
import java.io.UncheckedIOException;
import java.nio.file.Path;

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
