package dev.plumbline.pipeline.monitor;

import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.problems;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class InputFormsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{key: text, header: a}|fields.id: expected a key or a header, was keys (key, header); remove",
        "{field: a}|fields.id: expected a key or a header, was keys (field); add one of them",
        "{key: json}|fields.id: expected a field of the key, was keys (key); add the path of the id",
        "{key: long, field: a}|fields.id: expected no field, as the key is one value",
        "{key: avr}|fields.id.key: expected text, long, int, json, avro",
        "[]|fields.id: expected a list of paths that make the id together",
        "[a, a..b]|fields.id[1]: expected a path whose steps are not empty",
      })
  void anIdIsInOnePlace(String id, String expected) {
    assertThat(problems(with(MINIMAL, "id: id\n    time", "id: " + id + "\n    time")))
        .singleElement()
        .asString()
        .contains(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "where: {}|labels.where: expected paths with the texts that are wanted there",
        "where: {a: []}|labels.where.a: expected a list of texts",
        "where: {a: [x, x]}|labels.where.a[1]: expected each name once",
        "where: {a..b: x}|labels.where.a..b: expected a path whose steps are not empty",
        "where: {header: x}|labels.where.header: expected headers with the texts",
        "envelope: debezum|labels.envelope: expected debezium",
        "explode: a..b|labels.explode: expected a path whose steps are not empty",
      })
  void aSelectionIsWellFormed(String line, String expected) {
    String text = with(MINIMAL, "labels\n  format: json", "labels\n  format: json\n  " + line);

    assertThat(problems(text)).singleElement().asString().contains(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"explode: hired", "envelope: debezium", "where: {record: X}"})
  void columnsHaveNeitherListsNorEnvelopesNorTypes(String line) {
    String csv = "labels\n  format: csv\n  columns: [id, hired]\n  " + line;

    assertThat(problems(with(MINIMAL, "labels\n  format: json", csv)))
        .singleElement()
        .asString()
        .contains("expected nothing here, as the format is csv");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "as: date, format: yyyy|fields.time.format: expected no format beside as",
        "as: seconds, zone: UTC|fields.time.zone: expected no zone, as the time is a number of seconds",
        "at: end|fields.time.at: expected nothing here, as the time is no date",
        "format: d M y H, at: end|fields.time.at: expected nothing here, as the time is no date",
        "as: date, at: noon|fields.time.at: expected start or end",
        "zone: Europe/Berln|fields.time.zone: expected a time zone such as Europe/Berlin or +02:00",
        "format: dd/QQQQQQ|fields.time.format: expected a pattern of letters such as",
      })
  void aTimeHasOneForm(String keys, String expected) {
    assertThat(problems(with(MINIMAL, "time: at", "time: {field: at, " + keys + "}")))
        .singleElement()
        .asString()
        .contains(expected);
  }
}
