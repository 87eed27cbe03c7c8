package dev.plumbline.pipeline.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.state.record.RejectReason;
import java.io.IOException;
import java.util.function.Function;

/** JSON objects. NaN is read, so that a score of NaN is rejected as one and not as bad JSON. */
final class JsonDecoder implements RowDecoder {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  private final Function<byte[], String> types;

  /**
   * A decoder.
   *
   * @param types names the type of a record with a header; may refuse it
   */
  JsonDecoder(Function<byte[], String> types) {
    this.types = types;
  }

  static JsonDecoder of(SchemaLookup registry) {
    return new JsonDecoder(new SchemaCache<>(registry, JsonDecoder::title)::of);
  }

  private static String title(int id, Answer answer) {
    Answer.Text schema = SchemaCache.text(id, answer, Answer.Text.JSON);
    try {
      JsonNode title = READER.<JsonNode>readValue(schema.text()).path("title");
      return title.asText("");
    } catch (JsonProcessingException broken) {
      throw new Refusal(
          RejectReason.UNDECODABLE, "expected a JSON Schema, was no JSON (schema " + id + ")");
    }
  }

  @Override
  public Decoded decode(byte[] bytes) {
    try {
      return WireFormat.schemaId(bytes).isPresent()
          ? decode(bytes, WireFormat.HEADER_BYTES, types.apply(bytes))
          : decode(bytes, 0, "");
    } catch (Refusal refusal) {
      return refusal.failed();
    }
  }

  private static Decoded decode(byte[] bytes, int start, String type) {
    try {
      JsonNode node = READER.readValue(bytes, start, bytes.length - start);
      return node != null && node.isObject()
          ? new Decoded.Read(new JsonRow(node, type))
          : RowDecoder.undecodable("expected a JSON object, was another JSON value or nothing");
    } catch (JsonProcessingException broken) {
      // Its message would repeat the payload.
      return RowDecoder.undecodable(
          "expected a JSON object, was no JSON from byte "
              + (broken.getLocation() == null ? 0 : broken.getLocation().getByteOffset()));
    } catch (IOException broken) {
      return RowDecoder.undecodable("expected a JSON object, was unreadable");
    }
  }
}
