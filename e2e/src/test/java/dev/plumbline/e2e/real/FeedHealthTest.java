package dev.plumbline.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.memory.MemoryRun;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Affects;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Health;
import dev.plumbline.schemas.avro.HealthKind;
import dev.plumbline.schemas.avro.HealthState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Real income decisions, read as they came by a wall clock that is the time of the records: as they
 * are, and with one value of one attribute renamed on one quiet day behind the reference.
 */
final class FeedHealthTest {

  private static final String DATA = "data/acs_designed/";
  private static final String DAY = "2025-03-18";
  private static final Instant QUIET_UNTIL = Instant.parse("2025-03-21T00:00:00Z");
  private static final int TIME = 3;
  private static final int SEX = 6;
  private static final long TICK = Duration.ofMinutes(1).toMillis();
  private static final int COMMIT_EVERY = 500;

  private static Monitor monitor;
  private static List<Published> asItIs;
  private static List<Published> renamed;

  @BeforeAll
  static void read() {
    monitor = MonitorFile.read(Path.of("monitors", "acs_designed.yaml")).orThrow();
    List<String> rows = SharedFiles.rows(DATA + "predictions.csv.gz");
    asItIs = live(log(rows), true);
    renamed = live(log(rows.stream().map(FeedHealthTest::rename).toList()), true);
  }

  private static InputLog log(List<String> predictions) {
    return new InputLog(monitor, 1)
        .addRows(Kind.PREDICTIONS, predictions, TIME)
        .addRows(Kind.LABELS, SharedFiles.rows(DATA + "labels.csv.gz"), 2);
  }

  private static String rename(String row) {
    String[] columns = row.split(",", -1);
    if (columns[TIME].startsWith(DAY) && columns[SEX].equals("Female")) {
      columns[SEX] = "F";
    }
    return String.join(",", columns);
  }

  private static List<Published> live(InputLog log, boolean isTicking) {
    List<Published> published = new ArrayList<>();
    MemoryRun run = new MemoryRun(Replays.steps(monitor, log, Replays.NO_SCHEMAS), published::add);
    int[] next = new int[log.inputs().size()];
    long tick = 0;
    int read = 0;
    for (int i = earliest(log, next); i >= 0; i = earliest(log, next)) {
      Incoming record = log.records(i).get(next[i]++);
      if (record.timestamp() >= QUIET_UNTIL.toEpochMilli()) {
        break;
      }
      run.read(i, record);
      if (++read % COMMIT_EVERY == 0) {
        run.commit();
      }
      tick = tick == 0 ? record.timestamp() : tick;
      for (; isTicking && tick <= record.timestamp(); tick += TICK) {
        run.tick(tick);
      }
    }
    run.commit();
    run.tick(QUIET_UNTIL.toEpochMilli());
    return published;
  }

  private static int earliest(InputLog log, int[] next) {
    int earliest = -1;
    long time = Long.MAX_VALUE;
    for (int i = 0; i < next.length; i++) {
      List<Incoming> records = log.records(i);
      if (next[i] < records.size() && records.get(next[i]).timestamp() < time) {
        earliest = i;
        time = records.get(next[i]).timestamp();
      }
    }
    return earliest;
  }

  @Test
  void aRenamedValueIsAFeedAlertOfItsAttributeAndNoFairnessAlert() {
    List<Health> told = conditions(renamed);

    assertThat(told).extracting(Health::getKind).containsOnly(HealthKind.unseen_values);
    assertThat(told).extracting(Health::getAttribute).containsOnly("sex");
    assertThat(told)
        .extracting(Health::getState)
        .containsExactly(HealthState.open, HealthState.closed);
    assertThat(told.get(0).getAffects()).isEqualTo(Affects.attribute);
    assertThat(told.get(0).getAt().toString()).startsWith(DAY);
    assertThat(told.get(0).getObserved()).isBetween(0.3, 0.6);
    assertThat(told.get(0).getMessage()).doesNotContain("Female");
    assertThat(renamed).extracting(Published::value).doesNotHaveAnyElementsOfTypes(Alert.class);
  }

  @Test
  void realDataAsTheyAreOpenNothing() {
    assertThat(conditions(asItIs)).isEmpty();
  }

  @Test
  void aHeartbeatLeavesEveryMinute() {
    long beats =
        asItIs.stream()
            .map(Published::value)
            .filter(value -> value instanceof Health health && isBeat(health))
            .count();

    assertThat(beats).isBetween(20L * 24 * 60 - 60, 20L * 24 * 60 + 1);
  }

  @Test
  void healthChangesNothingElse() {
    List<Published> without = live(log(SharedFiles.rows(DATA + "predictions.csv.gz")), false);

    assertThat(byKey(without)).isNotEmpty().isEqualTo(byKey(asItIs));
  }

  private static List<Health> conditions(List<Published> published) {
    return published.stream()
        .map(Published::value)
        .filter(Health.class::isInstance)
        .map(Health.class::cast)
        .filter(health -> !isBeat(health))
        .toList();
  }

  private static boolean isBeat(Health health) {
    return health.getKind() == HealthKind.heartbeat;
  }

  private static Map<String, List<Published>> byKey(List<Published> published) {
    return published.stream()
        .filter(record -> record.output() != Output.HEALTH)
        .collect(
            Collectors.groupingBy(
                record -> record.output() + record.key(), TreeMap::new, Collectors.toList()));
  }
}
