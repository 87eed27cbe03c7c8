package dev.plumbline.cli.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes Avro records as JSON objects with the same fields in the same order: times as ISO-8601 in
 * UTC, enums as their symbols, null as null. Where a union holds several kinds of records, the
 * object begins with a field {@code type}, the name of the kind.
 */
public final class JsonLines {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int TYPICAL_BYTES = 1024;

  private JsonLines() {}

  /** One line in UTF-8, ended by a line feed. */
  public static byte[] line(IndexedRecord row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      object(row, false, json);
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void object(IndexedRecord row, boolean isNamed, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    if (isNamed) {
      json.writeStringField("type", row.getSchema().getName());
    }
    for (Schema.Field field : row.getSchema().getFields()) {
      json.writeFieldName(field.name());
      value(row.get(field.pos()), field.schema(), json);
    }
    json.writeEndObject();
  }

  private static void value(@Nullable Object value, Schema schema, JsonGenerator json)
      throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof IndexedRecord row) {
      object(row, isChoice(schema), json);
    } else if (value instanceof Collection<?> items) {
      json.writeStartArray();
      for (Object item : items) {
        value(item, schema, json);
      }
      json.writeEndArray();
    } else if (value instanceof Instant || value instanceof Enum || value instanceof CharSequence) {
      json.writeString(value.toString());
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else {
      number((Number) value, json);
    }
  }

  private static void number(Number value, JsonGenerator json) throws IOException {
    if (value instanceof Double || value instanceof Float) {
      json.writeNumber(value.doubleValue());
    } else {
      json.writeNumber(value.longValue());
    }
  }

  private static boolean isChoice(Schema schema) {
    return schema.getType() == Schema.Type.UNION
        && schema.getTypes().stream().filter(type -> type.getType() == Schema.Type.RECORD).count()
            > 1;
  }
}
