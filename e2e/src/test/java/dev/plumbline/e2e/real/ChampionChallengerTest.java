package dev.plumbline.e2e.real;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Counters;
import dev.plumbline.schemas.avro.Metrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two versions score the same cases, each writes to a topic of its own, and one label judges both:
 * the challenger decides as the champion where the person is below 45, else the other way.
 */
@ExtendWith(ForgetfulBroker.Extension.class)
final class ChampionChallengerTest {

  private static final String DATA = "data/acs_designed/";
  private static final int UNIQUE = 60_000;

  private static Monitor monitor;
  private static InputLog log;
  private static Outcome memory;

  @BeforeAll
  static void replayInMemory() {
    monitor = MonitorFile.read(Path.of("monitors", "acs_versions.yaml")).orThrow();
    List<String> rows = SharedFiles.rows(DATA + "predictions.csv.gz");
    log =
        new InputLog(monitor, 2)
            .addRows("acs.champion", rows, 3)
            .addRows("acs.challenger", rows.stream().map(r -> challenged(r)).toList(), 3)
            .addRows(Kind.LABELS, SharedFiles.rows(DATA + "labels.csv.gz"), 2);
    memory = Replays.byTime(monitor, log, Replays.NO_SCHEMAS);
  }

  private static String challenged(String row) {
    String[] columns = row.split(",", -1);
    boolean isOther = columns[7].compareTo("45") >= 0;
    columns[4] = isOther ? (columns[4].equals("1") ? "0" : "1") : columns[4];
    return String.join(",", columns);
  }

  @Test
  void nothingIsADuplicateThatWasNotOneInItsOwnTopic() {
    Map<String, Long> books = memory.books();

    for (String topic : List.of("acs.champion", "acs.challenger")) {
      assertThat(books)
          .containsEntry(topic + " accepted", (long) UNIQUE)
          .containsEntry(topic + " duplicate", 183L)
          .containsEntry(topic + " labelled", UNIQUE - 1_839L);
    }
    assertThat(books)
        .containsEntry("acs.outcomes matched", UNIQUE - 1_839L)
        .containsEntry("acs.outcomes duplicate", 276L)
        .containsEntry("acs.outcomes revised", 225L);
    assertThat(memory.audit(Books.class)).allMatch(Books::getBalanced);
  }

  @Test
  void oneLabelJudgesBothVersions() {
    Map<String, Counters> finals = new TreeMap<>();
    for (Metrics metrics : memory.finals()) {
      if (metrics.getWindowSize().equals("all")) {
        finals.put(metrics.getVersion() + " " + metrics.getSubgroup(), metrics.getCounters());
      }
    }

    for (Map.Entry<String, Counters> entry : finals.entrySet()) {
      String subgroup = entry.getKey().substring(entry.getKey().indexOf(' '));
      Counters champion = requireNonNull(finals.get("champion" + subgroup));
      Counters challenger = requireNonNull(finals.get("challenger" + subgroup));
      assertThat(challenger.getPredictions()).isEqualTo(champion.getPredictions());
      assertThat(challenger.getTp() + challenger.getFn())
          .as(subgroup)
          .isEqualTo(champion.getTp() + champion.getFn());
      if (subgroup.startsWith(" age_band=")) {
        boolean isOther = subgroup.compareTo(" age_band=45") >= 0;
        assertThat(challenger.getTp()).isEqualTo(isOther ? champion.getFn() : champion.getTp());
      }
    }
    assertThat(finals).hasSizeGreaterThan(20);
  }

  @Test
  void kafkaStreamsPublishesTheSame(ForgetfulBroker broker, @TempDir Path folder) {
    StreamsReplay replay = new StreamsReplay(broker, monitor, log);
    replay.write();

    Outcome streams = replay.run(memory.published().size(), 2, folder);

    assertThat(streams.byKey()).isEqualTo(memory.byKey());
  }
}
