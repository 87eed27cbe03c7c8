package dev.plumbline.pipeline.monitor;

import java.nio.file.Path;

/**
 * One thing wrong with a monitor file.
 *
 * @param path dotted keys from the root, list items as {@code [0]}; empty for the file as a whole
 * @param expected what the place should hold
 * @param came what it holds
 * @param remedy what to do about it; empty where {@code expected} says it already
 */
public record Problem(Position position, String path, String expected, String came, String remedy) {

  /** One line: {@code monitor.yaml:12: windows.pane: expected a duration ..., was "1x"}. */
  public String text(String file) {
    String hint = remedy.isEmpty() ? "" : "; " + remedy;
    String place =
        position.file().isEmpty() ? file : Path.of(file).resolveSibling(position.file()).toString();
    return place + ":" + position.line() + ": " + difference() + hint;
  }

  /**
   * The same for whoever knows the file's content but not its name, and gets the remedy apart:
   * {@code line 12: windows.pane: expected a duration ..., was "1x"}.
   */
  String text() {
    String file = position.file().isEmpty() ? "" : position.file() + ", ";
    return file + "line " + position.line() + ": " + difference();
  }

  private String difference() {
    String place = path.isEmpty() ? "" : path + ": ";
    return place + "expected " + expected + ", was " + came;
  }

  Problem with(String otherRemedy) {
    return new Problem(position, path, expected, came, otherRemedy);
  }
}
