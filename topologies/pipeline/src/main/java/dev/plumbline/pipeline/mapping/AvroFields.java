package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Where the paths of the monitor file begin in the records of one schema, each looked up once. Not
 * safe for use by several threads.
 */
final class AvroFields {

  private final Schema schema;
  private final IdentityHashMap<FieldPath, Start> starts = new IdentityHashMap<>();
  private final IdentityHashMap<Schema, AvroFields> parts = new IdentityHashMap<>();

  /**
   * The beginning of a path.
   *
   * @param field its first step
   * @param keys for each step, the key under which an Avro map would hold it
   */
  record Start(Schema.Field field, List<Utf8> keys) {}

  AvroFields(Schema schema) {
    this.schema = schema;
  }

  /** The fields of another record, here or nested. */
  @SuppressWarnings("ReferenceEquality") // readers hand out the instance itself
  AvroFields of(Schema part) {
    return part == schema ? this : parts.computeIfAbsent(part, AvroFields::new);
  }

  /** The beginning of a path, or null if no field has the name of its first step. */
  @Nullable Start start(FieldPath path) {
    Start known = starts.get(path);
    if (known != null) {
      return known;
    }
    Schema.Field field = path.steps().isEmpty() ? null : schema.getField(path.steps().get(0));
    if (field == null) {
      return null;
    }
    Start start = new Start(field, path.steps().stream().map(Utf8::new).toList());
    starts.put(path, start);
    return start;
  }
}
