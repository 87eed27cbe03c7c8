package dev.plumbline.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Counters;
import dev.plumbline.schemas.avro.Estimate;
import dev.plumbline.schemas.avro.Metrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of the golden values as a stream: what is published is what was computed elsewhere. */
final class Synth5kTest {

  private static final String GOLDEN = "metrics/golden/";

  private static final String MONITOR =
      """
      monitor: synth5k
      task: binary
      models: [synth]
      outcome:
        positive: {label: yes, decision: accept}
        favourable_decision: accept
      predictions:
        topic: synth.predictions
        format: csv
        columns: [COLUMNS]
        fields:
          id: row_id
          time: event_time_ms
          model: {constant: synth}
          score: {field: score, range: [0, 1], high_means: positive}
          decision: {field: pred, map: {1: accept, 0: reject}}
          attributes: {sex: sex, race: race, age_band: age_band}
      labels:
        topic: synth.labels
        format: csv
        columns: [COLUMNS]
        fields:
          id: row_id
          known: label_time_ms
          label: {field: label, map: {1: yes, 0: no}}
        horizon: 2h
      times: {kafka_timestamps: ignored}
      subgroups: {attributes: [sex, race, age_band], intersections: 1, publish_min: 1, cap: 10}
      windows: {pane: 10m, sizes: [all], advance: 1h}
      """;

  private static Map<String, Metrics> finals = Map.of();

  @BeforeAll
  static void replay() {
    List<String> lines = SharedFiles.lines(GOLDEN + "synth5k.csv");
    List<String> columns = List.of(lines.get(0).split(",", -1));
    String text = MONITOR.replace("COLUMNS", String.join(", ", columns));
    Monitor monitor = MonitorFile.parse(text, "synth5k").orThrow();
    List<String> rows = lines.subList(1, lines.size());
    InputLog log =
        new InputLog(monitor, 1)
            .addRows(Kind.PREDICTIONS, rows, columns.indexOf("event_time_ms"))
            .addRows(Kind.LABELS, rows, columns.indexOf("label_time_ms"));
    finals = new TreeMap<>();
    for (Metrics metrics : Replays.byTime(monitor, log, Replays.NO_SCHEMAS).finals()) {
      finals.put(metrics.getSubgroup(), metrics);
    }
  }

  @Test
  void aurocAndItsErrorBoundAreTheGoldenOnes() {
    JsonNode entry = entry("06_auroc_auprc.json", "synth5k_all");
    double tolerance = entry.path("tolerance").asDouble();

    assertThat(entry.path("value").properties())
        .hasSizeGreaterThan(5)
        .allSatisfy(
            group -> {
              String subgroup = group.getKey().equals("overall") ? "all" : group.getKey();
              JsonNode expected = group.getValue().path("hist1000");
              Estimate auroc = auroc(subgroup);
              assertThat(auroc.getN()).isEqualTo(group.getValue().path("n").asLong());
              assertThat(auroc.getValue())
                  .isCloseTo(expected.path("auroc").asDouble(), within(tolerance));
              assertThat(auroc.getMaxError())
                  .isCloseTo(expected.path("max_error").asDouble(), within(tolerance));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"sex", "race", "age_band"})
  void confusionCellsOfEverySubgroupAreTheGoldenOnes(String attribute) {
    JsonNode cells =
        entry("07_subgroup_disparity.json", "synth5k_all." + attribute).at("/value/cells");
    long labelled = 0;
    for (Map.Entry<String, JsonNode> group : cells.path("0").properties()) {
      JsonNode negatives = group.getValue();
      JsonNode positives = cells.path("1").path(group.getKey());
      Counters counters = counters(attribute + "=" + group.getKey());

      assertThat(counters.getTn()).isEqualTo(negatives.path(0).asLong());
      assertThat(counters.getTn() + counters.getFp()).isEqualTo(negatives.path(1).asLong());
      assertThat(counters.getTp()).isEqualTo(positives.path(0).asLong());
      assertThat(counters.getTp() + counters.getFn()).isEqualTo(positives.path(1).asLong());
      labelled += counters.getLabelled();
    }

    assertThat(labelled).isEqualTo(counters("all").getLabelled()).isEqualTo(5_000);
  }

  private static JsonNode entry(String file, String id) {
    for (JsonNode entry : SharedFiles.json(GOLDEN + file).path("entries")) {
      if (entry.path("id").asText().equals(id)) {
        return entry;
      }
    }
    throw new AssertionError("no entry " + id + " in " + file);
  }

  private static Metrics last(String subgroup) {
    Metrics metrics = finals.get(subgroup);
    if (metrics == null) {
      throw new AssertionError("no statement about " + subgroup + ", only " + finals.keySet());
    }
    return metrics;
  }

  private static Counters counters(String subgroup) {
    return last(subgroup).getCounters();
  }

  private static Estimate auroc(String subgroup) {
    return last(subgroup).getMetrics().stream()
        .filter(estimate -> estimate.getName().equals("auroc"))
        .findFirst()
        .orElseThrow();
  }
}
