package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.state.cube.LabelAge;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import dev.plumbline.testkit.Generated;
import dev.plumbline.testkit.Generator;
import dev.plumbline.testkit.Interleaving;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The last word on a window is the sum of its deltas; values beyond the cap are folded. */
final class StatementsTest {

  private static final int EVENTS = 700;
  private static final List<List<String>> MANY_VALUES =
      List.of(List.of("f", "m"), List.of("a", "b", "c", "d", "e"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theLastStatementOfAWindowCountsEveryDelta(long seed) {
    Rehearsal run = run(seed);

    List<Metrics> last =
        statements(run).stream()
            .map(s -> s.get(s.size() - 1))
            .filter(StatementsTest::isFinal)
            .toList();

    assertThat(last).extracting(Metrics::getWindowSize).contains("6h", "1d", "all");
    assertThat(last).allSatisfy(s -> assertCounts(s, run));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theWindowOfEverythingIsStatedAgainAndAgain(long seed) {
    assertThat(statements(run(seed)))
        .filteredOn(s -> s.get(0).getWindowSize().equals("all"))
        .anyMatch(s -> s.size() > 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void valuesBeyondTheCapAreOther(long seed) {
    Set<String> regions = new TreeSet<>();
    for (List<Metrics> statements : statements(run(seed))) {
      String subgroup = statements.get(0).getSubgroup();
      if (subgroup.startsWith("region=")) {
        regions.add(subgroup.substring("region=".length()));
      }
    }

    assertThat(regions).contains(Cell.OTHER);
  }

  private static boolean isFinal(Metrics statement) {
    String age = statement.getLabelAge();
    return statement.getSubgroup().equals("all") && (age == null || age.equals(LabelAge.FINAL));
  }

  private static void assertCounts(Metrics statement, Rehearsal run) {
    long predictions = 0;
    long labelled = 0;
    for (var entry : run.deltas().entrySet()) {
      Counter counter = entry.getKey().counter();
      if (counter instanceof Predicted p && isOf(statement, p.cell(), p.pane())) {
        predictions += entry.getValue();
      } else if (counter instanceof Labelled l && isOf(statement, l.cell(), l.pane())) {
        labelled += entry.getValue();
      }
    }
    assertThat(statement.getCounters().getPredictions()).isEqualTo(predictions);
    if (statement.getLabelAge() != null) {
      assertThat(statement.getCounters().getLabelled()).isEqualTo(labelled);
    }
  }

  private static boolean isOf(Metrics statement, Cell cell, long pane) {
    Instant start = statement.getWindowStart();
    Instant end = statement.getWindowEnd();
    long time = pane * Plan.RULES.timing().pane();
    LongPredicate isInside =
        start == null || end == null
            ? t -> true
            : t -> t >= start.toEpochMilli() && t < end.toEpochMilli();
    return cell.model().equals(statement.getModel())
        && cell.version().equals(statement.getVersion())
        && isInside.test(time);
  }

  /** For every key its revisions, in the order in which they were published. */
  private static List<List<Metrics>> statements(Rehearsal run) {
    return run.published().values().stream()
        .filter(records -> records.get(0).output() == Output.METRICS)
        .map(records -> records.stream().map(Published::value).map(Metrics.class::cast).toList())
        .toList();
  }

  private static Plan plan(long seed) {
    Plan plan = Plan.of(seed);
    return new Plan(
        seed,
        plan.predictionPartitions(),
        plan.labelPartitions(),
        EVENTS,
        false,
        false,
        false,
        MANY_VALUES,
        plan.rules());
  }

  private static Rehearsal run(long seed) {
    Generated generated = Generator.hostile(plan(seed));
    Log log = generated.log();
    Flow flow = RawRecords.flow(log, generated.plan().rules(), 3, List.of());
    Rehearsal run = new Rehearsal(flow, seed);
    run.readAll(log, Interleaving.roundRobin(log), 50);
    return run;
  }
}
