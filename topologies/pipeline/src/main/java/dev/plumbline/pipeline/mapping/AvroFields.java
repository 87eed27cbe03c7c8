package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.IdentityHashMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a schema at which the paths of the monitor file begin, each looked up once. Not
 * safe for use by several threads.
 */
final class AvroFields {

  private final Schema schema;
  private final IdentityHashMap<FieldPath, Schema.Field> firsts = new IdentityHashMap<>();

  AvroFields(Schema schema) {
    this.schema = schema;
  }

  /** The field of a path's first step, or null. */
  Schema.@Nullable Field first(FieldPath path) {
    Schema.Field known = firsts.get(path);
    if (known != null) {
      return known;
    }
    Schema.Field field = schema.getField(path.steps().get(0));
    if (field != null) {
      firsts.put(path, field);
    }
    return field;
  }
}
