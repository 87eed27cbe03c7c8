package dev.plumbline.e2e.real;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Files of the folder that the system property {@code shared.dir} names. */
final class SharedFiles {

  private SharedFiles() {}

  /** Skips the test where the file is not there. */
  static Path path(String name) {
    Path file = Path.of(System.getProperty("shared.dir", "../../shared"), name);
    assumeTrue(Files.exists(file), () -> "skipped: there is no " + file);
    return file;
  }

  /** The lines of a CSV file, gzipped or not, without its header. */
  static List<String> rows(String name) {
    List<String> lines = lines(name);
    return lines.subList(1, lines.size());
  }

  /** The lines of a CSV file, gzipped or not; the first one names the columns. */
  static List<String> lines(String name) {
    Path file = path(name);
    try (InputStream bytes = Files.newInputStream(file);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("expected a readable CSV file, was " + file, e);
    }
  }

  /** A JSON file. */
  static JsonNode json(String name) {
    Path file = path(name);
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("expected a readable JSON file, was " + file, e);
    }
  }
}
