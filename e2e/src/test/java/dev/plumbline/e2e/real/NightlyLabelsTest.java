package dev.plumbline.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.memory.MemoryRun;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Exclusion;
import dev.plumbline.schemas.avro.Metrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Income decisions whose labels are loaded once a night, up to three days after they became known
 * and in no order, while the monitor waits for them or goes on without.
 */
final class NightlyLabelsTest {

  private static final String DATA = "data/acs_designed/";
  private static final Instant BEGIN = Instant.parse("2025-03-01T00:00:00Z");
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final int COMMIT_EVERY = 20;

  private static Monitor monitor;
  private static List<String> predictions;
  private static List<Delivered> labels;

  /** A label with the time at which it is loaded. */
  private record Delivered(String row, long at) {}

  @BeforeAll
  static void loadLabelsByNight() throws IOException {
    String file = Files.readString(Path.of("monitors", "acs_designed.yaml"));
    // A night may begin with a label that is days ahead of the last one of the night before.
    String patient = file.replace("advance: 1d}", "advance: 1d, jump: 4d}");
    monitor = MonitorFile.parse(patient, "acs_designed.yaml").orThrow();
    predictions = SharedFiles.rows(DATA + "predictions.csv.gz");
    Random random = new Random(9);
    labels = new ArrayList<>();
    for (String row : SharedFiles.rows(DATA + "labels.csv.gz")) {
      long known = Instant.parse(row.split(",", -1)[2]).toEpochMilli();
      long ready = known + random.nextLong(2 * DAY);
      labels.add(new Delivered(row, (Math.floorDiv(ready, DAY) + 1) * DAY + 2 * HOUR));
    }
    Collections.shuffle(labels, random);
    labels.sort((a, b) -> Long.compare(a.at, b.at));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void labelFreeNumbersDoNotWaitNothingAlarmsAndTheBooksBalance(boolean isLive) {
    InputLog log = new InputLog(monitor, 1).addRows(Kind.PREDICTIONS, predictions, 3);
    for (Delivered label : labels) {
      String id = label.row.substring(0, label.row.indexOf(','));
      log.add(Kind.LABELS, id, label.at, label.row.getBytes(StandardCharsets.UTF_8));
    }
    Night night = new Night(log, isLive);
    night.run();

    Outcome outcome = new Outcome(night.published);
    assertThat(outcome.audit(Exclusion.class)).hasSizeBetween(isLive ? 50 : 0, isLive ? 120 : 0);
    assertThat(night.late).isEmpty();
    assertThat(night.labelFree).isGreaterThan(500);
    assertThat(outcome.audit(Books.class)).isNotEmpty().allMatch(Books::getBalanced);
    assertThat(outcome.books()).containsEntry("acs.labels matched", 58_161L);
    assertThat(outcome.alerts())
        .extracting((Alert alert) -> alert.getOpenedAt())
        .noneMatch(opened -> opened.isBefore(day(21)))
        .noneMatch(opened -> opened.isAfter(day(34)) && opened.isBefore(day(41)));
  }

  private static Instant day(int day) {
    return BEGIN.plus(Duration.ofDays(day));
  }

  /** Reads by the clock on the wall, and says so of a partition that brings nothing. */
  private static final class Night {
    private final InputLog log;
    private final boolean isLive;
    private final MemoryRun run;
    private final List<Published> published = new ArrayList<>();
    private final List<Metrics> late = new ArrayList<>();
    private long confirmed = Long.MIN_VALUE; // time of the predictions that were committed
    private int labelFree;

    Night(InputLog log, boolean isLive) {
      this.log = log;
      this.isLive = isLive;
      this.run = new MemoryRun(Replays.steps(monitor, log, Replays.NO_SCHEMAS), this::publish);
    }

    /** What the clocks of the predictions have passed already at the commit before is late. */
    private void publish(Published record) {
      published.add(record);
      if (record.value() instanceof Metrics metrics && metrics.getLabelAge() == null) {
        labelFree++;
        long passed = confirmed - monitor.windows().grace().millis();
        if (metrics.getPaneEnd().toEpochMilli() <= passed && metrics.getRevision() == 1) {
          late.add(metrics);
        }
      }
    }

    void run() {
      int[] next = new int[2];
      long lastLabel = Long.MAX_VALUE;
      List<Incoming> decisions = log.records(0);
      List<Incoming> outcomes = log.records(1);
      while (next[0] < decisions.size()) {
        Incoming decision = decisions.get(next[0]++);
        while (next[1] < outcomes.size()
            && outcomes.get(next[1]).timestamp() <= decision.timestamp()) {
          lastLabel = outcomes.get(next[1]).timestamp();
          run.read(1, outcomes.get(next[1]++));
        }
        run.read(0, decision);
        if (next[0] % COMMIT_EVERY == 0) {
          if (isLive && decision.timestamp() > lastLabel + HOUR) {
            run.quiet(1, decision.timestamp() - lastLabel);
          }
          run.commit();
          confirmed = Math.max(confirmed, decision.timestamp());
        }
      }
      while (next[1] < outcomes.size()) {
        run.read(1, outcomes.get(next[1]++));
      }
      run.commit();
      run.end(0);
      run.end(1);
      run.commit();
    }
  }
}
