package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.state.record.RejectReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Avro records in the Confluent wire format, read with the schema they were written with. */
final class AvroDecoder implements RowDecoder {

  /** Most readers kept; a topic with more schemas than this is read all the same, but slowly. */
  static final int MAX_READERS = 1_000;

  private final SchemaLookup registry;
  private final Map<Integer, Source> sources = new HashMap<>();
  private final Texts texts = new Texts();
  private @Nullable BinaryDecoder reused;

  /** How records of one schema are read. */
  private record Source(GenericDatumReader<Object> reader, AvroFields fields) {}

  AvroDecoder(SchemaLookup registry) {
    this.registry = registry;
  }

  @Override
  public Decoded decode(byte[] bytes) {
    OptionalInt header = WireFormat.schemaId(bytes);
    if (header.isEmpty()) {
      return RowDecoder.undecodable(
          "expected the Confluent wire format (a zero byte and a schema id), was another first"
              + " byte or less than "
              + WireFormat.HEADER_BYTES
              + " bytes");
    }
    int id = header.getAsInt();
    Source source = sources.get(id);
    if (source != null) {
      return read(source, bytes, id);
    }
    Answer answer = registry.schema(id);
    if (answer instanceof Answer.Unavailable unavailable) {
      throw new RegistryUnavailableException(id, unavailable.cause());
    }
    if (!(answer instanceof Answer.Known known)) {
      return new Decoded.Failed(
          RejectReason.UNKNOWN_SCHEMA,
          "expected a schema id of the registry, was " + id + ", which it does not know");
    }
    if (!isOfRecords(known.schema())) {
      return RowDecoder.undecodable(
          "expected an Avro record, was " + known.schema().getType() + " (schema " + id + ")");
    }
    source = new Source(new GenericDatumReader<>(known.schema()), new AvroFields(known.schema()));
    if (sources.size() >= MAX_READERS) {
      sources.clear();
    }
    sources.put(id, source);
    return read(source, bytes, id);
  }

  private static boolean isOfRecords(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().allMatch(AvroDecoder::isOfRecords)
        : schema.getType() == Schema.Type.RECORD;
  }

  @SuppressWarnings("NullAway") // Avro takes a null for "nothing to reuse"
  private Decoded read(Source source, byte[] bytes, int id) {
    try {
      reused =
          DecoderFactory.get()
              .binaryDecoder(
                  bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, reused);
      GenericRecord row = (GenericRecord) source.reader.read(null, reused);
      return reused.isEnd()
          ? new Decoded.Read(new AvroRow(row, source.fields.of(row.getSchema()), texts))
          : RowDecoder.undecodable("expected the end of the record, was more (schema " + id + ")");
    } catch (IOException | RuntimeException broken) {
      // Whatever bytes make a decoder throw, they do not decode.
      return RowDecoder.undecodable(
          "expected a record of schema "
              + id
              + ", was truncated or other bytes ("
              + broken.getClass().getSimpleName()
              + ")");
    }
  }
}
