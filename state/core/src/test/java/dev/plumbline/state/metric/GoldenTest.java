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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares everything with the values of the golden files (METRICS 13 and 14). */
final class GoldenTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("golden.dir", "../../../shared/metrics/golden"));

  private final Map<Path, GoldenRows> tables = new HashMap<>();
  private final SortedMap<String, Count> counts = new TreeMap<>();
  private final List<String> failures = new ArrayList<>();
  private final Set<String> notApplicable = new TreeSet<>();

  /** What was compared of a file. */
  private record Count(int entries, int values) {
    Count plus(Count other) {
      return new Count(entries + other.entries, values + other.values);
    }
  }

  @Test
  void everyValueIsReproduced() throws IOException {
    assumeTrue(Files.isDirectory(FOLDER), "no golden files at " + FOLDER.toAbsolutePath());

    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
        for (JsonNode entry : new ObjectMapper().readTree(file.toFile()).path("entries")) {
          counts.merge(
              file.getFileName().toString(),
              compare(new GoldenEntry(file, entry, tables)),
              Count::plus);
        }
      }
    }

    counts.forEach(
        (file, count) ->
            System.out.printf(
                "golden: %s: %d values of %d entries%n", file, count.values, count.entries));
    notApplicable.forEach(entry -> System.out.println("golden: not applicable: " + entry));
    assertThat(failures).as("%d failures", failures.size()).isEmpty();
    assertThat(counts.values()).anyMatch(count -> count.values > 0);
  }

  private Count compare(GoldenEntry entry) {
    String file = entry.file().getFileName().toString();
    Optional<GoldenChecks.Check> check = GoldenChecks.of(entry.metric());
    if (check.isEmpty()) {
      failures.add(file + ":" + entry.id() + ": unknown metric " + entry.metric());
      return new Count(1, 0);
    }
    GoldenValue.Book book = new GoldenValue.Book(entry.tolerance());
    try {
      check.get().compare(entry, book);
    } catch (IllegalArgumentException | NoSuchElementException e) {
      book.fail(e.toString());
    }
    if (book.compared() == 0 && book.reason().isEmpty()) {
      book.fail("nothing to compare");
    }
    book.reason().ifPresent(why -> notApplicable.add(file + ":" + entry.id() + ": " + why));
    book.failures().forEach(failure -> failures.add(file + ":" + entry.id() + ": " + failure));
    return new Count(1, book.compared());
  }
}
