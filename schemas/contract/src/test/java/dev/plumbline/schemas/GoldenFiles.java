package dev.plumbline.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.schemas.avro.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The checked-in files of every version: a folder of a version holds the schemas that changed in
 * it, and records written with them. Those that are missing in the newest are written when the
 * tests run with {@code -Dgolden.write=true}; existing ones are never touched.
 */
final class GoldenFiles {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** Schemas that have changed, and the version in which they last did; the others are of v1. */
  private static final Map<Class<?>, String> NEWEST = Map.of(Metrics.class, "v2");

  private static final String FIRST = "v1";

  private GoldenFiles() {}

  /** The versions of a topic's schema, the newest last. */
  static List<String> versions(Class<? extends SpecificRecord> type) {
    String newest = newest(type);
    return newest.equals(FIRST) ? List.of(FIRST) : List.of(FIRST, newest);
  }

  /** The versions in which a record was written; the newest is always among them. */
  static List<String> versions(String name, Class<? extends SpecificRecord> type) {
    return versions(type).stream()
        .filter(
            version ->
                version.equals(newest(type))
                    || Files.exists(FOLDER.resolve(version).resolve(name + ".bin")))
        .toList();
  }

  /** The version in which a topic's schema last changed. */
  static String newest(Class<? extends SpecificRecord> type) {
    return NEWEST.getOrDefault(type, FIRST);
  }

  /** Bytes of a record; made from the sample if the file is missing and may be written. */
  static byte[] bytes(String version, String name, SpecificRecord sample) {
    return read(version, name + ".bin", () -> WireFormat.frame(1, sample));
  }

  /** A version of a topic's schema. */
  static Schema schema(String version, Class<? extends SpecificRecord> type) {
    Topic topic = Topic.of(type);
    String name = type.getSimpleName().toLowerCase(Locale.ROOT) + ".avsc";
    byte[] text =
        read(
            version,
            name,
            () ->
                (SchemaFormatter.format("json/pretty", topic.schema().orElseThrow()) + "\n")
                    .getBytes(UTF_8));
    return new Schema.Parser().parse(new String(text, UTF_8));
  }

  private static byte[] read(String version, String name, Supplier<byte[]> content) {
    Path file = FOLDER.resolve(version).resolve(name);
    try {
      if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, content.get());
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("no golden file " + file + "; write it, once", e);
    }
  }
}
