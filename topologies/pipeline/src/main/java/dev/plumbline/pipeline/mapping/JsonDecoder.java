package dev.plumbline.pipeline.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.schemas.WireFormat;
import java.io.IOException;

/** JSON objects. NaN is read, so that a score of NaN is rejected as one and not as bad JSON. */
final class JsonDecoder implements RowDecoder {

  private static final ObjectReader READER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonNode.class);

  @Override
  public Decoded decode(byte[] bytes) {
    int start = WireFormat.schemaId(bytes).isPresent() ? WireFormat.HEADER_BYTES : 0;
    try {
      JsonNode node = READER.readValue(bytes, start, bytes.length - start);
      return node != null && node.isObject()
          ? new Decoded.Read(new JsonRow(node))
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
