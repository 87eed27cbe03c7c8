package dev.plumbline.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The checked-in files: a folder for every version of the contract, with what changed in it.
 * Missing ones are written to the newest when the tests run with {@code -Dgolden.write=true};
 * existing ones are never touched.
 */
final class GoldenFiles {

  private static final Path FOLDER = Path.of("src/test/resources/golden");

  /** Newest first. */
  private static final List<String> VERSIONS = List.of("v3", "v2", "v1");

  private GoldenFiles() {}

  /** Versions that have a file. */
  static List<String> versions(String file) {
    return VERSIONS.stream().filter(v -> Files.exists(FOLDER.resolve(v).resolve(file))).toList();
  }

  /** Versions that have a schema of a type of record. */
  static List<String> versions(Class<? extends SpecificRecord> type) {
    return versions(file(type));
  }

  /** The newest bytes of a record; made from the sample if there are none and may be written. */
  static byte[] bytes(String name, SpecificRecord sample) {
    return newest(name + ".bin", () -> WireFormat.frame(1, sample));
  }

  /** Bytes of a record as a version wrote them. */
  static byte[] bytes(String version, String name) {
    return read(FOLDER.resolve(version).resolve(name + ".bin"));
  }

  /** The newest schema of a type of record. */
  static Schema schema(Class<? extends SpecificRecord> type) {
    Schema current = Topic.of(type).schema().orElseThrow();
    return parse(newest(file(type), () -> text(type, current)));
  }

  /** As it is written already, if that is the same schema in other words. */
  private static byte[] text(Class<? extends SpecificRecord> type, Schema current) {
    Optional<byte[]> written =
        versions(type).stream().findFirst().map(v -> read(FOLDER.resolve(v).resolve(file(type))));
    return written.filter(text -> parse(text).equals(current)).orElseGet(() -> pretty(current));
  }

  private static byte[] pretty(Schema schema) {
    return (SchemaFormatter.format("json/pretty", schema) + "\n").getBytes(UTF_8);
  }

  /** The schema of a type of record in a version: its own or the last one before. */
  static Schema schema(String version, Class<? extends SpecificRecord> type) {
    String of =
        versions(type).stream().filter(v -> v.compareTo(version) <= 0).findFirst().orElseThrow();
    return parse(read(FOLDER.resolve(of).resolve(file(type))));
  }

  private static String file(Class<? extends SpecificRecord> type) {
    return type.getSimpleName().toLowerCase(Locale.ROOT) + ".avsc";
  }

  private static Schema parse(byte[] text) {
    return new Schema.Parser().parse(new String(text, UTF_8));
  }

  private static byte[] newest(String name, Supplier<byte[]> content) {
    if (Boolean.getBoolean("golden.write")) {
      write(name, content.get());
    }
    List<String> versions = versions(name);
    return read(
        FOLDER.resolve(versions.isEmpty() ? VERSIONS.get(0) : versions.get(0)).resolve(name));
  }

  /** Writes what differs from the newest version that has the file. */
  private static void write(String name, byte[] content) {
    Path file = FOLDER.resolve(VERSIONS.get(0)).resolve(name);
    List<String> versions = versions(name);
    boolean isSame =
        !versions.isEmpty()
            && Arrays.equals(content, read(FOLDER.resolve(versions.get(0)).resolve(name)));
    if (!isSame && !Files.exists(file)) {
      try {
        Files.createDirectories(FOLDER.resolve(VERSIONS.get(0)));
        Files.write(file, content);
      } catch (IOException e) {
        throw new UncheckedIOException("expected a folder to write to, was " + file, e);
      }
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("no golden file " + file + "; write it, once", e);
    }
  }
}
