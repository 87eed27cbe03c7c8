package dev.plumbline.cli.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;

/**
 * A schema as it was sent.
 *
 * @param references names, subjects and versions of the schemas that it refers to
 * @param avro the schema, if it is one of Avro; others are kept unread
 */
record Shelved(String type, String text, JsonNode references, Optional<Schema> avro) {

  private static final String AVRO = "AVRO";
  private static final Set<String> UNREAD = Set.of("JSON", "PROTOBUF");

  /** The schema in the body of a request. */
  static Shelved of(JsonNode body) {
    String type = body.path("schemaType").asText(AVRO);
    String text = body.path("schema").asText();
    if (!body.path("schema").isTextual() || !(type.equals(AVRO) || UNREAD.contains(type))) {
      throw new RegistryFault(
          RegistryFault.INVALID_SCHEMA,
          "expected {\"schema\": \"...\"}, and schemaType AVRO, JSON or PROTOBUF");
    }
    ArrayNode references = JsonNodeFactory.instance.arrayNode();
    body.path("references").forEach(references::add);
    return new Shelved(
        type, text, references, type.equals(AVRO) ? Optional.of(parse(text)) : Optional.empty());
  }

  private static Schema parse(String text) {
    try {
      return new Schema.Parser().parse(text);
    } catch (SchemaParseException e) {
      throw new RegistryFault(
          RegistryFault.INVALID_SCHEMA, "expected an Avro schema: " + e.getMessage());
    }
  }

  /** Documentation counts: a better text is a new version. */
  boolean isSame(Shelved other) {
    return type.equals(other.type)
        && shown().equals(other.shown())
        && references.equals(other.references);
  }

  private String shown() {
    return avro.map(Schema::toString).orElse(text);
  }

  /** What an answer says of it. */
  Map<String, Object> answer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("schema", shown());
    if (avro.isEmpty()) {
      answer.put("schemaType", type);
    }
    if (!references.isEmpty()) {
      answer.put("references", references);
    }
    return answer;
  }
}
