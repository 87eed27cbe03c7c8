package dev.plumbline.pipeline.mapping;

import org.apache.avro.Schema;

/** What a schema registry says about a schema id. Implementations cache definite answers. */
@FunctionalInterface
public interface SchemaLookup {

  /** The answer for an id of the Confluent wire format. */
  Answer schema(int id);

  /** An answer, or that there is none now. */
  sealed interface Answer {

    /** The id is this schema. */
    record Known(Schema schema) implements Answer {}

    /** The registry says that it has no such id. */
    record Unknown() implements Answer {}

    /**
     * The registry did not answer; asking again later may help.
     *
     * @param cause what went wrong, for the operator
     */
    record Unavailable(String cause) implements Answer {}
  }
}
