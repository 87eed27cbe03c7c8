package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.state.record.RejectReason;
import java.io.IOException;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Avro records in the Confluent wire format, read with the schema they were written with. */
final class AvroDecoder implements RowDecoder {

  private final SchemaCache<Source> sources;
  private final Optional<Decodings> shared;
  private final Texts texts = new Texts();
  private @Nullable BinaryDecoder reused;

  /** How records of one schema are read. */
  private record Source(int id, GenericDatumReader<Object> reader, AvroFields fields) {}

  AvroDecoder(SchemaLookup registry, Optional<Decodings> shared) {
    this.sources = new SchemaCache<>(registry, AvroDecoder::source);
    this.shared = shared;
  }

  @Override
  public Decoded decode(byte[] bytes) {
    try {
      Source source = sources.of(bytes);
      Optional<GenericRecord> known =
          shared.flatMap(decodings -> decodings.find(bytes, Feed.Format.AVRO, GenericRecord.class));
      return known.isPresent() ? new Decoded.Read(row(known.get(), source)) : read(source, bytes);
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

  private AvroRow row(GenericRecord content, Source source) {
    return new AvroRow(content, source.fields.of(content.getSchema()), texts);
  }

  @SuppressWarnings("NullAway") // Avro takes a null for "nothing to reuse"
  private Decoded read(Source source, byte[] bytes) {
    try {
      reused =
          DecoderFactory.get()
              .binaryDecoder(
                  bytes, WireFormat.HEADER_BYTES, bytes.length - WireFormat.HEADER_BYTES, reused);
      GenericRecord row = (GenericRecord) source.reader.read(null, reused);
      if (!reused.isEnd()) {
        return RowDecoder.undecodable(
            "expected the end of the record, was more (schema " + source.id + ")");
      }
      shared.ifPresent(decodings -> decodings.keep(bytes, Feed.Format.AVRO, row));
      return new Decoded.Read(row(row, source));
    } catch (IOException | RuntimeException broken) {
      // Whatever bytes make a decoder throw, they do not decode.
      return RowDecoder.broken(source.id, broken);
    }
  }
}
