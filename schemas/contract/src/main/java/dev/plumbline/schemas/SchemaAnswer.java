package dev.plumbline.schemas;

import java.util.Map;
import java.util.function.Function;
import org.apache.avro.Schema;

/** What a registry says when it is asked for the schema with an id. */
public sealed interface SchemaAnswer {

  /** An Avro schema. */
  record Known(Schema schema) implements SchemaAnswer {
    @Override
    public <T> T fold(
        Function<Known, T> known,
        Function<Text, T> text,
        Function<Unknown, T> unknown,
        Function<Unavailable, T> other) {
      return known.apply(this);
    }
  }

  /**
   * A schema of another type, unread.
   *
   * @param type as the registry calls it: {@link #JSON} or {@link #PROTOBUF}
   * @param text the schema as it was registered
   * @param imports texts of the schemas that it refers to, directly or not, by the name it uses
   */
  record Text(String type, String text, Map<String, String> imports) implements SchemaAnswer {

    /** JSON Schema. */
    public static final String JSON = "JSON";

    /** A .proto file. */
    public static final String PROTOBUF = "PROTOBUF";

    public Text {
      imports = Map.copyOf(imports);
    }

    @Override
    public <T> T fold(
        Function<Known, T> known,
        Function<Text, T> text,
        Function<Unknown, T> unknown,
        Function<Unavailable, T> other) {
      return text.apply(this);
    }
  }

  /** The registry is there and has no such schema: a definite answer. */
  record Unknown(int id) implements SchemaAnswer {
    @Override
    public <T> T fold(
        Function<Known, T> known,
        Function<Text, T> text,
        Function<Unknown, T> unknown,
        Function<Unavailable, T> other) {
      return unknown.apply(this);
    }
  }

  /**
   * No definite answer: ask again later. No record may be rejected because of this.
   *
   * @param problem names the registry, what it answered, and the remedy
   */
  record Unavailable(String problem) implements SchemaAnswer {
    @Override
    public <T> T fold(
        Function<Known, T> known,
        Function<Text, T> text,
        Function<Unknown, T> unknown,
        Function<Unavailable, T> other) {
      return other.apply(this);
    }
  }

  /** Applies the function of the case that this is. */
  <T> T fold(
      Function<Known, T> known,
      Function<Text, T> text,
      Function<Unknown, T> unknown,
      Function<Unavailable, T> unavailable);
}
