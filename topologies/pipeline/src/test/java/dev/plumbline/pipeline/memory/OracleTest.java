package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.testkit.Delta;
import dev.plumbline.testkit.Generated;
import dev.plumbline.testkit.Generator;
import dev.plumbline.testkit.Interleaving;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.NaiveSorter;
import dev.plumbline.testkit.Plan;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OracleTest {

  private static final int EVENTS = 700;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 7, 11, 12, 13, 14, 19})
  void deltasAreThoseOfTheNaiveSorterInAnyOrderOfReading(long seed) {
    Generated generated = Generator.hostile(plan(seed));
    var expected = expected(generated, List.of());

    for (Interleaving order : Interleaving.all(generated.log(), seed)) {
      Rehearsal run = run(generated, order, seed, List.of(), 0);

      assertThat(run.deltas()).as(order.toString()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6, 7, 11, 12, 14})
  void deltasAreThoseOfTheNaiveSorterWithIdlePartitionsOfAnEarlierRun(long seed) {
    Generated generated = Generator.hostile(plan(seed));
    List<Flow.Exclusion> exclusions =
        generated.exclusions().stream()
            .map(
                e ->
                    new Flow.Exclusion(
                        e.partition(), 0, e.offset(), Long.MIN_VALUE, e.answerPane()))
            .toList();

    Rehearsal run = run(generated, Interleaving.bursts(generated.log(), seed), seed, exclusions, 0);

    assertThat(run.deltas()).isEqualTo(expected(generated, generated.exclusions()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 12})
  void everythingPublishedIsTheSameInAnyOrderOfReading(long seed) {
    Generated generated = Generator.hostile(plan(seed));

    Map<String, List<Published>> first =
        run(generated, Interleaving.roundRobin(generated.log()), seed, List.of(), 0).published();

    for (Interleaving order : Interleaving.all(generated.log(), seed + 1)) {
      Rehearsal run = run(generated, order, seed + 7, List.of(), 0);
      assertSame(run.published(), first);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 12, 13})
  void nothingIsLostOrDoubledWhenEveryStepIsKilledAgainAndAgain(long seed) {
    Generated generated = Generator.hostile(plan(seed));
    Rehearsal calm = run(generated, Interleaving.roundRobin(generated.log()), seed, List.of(), 0);

    for (Interleaving order : Interleaving.all(generated.log(), seed)) {
      for (int stretch : List.of(100, 1000)) {
        Rehearsal killed = run(generated, order, seed + stretch, List.of(), stretch);

        assertThat(killed.deltas()).as(order + " " + stretch).isEqualTo(calm.deltas());
        assertSame(killed.published(), calm.published());
      }
    }
  }

  @Test
  void theBooksBalanceAtEveryClosedPane() {
    Generated generated = Generator.hostile(plan(1));

    Rehearsal run = run(generated, Interleaving.bursts(generated.log(), 1), 1, List.of(), 0);

    List<String> audits =
        run.published().entrySet().stream()
            .filter(e -> e.getKey().startsWith("AUDIT"))
            .flatMap(e -> e.getValue().stream())
            .map(p -> p.value().toString())
            .filter(text -> text.contains("balanced"))
            .toList();
    assertThat(audits).isNotEmpty().allMatch(text -> text.contains("\"balanced\": true"));
    assertThat(audits.toString()).contains(RecordState.EXPIRED.text());
  }

  private static Plan plan(long seed) {
    Plan plan = Plan.of(seed).withEvents(EVENTS);
    Plan sampled = seed % 3 == 0 ? plan.withStrata() : plan;
    Plan closing = seed % 5 > 2 ? sampled.closing() : sampled;
    Plan sequenced = seed % 2 == 0 ? closing.sequenced() : closing;
    Plan concluding = seed % 4 > 1 ? sequenced.concluding() : sequenced;
    return seed > 10 ? concluding.withAttributesElsewhere() : concluding;
  }

  private static Map<Delta, Long> expected(
      Generated generated, List<dev.plumbline.testkit.Exclusion> exclusions) {
    return NaiveSorter.deltas(generated.log(), generated.plan().rules(), Plan.MODELS, exclusions);
  }

  private static void assertSame(
      Map<String, List<Published>> actual, Map<String, List<Published>> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    actual.forEach(
        (key, records) ->
            assertThat(texts(records))
                .as(key)
                .isEqualTo(texts(expected.getOrDefault(key, List.of()))));
  }

  private static List<String> texts(List<Published> records) {
    return records.stream().map(Published::toString).toList();
  }

  /**
   * Reads a log to its end, committing at random; with crashes, about every third commit is lost.
   */
  private static Rehearsal run(
      Generated generated,
      Interleaving order,
      long seed,
      List<Flow.Exclusion> exclusions,
      int stretch) {
    boolean crashes = stretch > 0;
    Log log = generated.log();
    Flow flow = RawRecords.flow(log, generated.plan().rules(), 3, exclusions);
    Rehearsal run = new Rehearsal(flow, seed);
    SplittableRandom random = new SplittableRandom(seed);
    List<Interleaving.Step> steps = Stream.of(order).flatMap(o -> stream(o)).toList();
    int committed = 0;
    for (int next = 0; next < steps.size(); ) {
      run.endEmpty(log);
      int until = Math.min(steps.size(), next + 1 + random.nextInt(crashes ? stretch : 100));
      for (; next < until; next++) {
        run.read(log, steps.get(next));
      }
      if (crashes && random.nextInt(3) == 0) {
        run.crash();
        next = committed;
      } else {
        if (crashes && random.nextInt(3) > 0) {
          run.commitMidway();
        } else {
          run.commit();
        }
        committed = next;
        if (crashes && random.nextInt(3) == 0) {
          run.crash();
        }
      }
    }
    run.commit();
    return run;
  }

  private static Stream<Interleaving.Step> stream(Interleaving order) {
    TreeMap<Integer, Interleaving.Step> steps = new TreeMap<>();
    for (Interleaving.Step step : order) {
      steps.put(steps.size(), step);
    }
    return steps.values().stream();
  }
}
