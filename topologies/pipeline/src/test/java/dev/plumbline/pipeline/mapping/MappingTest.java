package dev.plumbline.pipeline.mapping;

import static dev.plumbline.pipeline.mapping.Outcome.event;
import static dev.plumbline.pipeline.mapping.Outcome.rejected;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RejectReason;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MappingTest {

  private static final IdHash.Key KEY = new IdHash.Key(1, 2);
  private static final long NOW = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();
  private static final String GOOD =
      "{\"id\": 42, \"at\": \"2026-01-01T00:00:00Z\", \"model\": \"ranker\", \"score\": 0.7,"
          + " \"sex\": \"F\"}";
  private static final String GOOD_LABEL = "{\"id\": \"42\", \"hired\": 1}";

  private static Incoming incoming(String json) {
    return new Incoming(0, NOW, null, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Mapped predicted(Monitor monitor, String json) {
    return Mapping.ofPredictions(monitor, 0, KEY, RowDecoder.json()).map(incoming(json));
  }

  private static Mapped labelled(Monitor monitor, String json) {
    return Mapping.ofLabels(monitor, KEY, RowDecoder.json()).map(incoming(json));
  }

  private static Prediction prediction(Mapped mapped) {
    return (Prediction) event(mapped);
  }

  @Test
  void aPredictionIsMapped() {
    assertThat(event(predicted(monitor(MINIMAL), GOOD)))
        .isEqualTo(
            new Prediction(
                IdHash.of(KEY, "42"),
                Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(),
                Event.NO_SEQUENCE,
                new Cell("ranker", "1", List.of("F")),
                1,
                700_000));
  }

  @Test
  void aLabelWithoutTimesOfItsOwnWasKnownAtItsKafkaTimestamp() {
    assertThat(event(labelled(monitor(MINIMAL), GOOD_LABEL)))
        .isEqualTo(new Label(IdHash.of(KEY, "42"), NOW, NOW, Event.NO_SEQUENCE, 1));
  }

  @Test
  void knownHappenedAndSequenceAreMapped() {
    String text =
        with(
            MINIMAL,
            "label: {field: hired,",
            "known: k\n    happened: h\n    sequence: s\n    label: {field: hired,");

    Mapped mapped =
        labelled(
            monitor(text),
            "{\"id\": 1, \"hired\": 0, \"k\": 1767225600000,"
                + " \"h\": \"2025-12-31T23:00:00+01:00\", \"s\": -5}");

    assertThat(event(mapped))
        .isEqualTo(
            new Label(
                IdHash.of(KEY, "1"),
                1767225600000L,
                Instant.parse("2025-12-31T22:00:00Z").toEpochMilli(),
                -5,
                0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "\"42\"", "42.0", "4.2e1"})
  void writingsOfOneIdAreOneId(String id) {
    Mapped mapped = predicted(monitor(MINIMAL), GOOD.replace("42", id));

    assertThat(event(mapped).id()).isEqualTo(IdHash.of(KEY, "42"));
  }

  @Test
  void aModelThatTheFileDoesNotNameStillMaps() {
    Mapped mapped = predicted(monitor(MINIMAL), GOOD.replace("ranker", "stranger"));

    assertThat(prediction(mapped).cell().model()).isEqualTo("stranger");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"sex\": null", ", \"sex\": \"\"", ", \"sex\": NaN"})
  void anAttributeThatIsNotThereIsTheValueMissing(String sex) {
    Mapped mapped = predicted(monitor(MINIMAL), GOOD.replace(", \"sex\": \"F\"", sex));

    assertThat(prediction(mapped).cell().values()).containsExactly(Cell.MISSING);
  }

  @ParameterizedTest
  @CsvSource({
    "24.9,<25",
    "25,25-45",
    "44.99,25-45",
    "45,45-65",
    "65,>=65",
    "-3,<25",
    "null,missing"
  })
  void aBinIsLeftClosed(String age, String expected) {
    String text = with(MINIMAL, "{sex: sex}", "{sex: {field: sex, bins: [25, 45, 65.0]}}");

    assertThat(prediction(predicted(monitor(text), GOOD.replace("\"F\"", age))).cell().values())
        .containsExactly(expected);
  }

  @Test
  void anAttributeIsRenamedByItsMap() {
    String text = with(MINIMAL, "{sex: sex}", "{sex: {field: sex, map: {F: female, 2: male}}}");

    assertThat(prediction(predicted(monitor(text), GOOD)).cell().values())
        .containsExactly("female");
    assertThat(prediction(predicted(monitor(text), GOOD.replace("\"F\"", "2.0"))).cell().values())
        .containsExactly("male");
  }

  @ParameterizedTest
  @CsvSource({
    "0.5,1,500000",
    "0.4999996,1,500000",
    "0.4999994,0,499999",
    "0,0,0",
    "1,1,1000000",
    "0.29,0,290000"
  })
  void decisionsWithoutAFieldCompareMicroUnits(String score, int decision, int micro) {
    Prediction prediction = prediction(predicted(monitor(MINIMAL), GOOD.replace("0.7", score)));

    assertThat(prediction.score()).isEqualTo(micro);
    assertThat(prediction.decision()).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({"300,1000000,1", "850,0,0", "575,500000,1", "712.5,250000,0"})
  void aScoreWhoseHighValuesAreNegativeIsTurnedRound(String score, int micro, int decision) {
    String text =
        with(
            MINIMAL,
            "range: [0, 1], high_means: hired, threshold: 0.5",
            "range: [300, 850], high_means: not_hired, threshold: 600");

    Prediction prediction = prediction(predicted(monitor(text), GOOD.replace("0.7", score)));

    assertThat(prediction.score()).isEqualTo(micro);
    assertThat(prediction.decision()).isEqualTo(decision);
  }

  @ParameterizedTest
  @CsvSource({
    "hired, 300, 0, 0, 0",
    "hired, 300.5, 909, 0, 0",
    "hired, 355, 100000, 1, 0",
    "hired, 849.9, 999818, 9, 1",
    "hired, 850, 1000000, 9, 1",
    "not_hired, 300, 1000000, 9, 1",
    "not_hired, 795, 100000, 1, 0",
    "not_hired, 849.9, 182, 0, 0",
    "not_hired, 850, 0, 0, 0"
  })
  void theEndsOfARangeAreInItsFirstAndLastBin(
      String meant, String score, int micro, int bin, int decision) {
    String text =
        with(
                MINIMAL,
                "range: [0, 1], high_means: hired, threshold: 0.5",
                "range: [300, 850], high_means: " + meant + ", threshold: 600")
            + "score_bins: 10\n";

    Prediction prediction = prediction(predicted(monitor(text), GOOD.replace("0.7", score)));

    assertThat(prediction.score()).isEqualTo(micro);
    assertThat(monitor(text).joinRules().bin(prediction.score())).isEqualTo(bin);
    assertThat(prediction.decision()).isEqualTo(decision);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1767225600000",
        "1767225600000.0",
        "\"1767225600000\"",
        "\"2026-01-01\"",
        "\"2026-01-01T00:00:00Z\"",
        "\"2026-01-01T01:00:00.000+01:00\"",
        "\"2026-01-01T00:00\"",
        "\"2026-01-01 00:00:00\"",
        "\"2026-01-01T00:00:00.000999Z\""
      })
  void writingsOfOneTimeAreOneTime(String time) {
    Mapped mapped = predicted(monitor(MINIMAL), GOOD.replace("\"2026-01-01T00:00:00Z\"", time));

    assertThat(event(mapped).time()).isEqualTo(1767225600000L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\": 42, |''|MISSING_FIELD|id: expected a text or a number, was missing",
        "42|null|MISSING_FIELD|id: expected a text or a number, was null",
        "42|\"\"|MISSING_FIELD|id: expected a text or a number, was empty",
        "42|{}|WRONG_TYPE|id: expected a text or a number, was an object",
        "\"ranker\"|[]|WRONG_TYPE|model: expected a text or a number, was an array",
        "0.7|\"0.7\"|WRONG_TYPE|score: expected a number, was text",
        "0.7|NaN|BAD_SCORE|score: expected a number of [0.0, 1.0], was not a number",
        "0.7|1.0000001|BAD_SCORE|score: expected a number of [0.0, 1.0], was outside",
        "0.7|-1|BAD_SCORE|score: expected a number of [0.0, 1.0], was outside",
        "0.7|1e999|BAD_SCORE|score: expected a number of [0.0, 1.0], was outside",
        "2026-01-01T00:00:00Z|yesterday|BAD_TIME|at: expected epoch milliseconds or ISO-8601",
        "2026-01-01T|2026-02-30T|BAD_TIME|at: expected epoch milliseconds or ISO-8601",
        "2026-01-01T|+50000-01-01T|TIME_OUT_OF_RANGE|at: expected a time of times.plausible",
        "2026-01-01T|1970-01-01T|TIME_OUT_OF_RANGE|at: expected a time of times.plausible",
        "2026-01-01T|2026-01-04T|TIME_OUT_OF_RANGE|at: expected a time at most 1d after the Kafka",
        "\"2026-01-01T00:00:00Z\"|1767225600|TIME_OUT_OF_RANGE|at: expected a time of",
        "\"2026-01-01T00:00:00Z\"|true|WRONG_TYPE|at: expected epoch milliseconds or ISO-8601",
        "\"2026-01-01T00:00:00Z\"|null|MISSING_FIELD|at: expected epoch milliseconds",
        "\"F\"|{}|WRONG_TYPE|sex: expected a text or a number, was an object",
        "}|''|UNDECODABLE|expected a JSON object, was no JSON from byte",
        "}|}}|UNDECODABLE|expected a JSON object, was no JSON from byte",
      })
  void whatIsWrongWithAPredictionIsItsReason(
      String part, String other, RejectReason reason, String detail) {
    Mapped.Rejected rejected = rejected(predicted(monitor(MINIMAL), GOOD.replace(part, other)));

    assertThat(rejected.reason()).isEqualTo(reason);
    assertThat(rejected.detail()).startsWith(detail);
  }

  @Test
  void aValueWithoutAClassIsUnmappedAndNotRepeated() {
    Mapped.Rejected rejected =
        rejected(labelled(monitor(MINIMAL), GOOD_LABEL.replace("1}", "\"secret\"}")));

    assertThat(rejected)
        .isEqualTo(
            new Mapped.Rejected(
                RejectReason.UNMAPPED_VALUE,
                "hired: expected one of 1, 0, was another value (text)"));
  }

  @Test
  void anAttributeValueOutsideItsMapIsOther() {
    String text = with(MINIMAL, "{sex: sex}", "{sex: {field: sex, map: {M: male}}}");

    assertThat(prediction(predicted(monitor(text), GOOD)).cell().values())
        .containsExactly(Cell.OTHER);
  }

  @Test
  void aSequenceIsAWholeNumber() {
    String text = with(MINIMAL, "model: model", "model: model\n    sequence: sex");

    assertThat(rejected(predicted(monitor(text), GOOD)).reason())
        .isEqualTo(RejectReason.WRONG_TYPE);
  }

  @Test
  void withoutRealKafkaTimestampsTheFutureIsOnlyBoundedByWhatIsPlausible() {
    String text =
        with(MINIMAL, "label: {field: hired,", "known: k\n    label: {field: hired,")
            + "times: {kafka_timestamps: ignored}\n";

    assertThat(event(predicted(monitor(text), GOOD.replace("2026-01", "2026-07"))).time())
        .isGreaterThan(NOW);
  }

  @Test
  void aTombstoneAndAGiantAreRejectedUnread() {
    Mapping mapping = Mapping.ofPredictions(monitor(MINIMAL), 0, KEY, RowDecoder.json());

    assertThat(rejected(mapping.map(new Incoming(0, NOW, null, null))).reason())
        .isEqualTo(RejectReason.NULL_VALUE);
    assertThat(rejected(mapping.map(new Incoming(0, NOW, null, new byte[2 << 20]))))
        .isEqualTo(
            new Mapped.Rejected(
                RejectReason.TOO_LARGE,
                "expected at most max_record_bytes = 1048576 bytes, was 2097152"));
  }
}
