package dev.plumbline.pipeline.mapping;

import static dev.plumbline.pipeline.mapping.Outcome.event;
import static dev.plumbline.pipeline.mapping.Outcome.rejected;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.problems;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RejectReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Attributes that come by a topic of their own. */
final class SubjectsTest {

  private static final long NOW = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();
  private static final IdHash.Key KEY = new IdHash.Key(1, 2);

  private static final String ELSEWHERE =
      with(
          with(
              MINIMAL,
              "attributes: {sex: sex}",
              "attributes: {region: region}\n    subjects: {person: person.id}"),
          "subgroups: {attributes: [sex]}",
          """
          attributes:
            - subject: person
              topic: crm.people
              format: json
              fields:
                id: {key: text}
                known: at
                since: valid
                attributes: {sex: {field: gender, map: {F: female, M: male}}}
              wait: 10m
          subgroups: {attributes: [region, sex]}""");

  private static Mapped mapped(String topic, @Nullable String key, @Nullable String json) {
    return mapped(ELSEWHERE, topic, key, json);
  }

  private static Mapped mapped(
      String file, String topic, @Nullable String key, @Nullable String json) {
    TopicMapping mapping =
        TopicMapping.of(
            monitor(file),
            topic,
            KEY,
            feed -> RowDecoder.json(),
            id -> new SchemaLookup.Answer.Unknown());
    byte[] keyBytes = key == null ? null : key.getBytes(UTF_8);
    return mapping.apply(
        new Incoming(0, NOW, keyBytes, json == null ? null : json.getBytes(UTF_8)));
  }

  private static Prediction prediction(String person) {
    String json =
        "{\"id\": 42, \"at\": \"2026-01-01T00:00:00Z\", \"model\": \"ranker\", \"score\": 0.7,"
            + " \"region\": \"north\""
            + person
            + "}";
    return (Prediction) event(mapped("hiring.predictions", null, json));
  }

  private static Attributes attributes(@Nullable String json) {
    return (Attributes) event(mapped("crm.people", "7", json));
  }

  @Test
  void aPredictionNamesWhomItIsAbout() {
    Prediction prediction = prediction(", \"person\": {\"id\": 7}");

    assertThat(prediction.cell().values()).containsExactly("north", Cell.MISSING);
    assertThat(prediction.subjects())
        .containsExactly(
            attributes("{\"at\": \"2026-01-01T00:00:00Z\", \"valid\": \"2025-01-01T00:00:00Z\"}")
                .id());
    assertThat(prediction.id()).isNotEqualTo(IdHash.of(KEY, "7"));
    assertThat(prediction.subjects().get(0)).isNotEqualTo(IdHash.of(KEY, "7"));
  }

  @Test
  void aPredictionAboutNobodyCounts() {
    assertThat(prediction("").subjects()).isEmpty();
  }

  @Test
  void attributesAreKnownEarlierByTheWait() {
    Attributes said =
        attributes(
            "{\"at\": \"2026-01-01T00:00:00Z\", \"valid\": \"2025-01-01T00:00:00Z\","
                + " \"gender\": \"F\"}");

    assertThat(said.values()).containsExactly(Attributes.UNSAID, "female");
    assertThat(Instant.ofEpochMilli(said.time()))
        .isEqualTo(Instant.parse("2026-01-01T00:00:00Z").minus(Duration.ofMinutes(10)));
    assertThat(Instant.ofEpochMilli(said.since())).isEqualTo("2025-01-01T00:00:00Z");
  }

  @Test
  void aTombstoneForgetsTheSubject() {
    Attributes forgotten = attributes(null);

    assertThat(forgotten.values()).containsExactly(Attributes.UNSAID, Cell.MISSING);
    assertThat(forgotten.since()).isEqualTo(NOW);
    assertThat(forgotten.deletes()).isTrue();
    assertThat(rejected(mapped("crm.people", null, null)).reason())
        .isEqualTo(RejectReason.MISSING_FIELD);
  }

  @Test
  void aTombstoneWithoutATimeIsRejectedAsItWouldDeleteAtAnyTime() {
    String untimed =
        with(
            with(ELSEWHERE, "label: {field: hired", "known: known\n    label: {field: hired"),
            "subgroups:",
            "times: {kafka_timestamps: ignored}\nsubgroups:");

    Mapped.Rejected rejected = rejected(mapped(untimed, "crm.people", "7", null));

    assertThat(rejected.reason()).isEqualTo(RejectReason.NULL_VALUE);
    assertThat(rejected.detail())
        .contains("nothing else says when the person was deleted")
        .contains("write a record without its attributes");
  }

  @Test
  void theirTopicIsAnInputAndTheirValuesAreNamed() {
    Monitor monitor = monitor(ELSEWHERE);

    assertThat(monitor.topics()).containsEntry("crm.people", Kind.ATTRIBUTES);
    assertThat(Flows.of(monitor, List.of(), List.of()).cube().named().get(1))
        .containsExactlyInAnyOrder("female", "male");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThat(problems(with(ELSEWHERE, "subjects: {person:", "subjects: {applicant:")))
        .singleElement()
        .asString()
        .contains("predictions.fields.subjects: expected the place of person");
    assertThat(problems(with(ELSEWHERE, "topic: crm.people", "topic: hiring.predictions")))
        .singleElement()
        .asString()
        .contains("attributes[0].topic: expected a topic of its own");
    assertThat(problems(with(ELSEWHERE, "{region: region}", "{region: region, sex: sex}")))
        .singleElement()
        .asString()
        .contains("subgroups.attributes[1]: expected an attribute of one input");
    assertThat(
            problems(
                with(ELSEWHERE, "    subjects:", "    review: {selected: {a: b}}\n    subjects:")))
        .singleElement()
        .asString()
        .contains("review.selected: expected no selection");
    assertThat(problems(with(ELSEWHERE, "[region, sex]", "[region, sax]")))
        .singleElement()
        .asString()
        .contains("did you mean sex?");
  }

  @Test
  void aFinalLabelIsRefusedAsItWouldFreeWhatLaterAttributesMove() {
    assertThat(problems(with(ELSEWHERE, "  horizon:", "  final: true\n  horizon:")))
        .singleElement()
        .asString()
        .contains("labels.final: expected false, as attributes come by an input of their own")
        .contains("remove one of them");
  }

  @Test
  void anAttributeOfTwoInputsIsRefused() {
    String second =
        """
        attributes:
          - subject: person
            topic: crm.more
            format: json
            fields: {id: {key: text}, attributes: {sex: sex, age: age}}
        """;

    assertThat(problems(with(ELSEWHERE, "attributes:\n  - subject", second + "  - subject")))
        .singleElement()
        .asString()
        .contains("attributes[1].fields.attributes.sex: expected an attribute of one input")
        .contains("attributes[0].fields.attributes.sex");
  }
}
