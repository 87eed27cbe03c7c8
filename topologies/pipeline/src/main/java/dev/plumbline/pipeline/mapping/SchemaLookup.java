package dev.plumbline.pipeline.mapping;

import java.util.Map;
import org.apache.avro.Schema;

/** What a schema registry says about a schema id. Implementations cache definite answers. */
@FunctionalInterface
public interface SchemaLookup {

  /** The answer for an id of the Confluent wire format. */
  Answer schema(int id);

  /** An answer, or that there is none now. */
  sealed interface Answer {

    /** The id is this Avro schema. */
    record Known(Schema schema) implements Answer {}

    /**
     * The id is a schema of another type.
     *
     * @param type as the registry calls it: {@link #JSON} or {@link #PROTOBUF}
     * @param text the schema as it was registered
     * @param imports texts of the schemas that it refers to, by the name that it uses
     */
    record Text(String type, String text, Map<String, String> imports) implements Answer {

      /** JSON Schema. */
      public static final String JSON = "JSON";

      /** A .proto file. */
      public static final String PROTOBUF = "PROTOBUF";

      public Text {
        imports = Map.copyOf(imports);
      }
    }

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
