package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.state.record.RejectReason;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the schemas of a registry mean to a decoder, each compiled once. Not safe for use by several
 * threads.
 *
 * @param <S> what a schema becomes
 */
final class SchemaCache<S> {

  /** Most schemas kept; a topic with more than this is read all the same, but slowly. */
  private static final int MAX_SCHEMAS = 1_000;

  /** Makes a decoder's own form of a schema. */
  interface Compiler<S> {

    /** Refuses the record if the schema is of another type or broken. */
    S compile(int id, Answer answer);
  }

  private final SchemaLookup registry;
  private final Compiler<S> compiler;
  private final Map<Integer, S> schemas = new HashMap<>();
  private final Map<Integer, Refusal> unfit = new HashMap<>();

  SchemaCache(SchemaLookup registry, Compiler<S> compiler) {
    this.registry = registry;
    this.compiler = compiler;
  }

  /**
   * The schema that bytes name in their header; refuses the record without one.
   *
   * @throws RegistryUnavailableException if the registry does not answer
   */
  S of(byte[] bytes) {
    OptionalInt header = WireFormat.schemaId(bytes);
    if (header.isEmpty()) {
      throw new Refusal(
          RejectReason.UNDECODABLE,
          "expected the Confluent wire format (a zero byte and a schema id), was another first"
              + " byte or less than "
              + WireFormat.HEADER_BYTES
              + " bytes");
    }
    int id = header.getAsInt();
    S known = schemas.get(id);
    return known != null ? known : ask(id);
  }

  private S ask(int id) {
    Refusal refused = unfit.get(id);
    if (refused != null) {
      throw refused;
    }
    Answer answer = registry.schema(id);
    if (answer instanceof Answer.Unavailable unavailable) {
      throw new RegistryUnavailableException(id, unavailable.cause());
    }
    if (answer instanceof Answer.Unknown) {
      throw new Refusal(
          RejectReason.UNKNOWN_SCHEMA,
          "expected a schema id of the registry, was " + id + ", which it does not know");
    }
    if (schemas.size() + unfit.size() >= MAX_SCHEMAS) {
      schemas.clear();
      unfit.clear();
    }
    try {
      S schema = compiler.compile(id, answer);
      schemas.put(id, schema);
      return schema;
    } catch (Refusal refusal) {
      unfit.put(id, refusal);
      throw refusal;
    }
  }

  /** The text of a schema of a type; refuses the record if it is of another. */
  static Answer.Text text(int id, Answer answer, String type) {
    if (answer instanceof Answer.Text text && text.type().equals(type)) {
      return text;
    }
    String came = answer instanceof Answer.Text text ? text.type() : "AVRO";
    throw otherType(id, type, came);
  }

  /** Refuses a record whose schema is of another type than its feed. */
  static Refusal otherType(int id, String type, String came) {
    return new Refusal(
        RejectReason.UNDECODABLE,
        "expected a schema of type " + type + ", was " + came + " (schema " + id + ")");
  }
}
