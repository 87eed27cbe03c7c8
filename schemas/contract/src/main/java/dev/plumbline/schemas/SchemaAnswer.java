package dev.plumbline.schemas;

import java.util.function.Function;
import org.apache.avro.Schema;

/** What a registry says when it is asked for the schema with an id. */
public sealed interface SchemaAnswer {

  /** The schema. */
  record Known(Schema schema) implements SchemaAnswer {
    @Override
    public <T> T fold(
        Function<Known, T> known, Function<Unknown, T> unknown, Function<Unavailable, T> other) {
      return known.apply(this);
    }
  }

  /** The registry is there and has no such schema: a definite answer. */
  record Unknown(int id) implements SchemaAnswer {
    @Override
    public <T> T fold(
        Function<Known, T> known, Function<Unknown, T> unknown, Function<Unavailable, T> other) {
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
        Function<Known, T> known, Function<Unknown, T> unknown, Function<Unavailable, T> other) {
      return other.apply(this);
    }
  }

  /** Applies the function of the case that this is. */
  <T> T fold(
      Function<Known, T> known, Function<Unknown, T> unknown, Function<Unavailable, T> unavailable);
}
