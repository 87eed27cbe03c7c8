package dev.plumbline.pipeline.monitor;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads monitor files, and says everything that is wrong with one at once. */
public final class MonitorFile {

  private MonitorFile() {}

  /** What reading a monitor file led to. */
  public sealed interface Reading {

    /** Takes the two cases apart. */
    <T> T fold(Function<Valid, T> valid, Function<Invalid, T> invalid);

    /**
     * The monitor.
     *
     * @throws InvalidMonitorException with the text of all problems, if there are any
     */
    default Monitor orThrow() {
      return fold(
          Valid::monitor,
          invalid -> {
            throw new InvalidMonitorException(invalid);
          });
    }
  }

  /** The file is right. */
  public record Valid(Monitor monitor) implements Reading {

    @Override
    public <T> T fold(Function<Valid, T> valid, Function<Invalid, T> invalid) {
      return valid.apply(this);
    }
  }

  /**
   * The file is wrong.
   *
   * @param problems at least one, by place in the file
   */
  public record Invalid(String file, List<Problem> problems) implements Reading {

    public Invalid {
      problems = List.copyOf(problems);
    }

    @Override
    public <T> T fold(Function<Valid, T> valid, Function<Invalid, T> invalid) {
      return invalid.apply(this);
    }

    /** One line for each problem. */
    public String text() {
      return problems.stream()
          .map(problem -> problem.text(file))
          .collect(Collectors.joining(System.lineSeparator()));
    }
  }

  /**
   * Reads a file, with what the {@code plumbline.yaml} beside it gives to all monitors there; one
   * that cannot be read is a problem like others.
   */
  public static Reading read(Path file) {
    try {
      String text = Files.readString(file);
      Problems problems = new Problems();
      SharedKeys shared = SharedKeys.of(file.resolveSibling(""), problems);
      return problems.isEmpty()
          ? parse(text, file.toString(), shared)
          : new Invalid(file.toString(), problems.sorted());
    } catch (CharacterCodingException notText) {
      return unreadable(file, "a file that is not UTF-8");
    } catch (IOException unreadable) {
      if (Files.isDirectory(file)) {
        return unreadable(file, "a folder; name the file in it");
      }
      String came = Files.exists(file) ? "a file that cannot be read" : "no such file";
      return unreadable(file, came);
    }
  }

  private static Invalid unreadable(Path file, String came) {
    Problem problem = new Problem(Position.START, "", "a readable UTF-8 file", came, "");
    return new Invalid(file.toString(), List.of(problem));
  }

  /** Reads the text of a file; {@code name} is how messages call it. */
  public static Reading parse(String text, String name) {
    return parse(text, name, SharedKeys.NONE);
  }

  private static Reading parse(String text, String name, SharedKeys shared) {
    Problems problems = new Problems();
    Optional<Tree.Mapping> own = TreeParser.parse(text, "", problems);
    if (own.isEmpty()) {
      return new Invalid(name, problems.sorted());
    }
    Tree.Mapping file = shared.with(own.get(), problems);
    Shape.check(file, problems);
    Monitor monitor = new MonitorReader(file, Source.of(name, file), problems).read();
    if (problems.isEmpty()) {
      Sizes.of(monitor).refused(monitor.source()).forEach(problems::add);
    }
    return problems.isEmpty() ? new Valid(monitor) : new Invalid(name, problems.sorted());
  }
}
