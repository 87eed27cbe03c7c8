package dev.plumbline.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.schemas.Topic;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Direction;
import dev.plumbline.schemas.avro.Effect;
import dev.plumbline.schemas.avro.Evidence;
import dev.plumbline.schemas.avro.Owner;
import dev.plumbline.schemas.avro.Phase;
import dev.plumbline.schemas.avro.Series;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class AlertTableTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final AlertTable table = new AlertTable();

  /** The list of topics makes Avro trust our classes. */
  @BeforeAll
  static void trust() {
    assertThat(Topic.values()).contains(Topic.ALERTS);
  }

  @Test
  void theOwnerIsNamedBelowEachAlertThatHasOne() {
    table.add(alert("last", Phase.OPEN, 0, new Owner("lending-ml", "gold", "runbooks/credit")));
    table.add(alert("middle", Phase.RESOLVED, 1, new Owner("", "", "")));
    table.add(alert("first", Phase.OPEN, 2, new Owner("", "", "ask\n  the desk\n")));

    List<String> lines = table.linesWithOwners(false);

    assertThat(lines).hasSize(6);
    assertThat(lines.get(1)).endsWith("first");
    assertThat(lines.get(2)).isEqualTo("  owner: runbook ask the desk");
    assertThat(lines.get(3)).endsWith("middle");
    assertThat(lines.get(4)).endsWith("last");
    assertThat(lines.get(5))
        .isEqualTo("  owner: team lending-ml, tier gold, runbook runbooks/credit");
    assertThat(table.linesWithOwners(true)).hasSize(5).doesNotContain(lines.get(3));
    assertThat(table.lines(false)).hasSize(4);
  }

  @Test
  void whereThereIsNoAlertThereIsNoTable() {
    assertThat(table.linesWithOwners(false)).isEmpty();
  }

  private static Alert alert(String id, Phase phase, int hour, Owner owner) {
    return Alert.newBuilder()
        .setMonitor("credit")
        .setAlertId(id)
        .setModel("scorecard")
        .setPhase(phase)
        .setSeries(new Series("rate", "tpr", "sex=F"))
        .setDirection(Direction.down)
        .setOpenedAt(NOON.plusSeconds(3600L * hour))
        .setChangePoint(NOON)
        .setEffect(Effect.newBuilder().setSuccesses(0).setTrials(0).build())
        .setEvidence(Evidence.newBuilder().setLogS(9).setLogThreshold(8).setWeight(0.1).build())
        .setMonitorDigest("d")
        .setOwner(owner)
        .build();
  }
}
