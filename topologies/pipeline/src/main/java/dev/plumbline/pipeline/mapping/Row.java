package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.List;
import java.util.Optional;

/** A decoded record of the user. */
public interface Row {

  /** Has nothing. */
  Row NONE = path -> Value.ABSENT;

  /** The value at a path; {@link Value#ABSENT} if any step of it is not there. */
  Value at(FieldPath path);

  /** The same; says that the value seldom repeats, so that its text is not worth keeping. */
  default Value uniqueAt(FieldPath path) {
    return at(path);
  }

  /** The paths of all values that are no records, in the order of the record. */
  default List<String> leaves() {
    return List.of();
  }

  /** Name of the record's type; empty where the format has none. */
  default String type() {
    return "";
  }

  /** The elements of the list at a path; empty if there is no list. */
  default Optional<List<Row>> elements(FieldPath path) {
    return Optional.empty();
  }

  /** The record that is nested at a path; empty if there is none. */
  default Optional<Row> part(FieldPath path) {
    return Optional.empty();
  }
}
