package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares everything built so far with the values of the golden files (METRICS 13 and 14). */
final class GoldenTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("golden.dir", "../../../shared/metrics/golden"));

  /** Files whose every metric is of this package; an unknown one there is a failure. */
  private static final Set<String> OWN = Set.of("00", "06", "12", "13");

  private final Map<Path, GoldenRows> tables = new HashMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<String> notKnownYet = new TreeSet<>();
  private int values;
  private int entries;

  @Test
  void everyValueOfAKnownMetricIsReproduced() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no golden files at " + FOLDER.toAbsolutePath());

    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        for (JsonNode entry : new ObjectMapper().readTree(file.toFile()).path("entries")) {
          compare(new GoldenEntry(file, entry, tables));
        }
      }
    }

    System.out.println(
        "golden: "
            + values
            + " values of "
            + entries
            + " entries checked; not known yet: "
            + notKnownYet);
    assertThat(failures).as("%d failures", failures.size()).isEmpty();
    assertThat(values).isPositive();
  }

  private void compare(GoldenEntry entry) {
    String file = entry.file().getFileName().toString();
    Optional<GoldenChecks.Check> check = GoldenChecks.of(entry.metric());
    if (check.isPresent()) {
      GoldenValue.Book book = new GoldenValue.Book(entry.tolerance());
      try {
        check.get().compare(entry, book);
      } catch (IllegalArgumentException | NoSuchElementException e) {
        book.fail(e.toString());
      }
      if (book.compared() == 0) {
        book.fail("nothing to compare");
      }
      book.failures().forEach(failure -> failures.add(file + ":" + entry.id() + ": " + failure));
      book.later().forEach(field -> notKnownYet.add(file + ":" + entry.metric() + "/" + field));
      values += book.compared();
      entries++;
    } else if (OWN.contains(file.substring(0, 2))) {
      failures.add(file + ":" + entry.id() + ": unknown metric " + entry.metric());
    } else {
      notKnownYet.add(file + ":" + entry.metric());
    }
  }
}
