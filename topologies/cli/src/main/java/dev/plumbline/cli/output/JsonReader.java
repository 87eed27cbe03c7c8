package dev.plumbline.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.codec.Published.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Reads the files that a replay wrote: what {@link JsonLines} writes, back into Avro records. */
public final class JsonReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SpecificData DATA = SpecificData.get();

  private JsonReader() {}

  /**
   * Reads one of the files of a folder.
   *
   * @throws Failure if it is not there or was not written by a replay
   */
  public static void read(Path folder, Output output, Consumer<SpecificRecord> records) {
    Path file = folder.resolve(output.name().toLowerCase(Locale.ROOT) + ".jsonl");
    Schema schema = output.topic().schema().orElseThrow();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        records.accept((SpecificRecord) record(JSON.readTree(line), schema));
      }
    } catch (JsonProcessingException
        | AvroRuntimeException
        | DateTimeParseException
        | ClassCastException broken) {
      throw Failure.problem(
          "%s:%d: expected a line that plumbline replay wrote, was another; replay again"
              .formatted(file, number),
          broken);
    } catch (IOException unreadable) {
      throw Failure.problem(
          "%s: expected a file that plumbline replay wrote, was none that can be read; name the"
                  .formatted(file)
              + " folder of its --output",
          unreadable);
    }
  }

  private static @Nullable Object value(JsonNode node, Schema schema) {
    if (schema.getType() == Schema.Type.UNION) {
      return node.isNull() ? null : value(node, branch(node, schema));
    }
    return switch (schema.getType()) {
      case RECORD -> record(node, schema);
      case ARRAY -> list(node, schema.getElementType());
      case ENUM -> DATA.createEnum(node.asText(), schema);
      case INT -> node.intValue();
      case LONG -> node.isTextual() ? Instant.parse(node.asText()) : (Object) node.longValue();
      case DOUBLE -> node.doubleValue();
      case BOOLEAN -> node.booleanValue();
      default -> node.asText();
    };
  }

  private static Object record(JsonNode node, Schema schema) {
    SpecificRecord record = (SpecificRecord) DATA.newRecord(null, schema);
    for (Schema.Field field : schema.getFields()) {
      JsonNode value = node.get(field.name());
      record.put(
          field.pos(), value == null ? DATA.getDefaultValue(field) : value(value, field.schema()));
    }
    return record;
  }

  private static List<@Nullable Object> list(JsonNode node, Schema schema) {
    List<@Nullable Object> items = new ArrayList<>();
    node.forEach(item -> items.add(value(item, schema)));
    return items;
  }

  /** The one kind that is not null; of several records the one that the object names. */
  private static Schema branch(JsonNode node, Schema union) {
    String kind = node.path("type").asText();
    List<Schema> kinds =
        union.getTypes().stream().filter(type -> type.getType() != Schema.Type.NULL).toList();
    return kinds.stream()
        .filter(type -> kinds.size() == 1 || type.getName().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AvroRuntimeException("no kind of that name in the schema"));
  }
}
