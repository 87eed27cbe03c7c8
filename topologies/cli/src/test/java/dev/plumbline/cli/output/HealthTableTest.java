package dev.plumbline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.Topic;
import dev.plumbline.schemas.avro.Affects;
import dev.plumbline.schemas.avro.Health;
import dev.plumbline.schemas.avro.HealthKind;
import dev.plumbline.schemas.avro.HealthState;
import dev.plumbline.schemas.avro.Series;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class HealthTableTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final HealthTable table = new HealthTable();

  /** The list of topics makes Avro trust our classes. */
  @BeforeAll
  static void trust() {
    assertThat(Topic.values()).contains(Topic.HEALTH);
  }

  @Test
  void aHeartbeatIsMissingAfterThree() {
    assertThat(table.missing(NOW, MINUTE)).isEmpty();

    table.add(record(HealthKind.heartbeat, NOW.minus(MINUTE.multipliedBy(3))).build());
    assertThat(table.missing(NOW, MINUTE)).isEmpty();
    assertThat(table.missing(NOW.plusMillis(1), MINUTE))
        .hasValueSatisfying(
            said ->
                assertThat(said)
                    .startsWith(
                        "the monitor is not running since 2026-03-01T11:57:00Z: its heart"));

    table.add(record(HealthKind.heartbeat, NOW).setState(HealthState.closed).build());
    assertThat(table.missing(NOW, MINUTE))
        .hasValueSatisfying(said -> assertThat(said).contains("it was told to stop"));
  }

  @Test
  void theLatestWordOfAConditionStandsInWhateverOrderTheyCome() {
    table.add(record(HealthKind.lag, NOW).setState(HealthState.closed).build());
    table.add(record(HealthKind.lag, NOW.minusSeconds(1)).build());
    table.add(record(HealthKind.rejects, NOW).build());

    assertThat(table.open()).extracting(Health::getKind).containsExactly(HealthKind.rejects);
    assertThat(table.lines().get(0)).isEqualTo("feed alerts: 1 open");
  }

  @Test
  void whatDependsOnAConditionHasItsReason() {
    table.add(record(HealthKind.labels_stopped, NOW).setAffects(Affects.labelled).build());
    table.add(
        record(HealthKind.unseen_values, NOW)
            .setAffects(Affects.attribute)
            .setModel("m")
            .setAttribute("sex")
            .build());

    assertThat(table.reason("m", series("tpr", "age=1")))
        .hasValue("labels_stopped (something happened)");
    assertThat(table.reason("m", series("selection", "age=1"))).isEmpty();
    assertThat(table.reason("m", series("selection", "age=1 & sex=F")))
        .hasValue("unseen_values (something happened)");
    assertThat(table.reason("other", series("selection", "sex=F"))).isEmpty();
  }

  private static Series series(String metric, String subgroup) {
    return Series.newBuilder().setFamily("rate").setMetric(metric).setSubgroup(subgroup).build();
  }

  private static Health.Builder record(HealthKind kind, Instant at) {
    return Health.newBuilder()
        .setMonitor("fed")
        .setMonitorDigest("00")
        .setKind(kind)
        .setState(HealthState.open)
        .setAt(at)
        .setSince(at)
        .setAffects(Affects.everything)
        .setMessage("something happened");
  }
}
