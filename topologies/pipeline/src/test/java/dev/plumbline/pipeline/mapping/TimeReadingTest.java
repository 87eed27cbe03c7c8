package dev.plumbline.pipeline.mapping;

import static dev.plumbline.pipeline.mapping.Outcome.event;
import static dev.plumbline.pipeline.mapping.Outcome.rejected;
import static dev.plumbline.pipeline.mapping.Outcome.utf8;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.RejectReason;
import java.time.Instant;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimeReadingTest {

  private static final IdHash.Key KEY = new IdHash.Key(1, 2);

  private static Mapping mapping(String known, RowDecoder decoder) {
    String text =
        with(MINIMAL, "label: {field: hired", "known: " + known + "\n    label: {field: hired");
    return Mapping.ofLabels(monitor(text), KEY, decoder);
  }

  private static Mapped map(String known, String value, String kafkaTimestamp) {
    long timestamp = Instant.parse(kafkaTimestamp).toEpochMilli();
    String json = "{\"id\": 1, \"hired\": 1, \"k\": " + value + "}";
    return mapping(known, RowDecoder.json()).map(new Incoming(0, timestamp, null, utf8(json)));
  }

  private static Instant time(Mapped mapped) {
    return Instant.ofEpochMilli(event(mapped).time());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{field: k, as: seconds}|1767225600|2026-01-01T00:00:00Z",
        "{field: k, as: seconds}|1767225600.1234|2026-01-01T00:00:00.123Z",
        "{field: k, as: seconds}|\"1767225600.001\"|2026-01-01T00:00:00.001Z",
        "{field: k, as: date}|\"2026-01-01\"|2026-01-01T23:59:59.999Z",
        "{field: k, as: date}|20454|2026-01-01T23:59:59.999Z",
        "{field: k, as: date}|\"20454\"|2026-01-01T23:59:59.999Z",
        "{field: k, as: date, at: start}|\"2026-01-01\"|2026-01-01T00:00:00Z",
        "{field: k, as: date, zone: America/New_York}|\"2026-01-01\"|2026-01-02T04:59:59.999Z",
        "{field: k, as: date, zone: America/New_York, at: start}|20454|2026-01-01T05:00:00Z",
        "{field: k, as: date, zone: Europe/Berlin}|\"2026-03-29\"|2026-03-29T21:59:59.999Z",
        "{field: k, zone: Europe/Berlin}|\"2026-07-01T12:00\"|2026-07-01T10:00:00Z",
        "{field: k, zone: Europe/Berlin}|\"2026-07-01T12:00Z\"|2026-07-01T12:00:00Z",
        "{field: k, zone: Europe/Berlin}|\"2026-07-01\"|2026-06-30T22:00:00Z",
        "{field: k, as: iso, zone: '+02:00'}|\"2026-07-01 12:00:00\"|2026-07-01T10:00:00Z",
        "{field: k, format: dd/MM/yyyy HH:mm}|\"31/01/2026 07:30\"|2026-01-31T07:30:00Z",
        "{field: k, format: \"'day' dd-MM-yy 'H' HH\"}|\"day 01-03-26 H 07\"|2026-03-01T07:00:00Z",
        "{field: k, format: 'd MMM yyyy', at: start}|\"1 Mar 2026\"|2026-03-01T00:00:00Z",
        "{field: k, format: yyyyMMdd, zone: Asia/Tokyo}|\"20260301\"|2026-03-01T14:59:59.999Z",
        "{field: k, format: yyyy-MM-dd HH:mmXXX, zone: Asia/Tokyo}"
            + "|\"2026-03-01 00:00-01:00\"|2026-03-01T01:00:00Z",
        "{field: k, format: yyyy-MM-dd HH:mm VV}"
            + "|\"2026-03-01 00:00 Asia/Tokyo\"|2026-02-28T15:00:00Z",
      })
  void aTimeIsReadAsItsFormSays(String known, String value, String expected) {
    assertThat(time(map(known, value, "2027-01-01T00:00:00Z"))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{field: k, as: seconds}|\"noon\"|BAD_TIME|k: expected epoch seconds, was unreadable",
        "{field: k, as: seconds}|NaN|BAD_TIME|k: expected epoch seconds, was unreadable",
        "{field: k, as: seconds}|1e300|TIME_OUT_OF_RANGE|k: expected a time of times.plausible",
        "{field: k, as: seconds}|1767225600000|TIME_OUT_OF_RANGE|k: expected a time of times",
        "{field: k, as: date}|\"2026-02-30\"|BAD_TIME|k: expected a date such as 2026-01-31, or",
        "{field: k, as: date}|\"2026-01-01T00:00Z\"|BAD_TIME|k: expected a date such as",
        "{field: k, as: date}|1767225600000|BAD_TIME|k: expected a date such as 2026-01-31, or days",
        "{field: k, as: date}|null|MISSING_FIELD|k: expected a date such as 2026-01-31, or days",
        "{field: k, as: date}|true|WRONG_TYPE|k: expected a date such as 2026-01-31, or days",
        "{field: k, format: dd/MM/yyyy}|\"31/02/2026\"|BAD_TIME|k: expected a text such as dd/MM/yyyy",
        "{field: k, format: dd/MM/yyyy}|\"2026-01-01\"|BAD_TIME|k: expected a text such as dd/MM/yyyy",
        "{field: k, format: yyyyMMdd}|20260301|WRONG_TYPE|k: expected a text such as yyyyMMdd, was a",
      })
  void whatIsNotOfTheFormIsRejected(
      String known, String value, RejectReason reason, String detail) {
    Mapped.Rejected rejected = rejected(map(known, value, "2026-01-01T00:00:00Z"));

    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.detail()).startsWith(detail);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-02, 2026-01-02T00:00:00Z, true",
    "2026-01-03, 2026-01-02T00:00:00.000Z, true",
    "2026-01-04, 2026-01-02T00:00:00Z, false"
  })
  void theEndOfTodayIsNotAheadOfItsKafkaTimestamp(String day, String written, boolean isAdmitted) {
    Mapped mapped = map("{field: k, as: date}", "\"" + day + "\"", written);

    assertThat(mapped).isInstanceOf(isAdmitted ? Mapped.Admitted.class : Mapped.Rejected.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "timestamp-millis|{field: k, zone: Asia/Tokyo}|2026-01-01T00:00:00Z",
        "local-timestamp-millis|k|2026-01-01T00:00:00Z",
        "local-timestamp-millis|{field: k, zone: Asia/Tokyo}|2025-12-31T15:00:00Z",
        "local-timestamp-micros|{field: k, zone: Asia/Tokyo}|1970-01-21T01:53:45.600Z",
        "date|{field: k, as: date, zone: Asia/Tokyo}|2026-01-01T14:59:59.999Z",
        "date|k|2026-01-01T00:00:00Z",
      })
  void timesOfAvroAreInTheZoneUnlessTheyNameTheMoment(String type, String known, String expected) {
    Schema time = Schema.create(type.equals("date") ? Schema.Type.INT : Schema.Type.LONG);
    time.addProp("logicalType", type);
    Schema schema =
        SchemaBuilder.record("L")
            .fields()
            .requiredInt("id")
            .requiredInt("hired")
            .name("k")
            .type(LogicalTypes.fromSchema(time).addToSchema(time))
            .noDefault()
            .endRecord();
    GenericRecord record = new GenericData.Record(schema);
    record.put("id", 1);
    record.put("hired", 1);
    record.put("k", type.equals("date") ? (Object) 20_454 : (Object) 1_767_225_600_000L);
    String anyTime = "\ntimes: {plausible: {from: 1970-01-01, to: 2100-01-01}}\n";
    String text =
        with(MINIMAL, "label: {field: hired", "known: " + known + "\n    label: {field: hired");

    Mapped mapped =
        Mapping.ofLabels(
                monitor(text + anyTime), KEY, RowDecoder.avro(id -> new Answer.Known(schema)))
            .map(new Incoming(0, 1_767_225_600_000L, null, AvroBytes.of(1, record)));

    assertThat(time(mapped)).isEqualTo(expected);
  }
}
