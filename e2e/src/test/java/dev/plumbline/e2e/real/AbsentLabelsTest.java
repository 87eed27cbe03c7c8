package dev.plumbline.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.memory.MemoryRun;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.BookEntry;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Counters;
import dev.plumbline.schemas.avro.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams in which nobody sends the usual outcome: what the silence of the label feed tells. */
final class AbsentLabelsTest {

  private static final Duration STEP = Duration.ofHours(1);
  private static final Instant CUT = Instant.parse("2019-11-26T12:00:00Z");
  private static final Instant MENDED = CUT.plus(Duration.ofDays(2));

  @ParameterizedTest
  @CsvSource({
    "compas_general, 'horizon: 1084d', 'horizon: 1100d\n  absent: {after: 1100d, label:"
        + " stayed_out}'",
    "feedback_a, '', ''",
    "obd_men, '', ''"
  })
  void finalCountersAreTheSameWithoutTheNegativeLabels(String data, String line, String changed)
      throws IOException {
    String text = Files.readString(Path.of("monitors", data + ".yaml")).replace(line, changed);
    Monitor monitor = MonitorFile.parse(text, data).orThrow();
    assertThat(monitor.labels().outcomes().absence()).isPresent();

    Outcome all = Replays.byTime(monitor, log(monitor, data, true), Replays.NO_SCHEMAS);
    Outcome positive = Replays.byTime(monitor, log(monitor, data, false), Replays.NO_SCHEMAS);

    assertThat(finals(positive)).hasSizeGreaterThan(8).isEqualTo(finals(all));
    assertThat(finals(positive).values())
        .allMatch(counters -> counters.getLabelled() == counters.getPredictions());
    assertThat(positive.books().keySet()).anyMatch(state -> state.endsWith(" concluded"));
    assertThat(all.books().keySet()).noneMatch(state -> state.endsWith(" expired"));
    assertThat(positive.audit(Books.class)).allMatch(Books::getBalanced);
  }

  @Test
  void nothingIsConcludedWhileTheLabelFeedStandsStill() {
    Monitor monitor = MonitorFile.read(Path.of("monitors", "obd_men.yaml")).orThrow();
    InputLog log = log(monitor, "obd_men", false);

    Outcome cut = live(monitor, log, true);
    Outcome whole = live(monitor, log, false);

    assertThat(concluded(whole, CUT, MENDED)).isGreaterThan(5_000);
    assertThat(concluded(cut, CUT.plus(STEP), MENDED)).isZero();
    assertThat(concluded(cut, MENDED, Instant.MAX)).isGreaterThan(5_000);
    assertThat(finals(cut)).isEqualTo(finals(whole));
  }

  /** Reads as time goes by; in the cut the labels stay where they are, and come after it. */
  private static Outcome live(Monitor monitor, InputLog log, boolean isCut) {
    List<Published> published = new ArrayList<>();
    MemoryRun run = new MemoryRun(Replays.steps(monitor, log, Replays.NO_SCHEMAS), published::add);
    int[] next = new int[log.inputs().size()];
    Instant end = Instant.parse("2019-12-06T00:00:00Z");
    for (Instant now = Instant.parse("2019-11-24T01:00:00Z");
        now.isBefore(end);
        now = now.plus(STEP)) {
      for (int p = 0; p < next.length; p++) {
        boolean isOut =
            isCut
                && log.inputs().get(p).kind() == Kind.LABELS
                && !now.isBefore(CUT)
                && now.isBefore(MENDED);
        List<Incoming> records = log.records(p);
        int before = next[p];
        while (!isOut
            && next[p] < records.size()
            && records.get(next[p]).timestamp() < now.toEpochMilli()) {
          run.read(p, records.get(next[p]++));
        }
        if (next[p] == before) {
          run.quiet(p, STEP.toMillis());
        }
      }
      run.commit();
      run.commit();
    }
    for (int p = 0; p < next.length; p++) {
      run.end(p);
    }
    run.commit();
    run.commit();
    return new Outcome(published);
  }

  /** Conclusions that entered the books in the panes of an interval. */
  private static long concluded(Outcome outcome, Instant from, Instant to) {
    return outcome.published().stream()
        .filter(record -> record.value() instanceof Audit)
        .map(record -> (Audit) record.value())
        .filter(audit -> audit.getEvent() instanceof Books)
        .filter(audit -> audit.getPaneEnd().isAfter(from) && !audit.getPaneEnd().isAfter(to))
        .flatMap(audit -> ((Books) audit.getEvent()).getEntries().stream())
        .filter(entry -> entry.getState().equals("concluded"))
        .mapToLong(BookEntry::getCount)
        .sum();
  }

  private static InputLog log(Monitor monitor, String data, boolean withNegatives) {
    List<String> labels =
        SharedFiles.rows("data/" + data + "/labels.csv.gz").stream()
            .filter(row -> withNegatives || row.split(",", -1)[1].equals("1"))
            .toList();
    return new InputLog(monitor, 1)
        .addRows(Kind.PREDICTIONS, SharedFiles.rows("data/" + data + "/predictions.csv.gz"), 3)
        .addRows(Kind.LABELS, labels, 2);
  }

  /** Counters of everything by version and subgroup, as said last. */
  private static Map<String, Counters> finals(Outcome outcome) {
    Map<String, Counters> finals = new TreeMap<>();
    for (Metrics metrics : outcome.finals()) {
      if (metrics.getWindowSize().equals("all")) {
        finals.put(metrics.getVersion() + " " + metrics.getSubgroup(), metrics.getCounters());
      }
    }
    return finals;
  }
}
