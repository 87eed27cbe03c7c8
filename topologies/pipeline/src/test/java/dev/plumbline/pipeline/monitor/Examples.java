package dev.plumbline.pipeline.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Monitor files to test with. */
public final class Examples {

  /** Uses every key. */
  public static final String CREDIT = text("credit.yaml");

  /** Uses no optional key. */
  public static final String MINIMAL = text("minimal.yaml");

  static final String TEN_PROBLEMS = text("ten-problems.yaml");

  /** Files outside this module. */
  static final List<Path> SHIPPED =
      List.of(
          Path.of("..", "..", "e2e", "monitors", "compas_general.yaml"),
          Path.of("..", "..", "e2e", "monitors", "acs_designed.yaml"),
          Path.of("..", "..", "e2e", "monitors", "acs_elsewhere.yaml"));

  private Examples() {}

  private static String text(String name) {
    try (InputStream stream = Examples.class.getResourceAsStream(name)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The monitor of a text without problems. */
  public static Monitor monitor(String text) {
    return MonitorFile.parse(text, "monitor.yaml").orThrow();
  }

  /** The text with one part replaced, which must be there. */
  public static String with(String text, String part, String other) {
    if (!text.contains(part)) {
      throw new IllegalArgumentException("expected the example to contain " + part);
    }
    return text.replace(part, other);
  }

  /** One line for each problem of a text. */
  public static List<String> problems(String text) {
    return MonitorFile.parse(text, "monitor.yaml")
        .fold(
            valid -> List.of(),
            invalid ->
                invalid.problems().stream().map(problem -> problem.text("monitor.yaml")).toList());
  }
}
