package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.List;

/** Where the id of a prediction or label is. */
public sealed interface IdSource {

  /** The same in the rows of a file, where record keys are texts. */
  default IdSource ofRows() {
    return this;
  }

  /**
   * In one field, or in several together.
   *
   * @param paths at least one
   */
  record Paths(List<FieldPath> paths) implements IdSource {

    public Paths {
      paths = List.copyOf(paths);
    }
  }

  /** The record key itself. */
  record Key(KeyForm form) implements IdSource {

    @Override
    public IdSource ofRows() {
      return new Key(KeyForm.TEXT);
    }
  }

  /** In a field of a record key that has fields. */
  record KeyField(KeyFormat format, FieldPath path) implements IdSource {

    @Override
    public IdSource ofRows() {
      return new KeyField(KeyFormat.JSON, path);
    }
  }

  /** In a header of the record. */
  record Header(String name) implements IdSource {}

  /** How a key that is one value is written. */
  enum KeyForm {
    /** UTF-8. */
    TEXT,
    /** Eight bytes, big-endian. */
    LONG,
    /** Four bytes, big-endian. */
    INT
  }

  /** Format of a key that has fields. */
  enum KeyFormat {
    /** A JSON object, with or without the header of the Confluent wire format. */
    JSON,
    /** Avro in the Confluent wire format. */
    AVRO,
    /** Protobuf in the Confluent wire format. */
    PROTOBUF
  }
}
