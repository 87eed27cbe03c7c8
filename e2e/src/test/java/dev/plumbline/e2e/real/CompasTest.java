package dev.plumbline.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Counters;
import dev.plumbline.schemas.avro.Estimate;
import dev.plumbline.schemas.avro.Metrics;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COMPAS scores and re-offences of Broward County, 2013 to 2016. */
@ExtendWith(ForgetfulBroker.Extension.class)
final class CompasTest {

  private static final String DATA = "data/compas_general/";
  private static final Instant FIRST_NEGATIVE = Instant.parse("2015-01-01T00:00:00Z");
  private static final int PEOPLE = 7_214;

  private static Monitor monitor;
  private static InputLog log;
  private static Outcome memory;

  @BeforeAll
  static void replayInMemory() {
    monitor = MonitorFile.read(Path.of("monitors", "compas_general.yaml")).orThrow();
    log =
        new InputLog(monitor, 1)
            .addRows(Kind.PREDICTIONS, SharedFiles.rows(DATA + "predictions.csv.gz"), 3)
            .addRows(Kind.LABELS, SharedFiles.rows(DATA + "labels.csv.gz"), 2);
    memory = Replays.byTime(monitor, log, Replays.NO_SCHEMAS);
  }

  @ParameterizedTest
  @CsvSource({"All,all", "African-American,race=African-American", "Caucasian,race=Caucasian"})
  void finalCountsAreThePublishedOnes(String published, String subgroup) {
    JsonNode expected = published(published);
    Counters counters = last(subgroup).getCounters();

    assertThat(counters.getLabelled()).isEqualTo(counters.getPredictions());
    assertThat(counters.getTp()).isEqualTo(expected.at("/cells/tp").asLong());
    assertThat(counters.getFp()).isEqualTo(expected.at("/cells/fp").asLong());
    assertThat(counters.getFn()).isEqualTo(expected.at("/cells/fn").asLong());
    assertThat(counters.getTn()).isEqualTo(expected.at("/cells/tn").asLong());
    assertThat(percent(estimate(last(subgroup), "fpr")))
        .isEqualByComparingTo(expected.at("/fpr_pct").decimalValue());
    assertThat(percent(estimate(last(subgroup), "fnr")))
        .isEqualByComparingTo(expected.at("/fnr_pct").decimalValue());
  }

  @Test
  void falseAlarmsOfTheScoreFallOnAfricanAmericansAndMissesOnCaucasians() {
    assertThat(percent(estimate(last("race=African-American"), "fpr"))).isEqualTo("44.85");
    assertThat(percent(estimate(last("race=Caucasian"), "fpr"))).isEqualTo("23.45");
    assertThat(percent(estimate(last("race=African-American"), "fnr"))).isEqualTo("27.99");
    assertThat(percent(estimate(last("race=Caucasian"), "fnr"))).isEqualTo("47.72");
  }

  @Test
  void falsePositiveRateIsUndefinedAsLongAsAllKnownLabelsArePositive() {
    List<Metrics> early =
        memory.metrics().stream()
            .filter(m -> m.getLabelAge() != null && !m.getPaneEnd().isAfter(FIRST_NEGATIVE))
            .toList();

    assertThat(early).anyMatch(m -> m.getCounters().getLabelled() > 1_000);
    assertThat(early)
        .allSatisfy(
            m -> {
              assertThat(estimate(m, "fpr").getValue()).isNull();
              assertThat(estimate(m, "fpr").getUndefined()).isNotNull();
              assertThat(m.getDisparities())
                  .filteredOn(d -> d.getMetric().contains("fpr"))
                  .allMatch(d -> d.getValue() == null);
            });
  }

  @Test
  void noAlertComesFromLabelsOfOneClass() {
    assertThat(memory.alerts())
        .filteredOn(alert -> alert.getOpenedAt().isBefore(FIRST_NEGATIVE))
        .isNotEmpty()
        .allMatch(alert -> alert.getSeries().getMetric().equals("selection"));
  }

  @Test
  void booksBalanceInEveryPane() {
    assertThat(memory.audit(Books.class)).isNotEmpty().allMatch(Books::getBalanced);
    assertThat(memory.books())
        .isEqualTo(
            Map.of(
                "compas.predictions read", (long) PEOPLE,
                "compas.predictions accepted", (long) PEOPLE,
                "compas.predictions labelled", (long) PEOPLE,
                "compas.labels read", (long) PEOPLE,
                "compas.labels matched", (long) PEOPLE));
  }

  @Test
  void theOrderOfReadingChangesNothing() {
    assertThat(Replays.byPartition(monitor, log, Replays.NO_SCHEMAS).byKey())
        .isEqualTo(memory.byKey());
  }

  @Test
  void kafkaStreamsPublishesTheSameFromABrokerThatDeletesByTime(
      ForgetfulBroker broker, @TempDir Path folder) {
    StreamsReplay replay = new StreamsReplay(broker, monitor, log);
    replay.write();

    Outcome streams = replay.run(memory.published().size(), 1, folder);

    assertThat(streams.byKey()).isEqualTo(memory.byKey());
    assertThat(replay.firstOffsets().values()).containsOnly(0L);
    assertThat(broker.forgottenTopics(monitor.name())).isEmpty();
  }

  private static JsonNode published(String group) {
    for (JsonNode entry : SharedFiles.json("metrics/golden/00_propublica.json").at("/entries")) {
      if (entry.at("/id").asText().equals("compas_full.published_table")) {
        return entry.at("/value").path(group);
      }
    }
    throw new AssertionError("no entry compas_full.published_table");
  }

  private static Metrics last(String subgroup) {
    return memory.finals().stream()
        .filter(m -> m.getWindowSize().equals("all") && m.getSubgroup().equals(subgroup))
        .findFirst()
        .orElseThrow();
  }

  private static Estimate estimate(Metrics metrics, String name) {
    return metrics.getMetrics().stream()
        .filter(estimate -> estimate.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static BigDecimal percent(Estimate estimate) {
    return BigDecimal.valueOf(estimate.getValue())
        .movePointRight(2)
        .setScale(2, RoundingMode.HALF_UP);
  }
}
