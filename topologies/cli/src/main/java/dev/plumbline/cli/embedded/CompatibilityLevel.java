package dev.plumbline.cli.embedded;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What a new schema of a subject must be able to do with the schemas before it. */
enum CompatibilityLevel {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean readsOlder;
  private final boolean readByOlder;
  private final boolean all;

  CompatibilityLevel(boolean readsOlder, boolean readByOlder, boolean all) {
    this.readsOlder = readsOlder;
    this.readByOlder = readByOlder;
    this.all = all;
  }

  static CompatibilityLevel parse(String text) {
    for (CompatibilityLevel level : values()) {
      if (level.name().equals(text)) {
        return level;
      }
    }
    throw new RegistryFault(
        RegistryFault.INVALID_LEVEL,
        "compatibility must be one of " + List.of(values()) + ", was " + text);
  }

  /**
   * Whether a schema may follow others.
   *
   * @param earlier oldest first
   */
  boolean admits(Schema next, List<Schema> earlier) {
    int first = all ? 0 : Math.max(0, earlier.size() - 1);
    return earlier.subList(first, earlier.size()).stream()
        .allMatch(
            older -> (!readsOlder || reads(next, older)) && (!readByOlder || reads(older, next)));
  }

  private static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }
}
