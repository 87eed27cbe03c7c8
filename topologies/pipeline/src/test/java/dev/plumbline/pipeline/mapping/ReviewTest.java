package dev.plumbline.pipeline.mapping;

import static dev.plumbline.pipeline.mapping.Outcome.event;
import static dev.plumbline.pipeline.mapping.Outcome.rejected;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.problems;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.record.Sampling;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReviewTest {

  private static final long NOW = Instant.parse("2026-01-02T00:00:00Z").toEpochMilli();
  private static final String ACTED = "acted: {field: did, map: {in: invite, out: reject}}\n";
  private static final String REVIEW =
      "review: {stratum: {field: risk, map: {h: high, l: low}}, selected: {for_review: [yes, Y]}}\n";

  private static String mapping(String keys) {
    return with(
        MINIMAL,
        "    id: id\n    time:",
        "    id: id\n    " + keys + (keys.isEmpty() ? "" : "    ") + "time:");
  }

  private static Mapped mapped(String keys, String fields) {
    Monitor monitor = monitor(mapping(keys));
    String json =
        "{\"id\": 42, \"at\": \"2026-01-01T00:00:00Z\", \"model\": \"ranker\", \"score\": 0.7"
            + fields
            + "}";
    return Mapping.ofPredictions(monitor, 0, new IdHash.Key(1, 2), RowDecoder.json())
        .map(new Incoming(0, NOW, null, json.getBytes(StandardCharsets.UTF_8)));
  }

  private static Sampling sampling(String keys, String fields) {
    return ((Prediction) event(mapped(keys, fields))).cell().sampling();
  }

  @Test
  void labelsAreNotSampledWhereNothingIsSaidOfIt() {
    assertThat(sampling("", "")).isEqualTo(Sampling.NONE);
    assertThat(Flows.of(monitor(MINIMAL), List.of(), List.of()).cube().samplings())
        .containsExactly(Sampling.NONE);
  }

  @Test
  void stratumAndSelectionAreRead() {
    assertThat(sampling(REVIEW, ", \"risk\": \"h\", \"for_review\": \"Y\""))
        .isEqualTo(new Sampling("high", Sampling.DECIDED, true));
    assertThat(sampling(REVIEW, ", \"risk\": \"l\", \"for_review\": \"no\""))
        .isEqualTo(new Sampling("low", Sampling.DECIDED, false));
    assertThat(sampling(REVIEW, ", \"risk\": \"x\""))
        .isEqualTo(new Sampling("other", Sampling.DECIDED, false));
    assertThat(sampling(REVIEW, "")).isEqualTo(new Sampling("missing", Sampling.DECIDED, false));
  }

  @Test
  void theDecisionThatWasActedUponIsReadAndMustBeThere() {
    assertThat(sampling(ACTED, ", \"did\": \"in\"")).isEqualTo(new Sampling("", 1, true));
    assertThat(sampling(ACTED, ", \"did\": \"out\"")).isEqualTo(new Sampling("", 0, true));
    assertThat(rejected(mapped(ACTED, "")).reason()).isEqualTo(RejectReason.MISSING_FIELD);
    assertThat(rejected(mapped(ACTED, ", \"did\": \"?\"")).reason())
        .isEqualTo(RejectReason.UNMAPPED_VALUE);
  }

  @Test
  void theStrataAreThoseOfTheFileAndWhatIsNoneOfThem() {
    assertThat(Flows.of(monitor(mapping(REVIEW + "    " + ACTED)), List.of(), List.of()).cube())
        .satisfies(
            cube -> {
              assertThat(cube.samplings()).hasSize(8).allMatch(Sampling::awaited);
              assertThat(cube.samplings())
                  .contains(new Sampling("low", 1, true), new Sampling("missing", 0, true));
            });
  }

  @Test
  void strataMustBeNamedAndEveryFeedMustSayWhoIsReviewed() {
    assertThat(problems(mapping("review: {stratum: {field: risk}}\n")))
        .singleElement()
        .asString()
        .contains(
            "predictions.fields.review.stratum: expected a map or bins, which name the strata");
    assertThat(problems(mapping("acted: {field: did, map: {in: invite, out: no}}\n"))).isEmpty();
    assertThat(problems(mapping("acted: {field: did, map: {in: yes, out: no}}\n")))
        .singleElement()
        .asString()
        .contains("outcome.positive.decision: expected a class of predictions.fields.acted.map");
  }
}
