package dev.plumbline.pipeline.mapping;

import static dev.plumbline.pipeline.mapping.Outcome.event;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes are written by hand, field by field: what they are does not follow from the decoder. */
final class ProtobufDecoderTest {

  private static final String SCHEMA =
      """
      syntax = "proto3";
      package shop;
      import "google/protobuf/timestamp.proto";
      import "google/protobuf/wrappers.proto";
      import "people/person.proto";
      message First { int32 a = 1; }
      message Order {
        string id = 1;
        optional int32 hired = 2;
        google.protobuf.Timestamp at = 3;
        people.Person who = 4;
        map<string, people.Person> team = 5;
        oneof way { int64 fast = 6; string slow = 7; }
        google.protobuf.DoubleValue score = 8;
        repeated people.Person list = 9;
        uint64 large = 10;
        float share = 11;
        map<int32, string> codes = 12;
        message Inner { string x = 1; message Deep { string y = 1; } }
        Inner inner = 13;
        bytes raw = 14;
        repeated int32 numbers = 15;
        uint32 count = 16;
        bool sure = 17;
      }
      """;

  private static final String PEOPLE =
      """
      syntax = "proto3";
      package people;
      import public "people/sex.proto";
      message Person { string name = 1; Sex sex = 2; }
      """;

  private static final String SEX =
      """
      syntax = "proto3";
      package people;
      enum Sex { UNKNOWN = 0; F = 1; M = 2; }
      """;

  private static final Map<String, String> IMPORTS =
      Map.of("people/person.proto", PEOPLE, "people/sex.proto", SEX);
  private static final byte[] ORDER = {2, 2};

