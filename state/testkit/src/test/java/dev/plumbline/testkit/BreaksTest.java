package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The list of breaks fits the code; whether a test notices each is for {@code try-breaks}. */
final class BreaksTest {

  private static final Path ROOT = Path.of("..", "..");
  private static final Path LIST = Path.of("breaks", "breaks.txt");

  private record Break(String name, Path file, List<String> before) {}

  @ParameterizedTest
  @MethodSource("breaks")
  void theLinesToBreakAreFoundOnce(Break one) throws IOException {
    String source = Files.readString(ROOT.resolve(one.file));
    String lines =
        one.before.stream().map(Pattern::quote).collect(Collectors.joining("\\s*\\n\\s*"));

    assertThat(Pattern.compile(lines).matcher(source).results())
        .as("%s: %s in %s; %s must follow the code", one.name, one.before, one.file, LIST)
        .hasSize(1);
  }

  private static Stream<Break> breaks() throws IOException {
    return Stream.of(Files.readString(LIST).split("(?m)^break ")).skip(1).map(BreaksTest::parse);
  }

  private static Break parse(String text) {
    List<String> lines = text.lines().toList();
    return new Break(lines.get(0), Path.of(after("file ", lines).get(0)), after("- ", lines));
  }

  private static List<String> after(String mark, List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith(mark))
        .map(line -> line.substring(mark.length()).strip())
        .toList();
  }
}
