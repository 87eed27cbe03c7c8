package dev.plumbline.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Counters;
import dev.plumbline.schemas.avro.Metrics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Race and sex come by a topic keyed by person: of a third of the people a day before the decision,
 * of a third two days after it, and of a third never.
 */
@ExtendWith(ForgetfulBroker.Extension.class)
final class AttributesElsewhereTest {

  private static final String DATA = "data/acs_designed/";
  private static final int TIME = 3;
  private static final int RACE = 5;
  private static final int SEX = 6;
  private static final int AGE = 7;
  private static final int THIRD = 3;

  private static Monitor monitor;
  private static InputLog log;
  private static Outcome memory;
  private static Outcome inline;

  @BeforeAll
  static void replayInMemory() {
    monitor = MonitorFile.read(Path.of("monitors", "acs_elsewhere.yaml")).orThrow();
    List<String> rows = SharedFiles.rows(DATA + "predictions.csv.gz");
    List<String> labels = SharedFiles.rows(DATA + "labels.csv.gz");
    log =
        new InputLog(monitor, 2)
            .addRows(Kind.PREDICTIONS, rows.stream().map(r -> withPerson(r)).toList(), TIME)
            .addRows(Kind.LABELS, labels, 2)
            .addRows("acs.people", people(rows), 1);
    memory = Replays.byTime(monitor, log, Replays.NO_SCHEMAS);
    Monitor known = MonitorFile.read(Path.of("monitors", "acs_designed.yaml")).orThrow();
    InputLog whole =
        new InputLog(known, 2)
            .addRows(Kind.PREDICTIONS, rows.stream().map(r -> ifKnown(r)).toList(), TIME)
            .addRows(Kind.LABELS, labels, 2);
    inline = Replays.byTime(known, whole, Replays.NO_SCHEMAS);
  }

  private static int third(String row) {
    return Integer.parseInt(row.substring(1, row.indexOf(','))) % THIRD;
  }

  private static String withPerson(String row) {
    String[] columns = row.split(",", -1);
    String person = "person-" + columns[0];
    return String.join(
        ",", columns[0], columns[1], columns[2], columns[TIME], columns[4], person, columns[AGE]);
  }

  private static String ifKnown(String row) {
    String[] columns = row.split(",", -1);
    if (third(row) == 2) {
      columns[RACE] = "";
      columns[SEX] = "";
    }
    return String.join(",", columns);
  }

  private static List<String> people(List<String> rows) {
    Set<String> seen = new HashSet<>();
    List<String> people = new ArrayList<>();
    for (String row : rows) {
      String[] columns = row.split(",", -1);
      if (third(row) < 2 && seen.add(columns[0])) {
        Duration after = third(row) == 0 ? Duration.ofDays(-1) : Duration.ofDays(2);
        Instant known = Instant.parse(columns[TIME]).plus(after);
        people.add("person-%s,%s,%s,%s".formatted(columns[0], known, columns[RACE], columns[SEX]));
      }
    }
    people.sort(Comparator.comparing(row -> Instant.parse(row.split(",", -1)[1])));
    return people;
  }

  @Test
  void finalCountersAreThoseOfAttributesInTheRecord() {
    Map<String, Counters> elsewhere = finals(memory);

    assertThat(elsewhere).isEqualTo(finals(inline)).hasSizeGreaterThan(10);
    assertThat(elsewhere.keySet()).anyMatch(key -> key.endsWith("sex=missing"));
  }

  @Test
  void booksBalanceAndCountTheRecordsOfPeople() {
    Map<String, Long> books = memory.books();

    assertThat(books).containsEntry("acs.people attributes", books.get("acs.people read"));
    assertThat(memory.audit(Books.class)).allMatch(Books::getBalanced);
  }

  @Test
  void theOrderOfReadingDecidesNothing() {
    Outcome byPartition = Replays.byPartition(monitor, log, Replays.NO_SCHEMAS);

    assertThat(byPartition.byKey()).isEqualTo(memory.byKey());
  }

  @Test
  void kafkaStreamsPublishesTheSame(ForgetfulBroker broker, @TempDir Path folder) {
    StreamsReplay replay = new StreamsReplay(broker, monitor, log);
    replay.write();

    Outcome streams = replay.run(memory.published().size(), 2, folder);

    assertThat(streams.byKey()).isEqualTo(memory.byKey());
  }

  private static Map<String, Counters> finals(Outcome outcome) {
    Map<String, Counters> finals = new TreeMap<>();
    for (Metrics metrics : outcome.finals()) {
      if (metrics.getWindowSize().equals("all")) {
        // Where a prediction was moved that had a label, its first outcome counts as corrected.
        Counters counters = Counters.newBuilder(metrics.getCounters()).setCorrections(0).build();
        finals.put(metrics.getVersion() + " " + metrics.getSubgroup(), counters);
      }
    }
    return finals;
  }
}
