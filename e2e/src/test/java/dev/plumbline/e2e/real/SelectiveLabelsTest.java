package dev.plumbline.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Disparity;
import dev.plumbline.schemas.avro.Estimate;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.VerdictChanged;
import dev.plumbline.state.metric.Undefined;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Income decisions of which only the positive ones are followed up, but for 3 in 1,000: what needs
 * the labels of the others cannot be told, and must not be.
 */
final class SelectiveLabelsTest {

  private static final String DATA = "data/acs_designed/";
  private static final Set<String> NEED_BOTH = Set.of("accuracy", "tpr", "fpr", "fnr");

  private static Outcome all;
  private static Outcome selective;

  @BeforeAll
  static void replayInMemory() {
    Monitor monitor = MonitorFile.read(Path.of("monitors", "acs_designed.yaml")).orThrow();
    List<String> predictions = SharedFiles.rows(DATA + "predictions.csv.gz");
    List<String> labels = SharedFiles.rows(DATA + "labels.csv.gz");
    Set<String> accepted =
        predictions.stream()
            .map(row -> row.split(",", -1))
            .filter(columns -> columns[4].equals("1"))
            .map(columns -> columns[0])
            .collect(Collectors.toSet());
    List<String> followed =
        labels.stream()
            .filter(row -> isFollowed(row.substring(0, row.indexOf(',')), accepted))
            .toList();
    assertThat(followed.size()).isBetween(labels.size() / 10, labels.size() / 2);
    all = Replays.byTime(monitor, log(monitor, predictions, labels), Replays.NO_SCHEMAS);
    selective = Replays.byTime(monitor, log(monitor, predictions, followed), Replays.NO_SCHEMAS);
  }

  private static boolean isFollowed(String id, Set<String> accepted) {
    return accepted.contains(id) || Math.floorMod(id.hashCode() * 0x9E3779B9, 1000) < 3;
  }

  private static InputLog log(Monitor monitor, List<String> predictions, List<String> labels) {
    return new InputLog(monitor, 1)
        .addRows(Kind.PREDICTIONS, predictions, 3)
        .addRows(Kind.LABELS, labels, 2);
  }

  @Test
  void whatNeedsBothDecisionsIsNotIdentifiedAndItsBoundsHoldTheTruth() {
    Map<String, Estimate> truth = estimates(all);
    int bounded = 0;

    for (Map.Entry<String, Estimate> entry : estimates(selective).entrySet()) {
      Estimate estimate = entry.getValue();
      Double value = Objects.requireNonNull(truth.get(entry.getKey())).getValue();
      if (NEED_BOTH.contains(estimate.getName()) && value != null) {
        assertThat(estimate.getUndefined())
            .as(entry.getKey())
            .isEqualTo(Undefined.NOT_IDENTIFIED.text());
        assertThat(estimate.getValue()).isNull();
        assertThat(value).isBetween(estimate.getLowerBound(), estimate.getUpperBound());
        bounded++;
      }
    }
    assertThat(bounded).isGreaterThan(100);
  }

  @Test
  void whatTheLabelledDecisionTellsIsStated() {
    assertThat(estimates(selective).values())
        .filteredOn(estimate -> estimate.getName().equals("ppv"))
        .anyMatch(estimate -> estimate.getValue() != null)
        .allMatch(estimate -> estimate.getLowerBound() == null);
    assertThat(selective.finals())
        .flatExtracting(Metrics::getDisparities)
        .filteredOn(disparity -> disparity.getMetric().equals("equal_opportunity"))
        .isNotEmpty()
        .extracting(Disparity::getValue)
        .containsOnlyNulls();
  }

  @Test
  void noSeriesThatNeedsLabelsIsArmedOrAlarms() {
    assertThat(selective.alerts())
        .extracting((Alert alert) -> alert.getSeries().getMetric())
        .containsOnly("selection");
    assertThat(selective.audit(VerdictChanged.class))
        .filteredOn(verdict -> !verdict.getSeries().getMetric().equals("selection"))
        .isNotEmpty()
        .extracting(VerdictChanged::getReason)
        .containsOnly("not_identified");
  }

  /** Of the window of everything, as said last; of versions and subgroups with 100 predictions. */
  private static Map<String, Estimate> estimates(Outcome outcome) {
    Map<String, Estimate> estimates = new HashMap<>();
    for (Metrics metrics : outcome.finals()) {
      if (metrics.getWindowSize().equals("all") && metrics.getCounters().getPredictions() >= 100) {
        for (Estimate estimate : metrics.getMetrics()) {
          estimates.put(
              String.join(" ", metrics.getVersion(), metrics.getSubgroup(), estimate.getName()),
              estimate);
        }
      }
    }
    return estimates;
  }
}