  private interface Content {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] message(Content content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      content.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  private static byte[] framed(int id, byte[] indexes, Content content) {
    byte[] message = message(content);
    return ByteBuffer.allocate(5 + indexes.length + message.length)
        .put((byte) 0)
        .putInt(id)
        .put(indexes)
        .put(message)
        .array();
  }

  private static Answer registry(int id) {
    return switch (id) {
      case 1 -> new Answer.Text(Answer.Text.PROTOBUF, SCHEMA, IMPORTS);
      case 2 -> new Answer.Text(Answer.Text.JSON, "{}", Map.of());
      case 3 -> new Answer.Text(Answer.Text.PROTOBUF, SCHEMA, Map.of());
      case 4 -> new Answer.Unavailable("it is down");
      default -> new Answer.Unknown();
    };
  }

  private static Row row(byte[] indexes, Content content) {
    return row(framed(1, indexes, content));
  }

  private static Row row(byte[] bytes) {
    return ((Decoded.Read) RowDecoder.protobuf(ProtobufDecoderTest::registry).decode(bytes)).row();
  }

  private static Value at(Row row, String path) {
    return row.at(FieldPath.of(path));
  }

  private static byte[] person(String name, int sex) {
    return message(
        out -> {
          out.writeString(1, name);
          out.writeEnum(2, sex);
        });
  }

  private static void full(CodedOutputStream out) throws IOException {
    out.writeString(1, "o-1");
    out.writeInt32(2, 0);
    out.writeByteArray(
        3,
        message(
            at -> {
              at.writeInt64(1, 1_767_225_600L);
              at.writeInt32(2, 123_999_999);
            }));
    out.writeByteArray(4, person("Ada", 1));
    out.writeByteArray(
        5,
        message(
            entry -> {
              entry.writeString(1, "lead");
              entry.writeByteArray(2, person("Max", 2));
            }));
    out.writeString(7, "by post");
    out.writeByteArray(8, message(wrapped -> wrapped.writeDouble(1, 0.25)));
    out.writeByteArray(9, person("x", 1));
    out.writeByteArray(9, person("y", 9));
    out.writeUInt64(10, -1);
    out.writeFloat(11, 0.1f);
    out.writeByteArray(
        12,
        message(
            entry -> {
              entry.writeInt32(1, 7);
              entry.writeString(2, "seven");
            }));
    out.writeUInt32(16, -1);
    out.writeBool(17, true);
  }

  @Test
  void everyKindOfFieldIsReadAsWhatItMeans() {
    Row row = row(ORDER, ProtobufDecoderTest::full);

    assertThat(row.type()).isEqualTo("shop.Order");
    assertThat(at(row, "id")).isEqualTo(new Value.Text("o-1"));
    assertThat(at(row, "hired")).isEqualTo(new Value.Whole(0));
    assertThat(at(row, "at")).isEqualTo(new Value.Moment(1_767_225_600_123L));
    assertThat(at(row, "who.name")).isEqualTo(new Value.Text("Ada"));
    assertThat(at(row, "who.sex")).isEqualTo(new Value.Text("F"));
    assertThat(at(row, "team.lead.sex")).isEqualTo(new Value.Text("M"));
    assertThat(at(row, "codes.7")).isEqualTo(new Value.Text("seven"));
    assertThat(at(row, "slow")).isEqualTo(new Value.Text("by post"));
    assertThat(at(row, "score")).isEqualTo(new Value.Real(0.25));
    assertThat(at(row, "large")).isEqualTo(new Value.Exact(new BigDecimal("18446744073709551615")));
    assertThat(at(row, "count")).isEqualTo(new Value.Whole(4_294_967_295L));
    assertThat(at(row, "share")).isEqualTo(new Value.Real(0.1));
    assertThat(at(row, "sure")).isEqualTo(new Value.Truth(true));
    assertThat(row.part(FieldPath.of("who")).map(who -> at(who, "name")))
        .contains(new Value.Text("Ada"));
    assertThat(row.elements(FieldPath.of("list")).orElseThrow())
        .extracting(one -> at(one, "sex"))
        .containsExactly(new Value.Text("F"), new Value.Whole(9));
    assertThat(at(row, "who")).isEqualTo(new Value.Compound("a message"));
    assertThat(at(row, "team")).isEqualTo(new Value.Compound("a map"));
    assertThat(at(row, "list")).isEqualTo(new Value.Compound("a list"));
    assertThat(at(row, "raw")).isEqualTo(new Value.Compound("bytes"));
  }

  @Test
  void whatWasNotSetIsAbsentOnlyWhereThatIsKnown() {
    Row row = row(ORDER, out -> {});

    assertThat(List.of("hired", "at", "who", "who.name", "fast", "slow", "score", "team.lead"))
        .allSatisfy(path -> assertThat(at(row, path)).as(path).isEqualTo(Value.ABSENT));
    assertThat(List.of("nothing", "id.x", "list.name", "numbers.0", "team.lead.sex.x"))
        .allSatisfy(path -> assertThat(at(row, path)).as(path).isEqualTo(Value.ABSENT));
    assertThat(at(row, "id")).isEqualTo(new Value.Text(""));
    assertThat(at(row, "large")).isEqualTo(new Value.Whole(0));
    assertThat(at(row, "sure")).isEqualTo(new Value.Truth(false));
    assertThat(row.elements(FieldPath.of("numbers")).orElseThrow()).isEmpty();
  }

  @Test
  void listsOfValuesAreReadPackedOrNot() {
    Row packed = row(ORDER, out -> out.writeByteArray(15, new byte[] {5, 6}));
    Row single =
        row(
            ORDER,
            out -> {
              out.writeInt32(15, 5);
              out.writeInt32(15, 6);
            });

    assertThat(List.of(packed, single))
        .allSatisfy(
            row ->
                assertThat(row.elements(FieldPath.of("numbers")).orElseThrow())
                    .extracting(one -> one.at(new FieldPath("item", List.of())))
                    .containsExactly(new Value.Whole(5), new Value.Whole(6)));
  }

  @Test
  void indexesSayWhichMessageOfTheFileItIs() {
    assertThat(row(new byte[] {0}, out -> {}).type()).isEqualTo("shop.First");
    assertThat(row(new byte[] {2, 0}, out -> {}).type()).isEqualTo("shop.First");
    assertThat(row(new byte[] {4, 2, 0}, out -> {}).type()).isEqualTo("shop.Order.Inner");
    assertThat(row(new byte[] {6, 2, 0, 0}, out -> {}).type()).isEqualTo("shop.Order.Inner.Deep");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, UNDECODABLE, 'expected a record of schema 1, was truncated or other bytes'",
    "1, 2, UNDECODABLE, 'expected a record of schema 1, was truncated or other bytes'",
    "2, 0, UNDECODABLE, 'expected a schema of type PROTOBUF, was JSON (schema 2)'",
    "3, 0, UNDECODABLE, 'expected a .proto file all of whose imports are known, was another'",
    "5, 0, UNKNOWN_SCHEMA, 'expected a schema id of the registry, was 5, which it does not know'",
  })
  void whatIsNoMessageIsRejected(int id, byte count, RejectReason reason, String detail) {
    RowDecoder decoder = RowDecoder.protobuf(ProtobufDecoderTest::registry);

    for (int again = 0; again < 2; again++) {
      Decoded.Failed failed =
          (Decoded.Failed) decoder.decode(framed(id, new byte[] {count, 30, 2}, out -> {}));
      assertThat(failed.reason()).isEqualTo(reason);
      assertThat(failed.detail()).startsWith(detail);
    }
  }

