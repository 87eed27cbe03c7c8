package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.BookEntry;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.testkit.Generator;
import dev.plumbline.testkit.Interleaving;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Mild;
import dev.plumbline.testkit.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two partitionings of the same records (FLOW section 6), where nothing is judged differently. */
final class PartitioningTest {

  private static final int EVENTS = 1000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void metricsAlertsAndSummedBooksDoNotDependOnThePartitioning(long seed) {
    Mild mild = Generator.mild(Plan.of(seed).sequenced().withEvents(EVENTS));
    Rehearsal single = run(mild, 1, seed);
    Map<String, List<String>> one = statements(single);
    Map<String, Long> books = books(single);

    for (int partitions : new int[] {3, 8}) {
      Rehearsal run = run(mild, partitions, seed);

      assertThat(statements(run)).as(partitions + " partitions").isEqualTo(one);
      assertThat(books(run)).as(partitions + " partitions").isEqualTo(books);
    }
    assertThat(one.keySet()).anyMatch(key -> key.startsWith("ALERTS"));
  }

  private static Rehearsal run(Mild mild, int partitions, long seed) {
    Log log = mild.deal(partitions);
    Flow flow = RawRecords.flow(log, mild.plan().rules(), 3, List.of());
    Rehearsal run = new Rehearsal(flow, seed);
    run.readAll(log, Interleaving.bursts(log, seed), 50);
    return run;
  }

  private static Map<String, List<String>> statements(Rehearsal run) {
    Map<String, List<String>> statements = new TreeMap<>();
    run.published()
        .forEach(
            (key, records) -> {
              if (records.get(0).output() == Output.METRICS
                  || records.get(0).output() == Output.ALERTS) {
                statements.put(
                    key, records.stream().map(PartitioningTest::withoutPositions).toList());
              }
            });
    return statements;
  }

  private static String withoutPositions(Published record) {
    return record
        .value()
        .toString()
        .replaceAll("\"positions\": \\[[^]]*]", "")
        .replaceAll("\"closed\": \"[a-z]*\"", "");
  }

  private static Map<String, Long> books(Rehearsal run) {
    Map<String, Long> sums = new TreeMap<>();
    for (List<Published> records : new ArrayList<>(run.published().values())) {
      for (Published record : records) {
        if (record.value() instanceof Audit audit && audit.getEvent() instanceof Books books) {
          assertThat(books.getBalanced()).isTrue();
          for (BookEntry entry : books.getEntries()) {
            String key =
                audit.getPaneEnd()
                    + " "
                    + entry.getTopic()
                    + " "
                    + entry.getState()
                    + " "
                    + entry.getReason()
                    + " "
                    + entry.getModel();
            sums.merge(key, entry.getCount(), Long::sum);
          }
        }
      }
    }
    sums.values().removeIf(sum -> sum == 0);
    return sums;
  }
}
