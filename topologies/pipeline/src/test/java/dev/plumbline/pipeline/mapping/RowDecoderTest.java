package dev.plumbline.pipeline.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.state.record.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowDecoderTest {

  private static final int ID = 7;
  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "P", "fields": [
                {"name": "id", "type": "long"},
                {"name": "name", "type": ["null", "string"]},
                {"name": "score", "type": "float"},
                {"name": "precise", "type": "double"},
                {"name": "ok", "type": "boolean"},
                {"name": "kind", "type": {"type": "enum", "name": "K", "symbols": ["A", "B"]}},
                {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}]},
                {"name": "sum", "type":
                  {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
                {"name": "blob", "type": "bytes"},
                {"name": "tags", "type": {"type": "map", "values": "string"}},
                {"name": "person", "type": ["null", {"type": "record", "name": "Q", "fields": [
                  {"name": "age", "type": "int"}]}]}
              ]}""");

  private static final RowDecoder AVRO =
      RowDecoder.avro(id -> id == ID ? new Answer.Known(SCHEMA) : new Answer.Unknown());

  private static GenericRecord example() {
    GenericRecord person =
        new GenericData.Record(SCHEMA.getField("person").schema().getTypes().get(1));
    person.put("age", 44);
    GenericRecord example = new GenericData.Record(SCHEMA);
    example.put("id", 42L);
    example.put("name", "Ada");
    example.put("score", 0.1f);
    example.put("precise", 0.7);
    example.put("ok", true);
    example.put("kind", new GenericData.EnumSymbol(SCHEMA.getField("kind").schema(), "B"));
    example.put("at", 1_767_225_600_000_999L);
    example.put("day", 20454);
    example.put("sum", ByteBuffer.wrap(new byte[] {4, (byte) 0xd2}));
    example.put("blob", ByteBuffer.wrap(new byte[3]));
    example.put("tags", Map.of("channel", "web"));
    example.put("person", person);
    return example;
  }

  private static byte[] wire(int id, GenericRecord content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(0);
      bytes.write(ByteBuffer.allocate(4).putInt(id).array());
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(content.getSchema()).write(content, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static Row row(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Read.class);
    return ((Decoded.Read) decoded).row();
  }

  private static Decoded.Failed failed(Decoded decoded) {
    assertThat(decoded).isInstanceOf(Decoded.Failed.class);
    return (Decoded.Failed) decoded;
  }

  private static Value at(Row row, String path) {
    return row.at(FieldPath.of(path));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void avroTypesAreReadAsWhatTheyMean() {
    Row row = row(AVRO.decode(wire(ID, example())));

    assertThat(at(row, "id")).isEqualTo(new Value.Whole(42));
    assertThat(at(row, "name")).isEqualTo(new Value.Text("Ada"));
    assertThat(at(row, "score")).isEqualTo(new Value.Real(0.1));
    assertThat(at(row, "precise")).isEqualTo(new Value.Real(0.7));
    assertThat(at(row, "ok")).isEqualTo(new Value.Truth(true));
    assertThat(at(row, "kind")).isEqualTo(new Value.Text("B"));
    assertThat(at(row, "at")).isEqualTo(new Value.Moment(1_767_225_600_000L));
    assertThat(at(row, "day")).isEqualTo(new Value.Day(20_454));
    assertThat(at(row, "sum")).isEqualTo(new Value.Exact(new BigDecimal("12.34")));
    assertThat(at(row, "blob")).isEqualTo(new Value.Compound("Avro bytes"));
    assertThat(at(row, "tags.channel")).isEqualTo(new Value.Text("web"));
    assertThat(at(row, "tags.other")).isEqualTo(Value.NULL);
    assertThat(at(row, "person.age")).isEqualTo(new Value.Whole(44));
    assertThat(at(row, "person")).isEqualTo(new Value.Compound("Avro record"));
    assertThat(at(row, "person.age.deeper")).isEqualTo(Value.ABSENT);
    assertThat(at(row, "nothing")).isEqualTo(Value.ABSENT);
  }

  @Test
  void avroNullsAreNullOnTheWay() {
    GenericRecord record = example();
    record.put("name", null);
    record.put("person", null);
    Row row = row(AVRO.decode(wire(ID, record)));

    assertThat(at(row, "name")).isEqualTo(Value.NULL);
    assertThat(at(row, "person.age")).isEqualTo(Value.ABSENT);
  }

  @Test
  void everyTruncationOfAvroIsUndecodable() {
    byte[] whole = wire(ID, example());

    for (int length = 0; length < whole.length; length++) {
      Decoded.Failed failed = failed(AVRO.decode(Arrays.copyOf(whole, length)));
      assertThat(failed.reason()).isEqualTo(RejectReason.UNDECODABLE);
    }
    assertThat(failed(AVRO.decode(Arrays.copyOf(whole, whole.length + 1))).detail())
        .contains("expected the end of the record");
    assertThat(row(AVRO.decode(whole))).isNotNull();
  }

  @Test
  void aLengthThatLiesDoesNotExhaustMemory() {
    ByteBuffer lie = ByteBuffer.allocate(5 + 1 + 1 + 9);
    lie.put((byte) 0).putInt(ID).put((byte) 84).put((byte) 2);
    lie.put(new byte[] {-2, -1, -1, -1, 15, 0, 0, 0, 0}); // a text of 2 GiB

    assertThat(failed(AVRO.decode(lie.array())).reason()).isEqualTo(RejectReason.UNDECODABLE);
  }

  @Test
  void aSchemaIdIsKnownUnknownOrToBeAskedAgain() {
    assertThat(failed(AVRO.decode(wire(ID + 1, example()))))
        .isEqualTo(
            new Decoded.Failed(
                RejectReason.UNKNOWN_SCHEMA,
                "expected a schema id of the registry, was 8, which it does not know"));
    RowDecoder offline = RowDecoder.avro(id -> new Answer.Unavailable("connection refused"));
    assertThatThrownBy(() -> offline.decode(wire(ID, example())))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("schema id 7, but: connection refused");
  }

  @Test
  void bytesWithoutTheWireFormatAreUndecodable() {
    assertThat(failed(AVRO.decode(utf8("{\"id\": 1}"))).detail())
        .contains("expected the Confluent wire format");
  }

  @Test
  void jsonTypesAreReadAsWhatTheyMean() {
    Row row =
        row(
            RowDecoder.json()
                .decode(
                    utf8(
                        "{\"a\": {\"b\": 1, \"c\": null}, \"t\": \"x\", \"r\": 0.5, \"y\": true,"
                            + " \"l\": [], \"big\": 123456789012345678901234567890}")));

    assertThat(at(row, "a.b")).isEqualTo(new Value.Whole(1));
    assertThat(at(row, "a.c")).isEqualTo(Value.NULL);
    assertThat(at(row, "a.d.e")).isEqualTo(Value.ABSENT);
    assertThat(at(row, "t")).isEqualTo(new Value.Text("x"));
    assertThat(at(row, "r")).isEqualTo(new Value.Real(0.5));
    assertThat(at(row, "y")).isEqualTo(new Value.Truth(true));
    assertThat(at(row, "l")).isEqualTo(new Value.Compound("an array"));
    assertThat(CanonicalText.of(at(row, "big"))).contains("123456789012345678901234567890");
  }

  @Test
  void jsonMayCarryTheHeaderOfTheRegistry() {
    byte[] json = utf8("     {\"a\": 1}");
    Arrays.fill(json, 0, 5, (byte) 0);

    assertThat(at(row(RowDecoder.json().decode(json)), "a")).isEqualTo(new Value.Whole(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "1", "null", "{\"a\": ", "{\"a\": 1} x", "\0\1"})
  void whatIsNoJsonObjectIsUndecodable(String text) {
    assertThat(failed(RowDecoder.json().decode(utf8(text))).reason())
        .isEqualTo(RejectReason.UNDECODABLE);
  }

  @Test
  void csvValuesAreThoseOfTheirColumns() {
    Row row =
        row(RowDecoder.csv(List.of("id", "name", "model.v")).decode(utf8("1.0,\"a,\"\"b\",\n")));

    assertThat(CanonicalText.of(at(row, "id"))).contains("1");
    assertThat(at(row, "name")).isEqualTo(new Value.Bare("a,\"b"));
    assertThat(at(row, "model.v")).isEqualTo(Value.NULL);
    assertThat(at(row, "other")).isEqualTo(Value.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1,2,3", "1,2\n3,4", "1,\"2"})
  void whatIsNoCsvLineOfTheColumnsIsUndecodable(String text) {
    assertThat(failed(RowDecoder.csv(List.of("a", "b")).decode(utf8(text))).reason())
        .isEqualTo(RejectReason.UNDECODABLE);
  }

  @Test
  void bytesThatAreNotUtf8AreUndecodable() {
    assertThat(failed(RowDecoder.csv(List.of("a")).decode(new byte[] {(byte) 0xc3, 0x28})).detail())
        .contains("was not UTF-8");
  }

  @Test
  void csvColumnsAreNamedAndDifferent() {
    assertThatThrownBy(() -> RowDecoder.csv(List.of())).hasMessageContaining("was none");
    assertThatThrownBy(() -> RowDecoder.csv(List.of("a", "a"))).hasMessageContaining("different");
  }
}