  @Test
  void aTruncatedMessageIsNone() {
    byte[] whole = framed(1, ORDER, ProtobufDecoderTest::full);
    RowDecoder decoder = RowDecoder.protobuf(ProtobufDecoderTest::registry);

    assertThat(decoder.decode(java.util.Arrays.copyOf(whole, whole.length - 1)))
        .isInstanceOf(Decoded.Failed.class);
  }

  @Test
  void aRegistryThatDoesNotAnswerStopsThePartition() {
    RowDecoder decoder = RowDecoder.protobuf(ProtobufDecoderTest::registry);

    assertThatThrownBy(() -> decoder.decode(framed(4, ORDER, out -> {})))
        .isInstanceOf(RegistryUnavailableException.class);
  }

  @Test
  void aFeedOfProtobufIsMappedByTheTypesOfItsMessages() {
    String text =
        with(
            MINIMAL,
            "labels\n  format: json",
            "labels\n  format: protobuf\n  where: {record: shop.Order}");
    Mapping mapping =
        Mapping.ofLabels(
            monitor(text),
            new IdHash.Key(1, 2),
            RowDecoder.of(monitor(text).labels().feed(), ProtobufDecoderTest::registry));

    Mapped order =
        mapping.map(
            new Incoming(0, 1_767_225_600_000L, null, framed(1, ORDER, ProtobufDecoderTest::full)));
    Mapped first =
        mapping.map(
            new Incoming(1, 1_767_225_600_000L, null, framed(1, new byte[] {0}, out -> {})));

    assertThat(event(order).id()).isEqualTo(IdHash.of(new IdHash.Key(1, 2), "o-1"));
    assertThat(first).isEqualTo(Mapped.FILTERED);
  }

  @Test
  void aJsonRecordWithAHeaderIsOfItsJsonSchema() {
    SchemaLookup registry =
        id ->
            id == 1
                ? new Answer.Text(Answer.Text.JSON, "{\"title\": \"Decision\"}", Map.of())
                : registry(id == 3 ? 1 : 5);
    RowDecoder decoder = RowDecoder.json(registry);
    byte[] object = Outcome.utf8("{\"a\": 1}");

    assertThat(((Decoded.Read) decoder.decode(json(1, object))).row().type()).isEqualTo("Decision");
    assertThat(((Decoded.Read) decoder.decode(object)).row().type()).isEmpty();
    assertThat(((Decoded.Failed) decoder.decode(json(3, object))).detail())
        .isEqualTo("expected a schema of type JSON, was PROTOBUF (schema 3)");
    assertThat(((Decoded.Failed) decoder.decode(json(9, object))).reason())
        .isEqualTo(RejectReason.UNKNOWN_SCHEMA);
  }

  private static byte[] json(int id, byte[] object) {
    return ByteBuffer.allocate(5 + object.length).put((byte) 0).putInt(id).put(object).array();
  }
}
