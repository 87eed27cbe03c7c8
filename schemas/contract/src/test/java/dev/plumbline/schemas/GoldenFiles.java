package dev.plumbline.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.specific.SpecificRecord;

/**
 * The checked-in files of version 1. Missing ones are written when the tests run with {@code
 * -Dgolden.write=true}; existing ones are never touched.
 */
final class GoldenFiles {

  private static final Path FOLDER = Path.of("src/test/resources/golden/v1");

  private GoldenFiles() {}

  /** Bytes of a record; made from the sample if the file is missing and may be written. */
  static byte[] bytes(String name, SpecificRecord sample) {
    return read(name + ".bin", () -> WireFormat.frame(1, sample));
  }

  /** Version 1 of a topic's schema. */
  static Schema schema(Class<? extends SpecificRecord> type) {
    Topic topic = Topic.of(type);
    String name = type.getSimpleName().toLowerCase(Locale.ROOT) + ".avsc";
    byte[] text =
        read(
            name,
            () ->
                (SchemaFormatter.format("json/pretty", topic.schema().orElseThrow()) + "\n")
                    .getBytes(UTF_8));
    return new Schema.Parser().parse(new String(text, UTF_8));
  }

  private static byte[] read(String name, Supplier<byte[]> content) {
    Path file = FOLDER.resolve(name);
    try {
      if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
        Files.write(file, content.get());
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("no golden file " + file + "; write it, once", e);
    }
  }
}
