package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.state.record.RejectReason;
import java.io.IOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Avro records in the Confluent wire format, read with the schema they were written with. */
final class AvroDecoder implements RowDecoder {

  private final SchemaCache<Source> sources;
  private final Texts texts = new Texts();
  private @Nullable BinaryDecoder reused;

  /** How records of one schema are read. */
  private record Source(int id, GenericDatumReader<Object> reader, AvroFields fields) {}

  AvroDecoder(SchemaLookup registry) {
    this.sources = new SchemaCache<>(registry, AvroDecoder::source);
  }

  @Override
  public Decoded decode(byte[] bytes) {
    try {
      return read(sources.of(bytes), bytes);
    } catch (Refusal refusal) {
      return refusal.failed();
    }
  }

  private static Source source(int id, Answer answer) {
    if (!(answer instanceof Answer.Known known)) {
      throw SchemaCache.otherType(id, "AVRO", ((Answer.Text) answer).type());
    }
    if (!isOfRecords(known.schema())) {
      throw new Refusal(
          RejectReason.UNDECODABLE,
          "expected an Avro record, was " + known.schema().getType() + " (schema " + id + ")");
    }
    return new Source(id, new GenericDatumReader<>(known.schema()), new AvroFields(known.schema()));
  }

  private static boolean isOfRecords(Schema schema) {
    return schema.isUnion()
        ? schema.getTypes().stream().allMatch(AvroDecoder::isOfRecords)
        : schema.getType() == Schema.Type.RECORD;
  }

  @SuppressWarnings("NullAway") // Avro takes a null for "nothing to reuse"
  private Decoded read(Source source, byte[] bytes) {
    try {
      reused =
          DecoderFactory.get()
              .binaryDecoder(
                  bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, reused);
      GenericRecord row = (GenericRecord) source.reader.read(null, reused);
      return reused.isEnd()
          ? new Decoded.Read(new AvroRow(row, source.fields.of(row.getSchema()), texts))
          : RowDecoder.undecodable(
              "expected the end of the record, was more (schema " + source.id + ")");
    } catch (IOException | RuntimeException broken) {
      // Whatever bytes make a decoder throw, they do not decode.
      return RowDecoder.broken(source.id, broken);
    }
  }
}
