package dev.plumbline.pipeline.mapping;

import static dev.plumbline.pipeline.mapping.Outcome.event;
import static dev.plumbline.pipeline.mapping.Outcome.rejected;
import static dev.plumbline.pipeline.mapping.Outcome.utf8;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.mapping.Incoming.Headers;
import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IdReadingTest {

  private static final IdHash.Key KEY = new IdHash.Key(1, 2);
  private static final long NOW = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();
  private static final Schema KEY_SCHEMA =
      SchemaBuilder.record("K").fields().requiredLong("order").endRecord();

  private static Mapped labelled(String id, String json, byte @Nullable [] key, Headers headers) {
    String text = with(MINIMAL, "id: id\n    label:", "id: " + id + "\n    label:");
    return Mapping.ofLabels(
            monitor(text), KEY, RowDecoder.json(), asked -> new Answer.Known(KEY_SCHEMA))
        .map(new Incoming(0, NOW, key, utf8(json), headers));
  }

  private static Mapped labelled(String id, String json) {
    return labelled(id, json, null, Headers.NONE);
  }

  private static Mapped keyed(String id, byte @Nullable [] key) {
    return labelled(id, "{\"hired\": 1}", key, Headers.NONE);
  }

  private static Mapped headed(Headers headers) {
    return labelled("{header: order-id}", "{\"hired\": 1}", null, headers);
  }

  private static Mapped tombstone(String meaning, byte @Nullable [] key) {
    String text =
        with(
            with(MINIMAL, "id: id\n    label:", "id: {key: text}\n    label:"),
            "horizon: 30d",
            "horizon: 30d\n  tombstones: " + meaning);
    return Mapping.ofLabels(monitor(text), KEY, RowDecoder.json())
        .map(new Incoming(0, NOW, key, null, Headers.NONE));
  }

  @Test
  void aTombstoneSaysWhatTheFileSays() {
    assertThat(event(tombstone("withdrawn", utf8("42"))))
        .isEqualTo(new Label(hash("42"), NOW, NOW, Event.NO_SEQUENCE, Label.WITHDRAWN));
    assertThat(rejected(tombstone("withdrawn", null)).reason())
        .isEqualTo(RejectReason.MISSING_FIELD);
    assertThat(tombstone("filtered", null)).isEqualTo(Mapped.FILTERED);
    assertThat(rejected(tombstone("rejected", utf8("42"))).detail())
        .isEqualTo(
            "expected a value, was null (a tombstone); labels.tombstones says what one means");
  }

  private static IdHash hash(String text) {
    return IdHash.of(KEY, text);
  }

  private static byte[] avro(long order) throws IOException {
    GenericRecord record = new GenericData.Record(KEY_SCHEMA);
    record.put("order", order);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(1).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(KEY_SCHEMA).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  @Test
  void aListOfOnePathIsThePath() {
    assertThat(event(labelled("[id]", "{\"id\": 42.0, \"hired\": 1}")).id()).isEqualTo(hash("42"));
  }

  @Test
  void severalPathsMakeAnIdTogetherInWhichTheirBordersCount() {
    Mapped first = labelled("[t, o.id]", "{\"t\": \"a1\", \"o\": {\"id\": 2.0}, \"hired\": 1}");
    Mapped second = labelled("[t, o.id]", "{\"t\": \"a\", \"o\": {\"id\": 12}, \"hired\": 1}");

    assertThat(event(first).id()).isEqualTo(hash("2:a11:2"));
    assertThat(event(second).id()).isEqualTo(hash("1:a2:12"));
  }

  @Test
  void aMissingPartOfAnIdIsNamed() {
    assertThat(rejected(labelled("[t, id]", "{\"t\": \"a\", \"hired\": 1}")))
        .isEqualTo(
            new Mapped.Rejected(
                RejectReason.MISSING_FIELD, "id: expected a text or a number, was missing"));
  }

  @Test
  void theRecordKeyIsTheIdInEveryForm() throws IOException {
    byte[] eight = ByteBuffer.allocate(8).putLong(-42).array();
    byte[] four = ByteBuffer.allocate(4).putInt(42).array();

    assertThat(event(keyed("{key: text}", utf8("ä-42"))).id()).isEqualTo(hash("ä-42"));
    assertThat(event(keyed("{key: long}", eight)).id()).isEqualTo(hash("-42"));
    assertThat(event(keyed("{key: int}", four)).id()).isEqualTo(hash("42"));
    assertThat(event(keyed("{key: json, field: o.id}", utf8("{\"o\": {\"id\": 42}}"))).id())
        .isEqualTo(hash("42"));
    assertThat(event(keyed("{key: avro, field: order}", avro(42))).id()).isEqualTo(hash("42"));
  }

  @Test
  void theKeyThatConnectWrapsIsUnwrapped() {
    String key = "{\"schema\": {\"type\": \"struct\"}, \"payload\": {\"id\": 42}}";

    assertThat(event(keyed("{key: json, field: id}", utf8(key))).id()).isEqualTo(hash("42"));
  }

  @Test
  void theLastHeaderOfANameIsTheId() {
    assertThat(event(headed(name -> name.equals("order-id") ? utf8("42") : null)).id())
        .isEqualTo(hash("42"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{key: text}||MISSING_FIELD|record key: expected an id, was missing",
        "{key: text}|''|MISSING_FIELD|record key: expected an id, was empty",
        "{key: long}|1234|WRONG_TYPE|record key: expected the 8 bytes of a whole number of 64 bits,",
        "{key: int}|12345|WRONG_TYPE|record key: expected the 4 bytes of a whole number of 32 bits,",
        "'{key: json, field: id}'|{}|MISSING_FIELD|id: expected a text or a number, was missing",
        "'{key: json, field: id}'|x|UNDECODABLE|record key: expected a JSON object",
        "'{key: avro, field: id}'|x|UNDECODABLE|record key: expected the Confluent wire format",
        "{header: trace}||MISSING_FIELD|header trace: expected an id, was missing",
      })
  void aKeyOrHeaderThatIsNoIdIsRejected(
      String id, @Nullable String key, RejectReason reason, String detail) {
    Mapped.Rejected rejected = rejected(keyed(id, key == null ? null : utf8(key)));

    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.detail()).startsWith(detail);
  }

  @Test
  void bytesThatAreNoTextAreNoId() {
    byte[] bytes = {(byte) 0xc3, 0x28};

    assertThat(rejected(keyed("{key: text}", bytes)).detail())
        .isEqualTo("record key: expected a text, was bytes that are not UTF-8");
    assertThat(rejected(headed(name -> bytes)).detail())
        .isEqualTo("header order-id: expected a text, was bytes that are not UTF-8");
  }

  @Test
  void anAvroKeyWithoutARegistryStopsThePartition() {
    String text = with(MINIMAL, "id: id\n    label:", "id: {key: avro, field: order}\n    label:");
    Mapping mapping = Mapping.ofLabels(monitor(text), KEY, RowDecoder.json());

    assertThatThrownBy(
            () -> mapping.map(new Incoming(0, NOW, avro(1), utf8("{\"hired\": 1}"), Headers.NONE)))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("this run has no schema registry");
  }
}
