package dev.plumbline.pipeline.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Selection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class DecodingsTest {

  private static final String TEXT =
      SchemaBuilder.record("R").fields().requiredString("a").endRecord().toString();

  private final Decodings decodings = new Decodings();

  private RowDecoder decoder(Feed.Format format, String... columns) {
    Feed feed = new Feed("t", format, List.of(columns), Selection.ALL);
    // Each has a schema of its own, as monitors with registries of their own have.
    Schema schema = new Schema.Parser().parse(TEXT);
    return RowDecoder.of(feed, id -> new Answer.Known(schema), decodings);
  }

  private static byte[] avro(String value) throws IOException {
    GenericRecord record = new GenericData.Record(new Schema.Parser().parse(TEXT));
    record.put("a", value);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new byte[] {0, 0, 0, 0, 7});
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  private static Row row(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Read.class);
    return ((Decoded.Read) decoded).row();
  }

  private static Value at(Decoded decoded, String path) {
    return row(decoded).at(FieldPath.of(path));
  }

  @Test
  void avroIsDecodedOnceAndReadWithTheOwnTextsOfEach() throws IOException {
    byte[] bytes = avro("x");
    Decoded first = decoder(Feed.Format.AVRO).decode(bytes);
    Decoded second = decoder(Feed.Format.AVRO).decode(bytes);
    assertThat(at(second, "a")).isEqualTo(at(first, "a")).isEqualTo(new Value.Text("x"));
    AvroRow one = (AvroRow) row(first);
    AvroRow other = (AvroRow) row(second);
    assertThat(other.content()).isSameAs(one.content());
    assertThat(other.texts()).isNotSameAs(one.texts());
    assertThat(other.fields()).isNotSameAs(one.fields());
    assertThat(((AvroRow) row(decoder(Feed.Format.AVRO).decode(bytes.clone()))).content())
        .as("equal bytes are not the same")
        .isNotSameAs(one.content());
  }

  @Test
  void jsonAndCsvAreDecodedOnce() {
    byte[] json = "{\"a\": 1}".getBytes(UTF_8);
    Decoded decoded = decoder(Feed.Format.JSON).decode(json);
    assertThat(decoder(Feed.Format.JSON).decode(json)).isSameAs(decoded);
    assertThat(at(decoded, "a")).isEqualTo(new Value.Whole(1));
    byte[] csv = "1,2".getBytes(UTF_8);
    Decoded row = decoder(Feed.Format.CSV, "a", "b").decode(csv);
    assertThat(decoder(Feed.Format.CSV, "a", "b").decode(csv)).isSameAs(row);
  }

  @Test
  void theSameBytesMayMeanTwoThings() {
    byte[] csv = "1,2".getBytes(UTF_8);
    assertThat(at(decoder(Feed.Format.CSV, "a", "b").decode(csv), "a"))
        .isEqualTo(new Value.Bare("1"));
    assertThat(at(decoder(Feed.Format.CSV, "b", "a").decode(csv), "a"))
        .isEqualTo(new Value.Bare("2"));
    assertThat(decoder(Feed.Format.JSON).decode(csv)).isInstanceOf(Decoded.Failed.class);
  }

  @Test
  void whatARegistryDidNotAnswerIsAskedAgain() throws IOException {
    byte[] bytes = avro("x");
    Feed feed = new Feed("t", Feed.Format.AVRO, List.of(), Selection.ALL);
    RowDecoder offline = RowDecoder.of(feed, id -> new Answer.Unavailable("away"), decodings);
    assertThatThrownBy(() -> offline.decode(bytes))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThat(at(decoder(Feed.Format.AVRO).decode(bytes), "a")).isEqualTo(new Value.Text("x"));
  }

  @Test
  void longRecordsAreNotKept() {
    byte[] json = ("{\"a\": \"" + "x".repeat(10_000) + "\"}").getBytes(UTF_8);
    Decoded decoded = decoder(Feed.Format.JSON).decode(json);
    assertThat(decoder(Feed.Format.JSON).decode(json)).isNotSameAs(decoded);
  }
}
