package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.join.Outcomes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import dev.plumbline.testkit.Delta;
import dev.plumbline.testkit.Interleaving;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.NaiveSorter;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every time is a whole hour, like every limit of the rules, so that records fall exactly on the
 * ends of windows, of panes and of grace, and are equal to each other, again and again.
 */
final class LimitsTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long BEGIN = Duration.ofDays(20_000).toMillis();
  private static final int RECORDS = 200;
  private static final int IDS = 60;
  private static final int FEW_IDS = 12;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void deltasAreThoseOfTheNaiveSorterWhereTimesFallOnTheLimits(long seed) {
    Log log = log(seed);
    Map<Delta, Long> expected = NaiveSorter.deltas(log, Plan.RULES, Plan.MODELS, List.of());

    for (Interleaving order : Interleaving.all(log, seed)) {
      assertThat(run(log, order, seed, false).deltas()).as(order.toString()).isEqualTo(expected);
    }
  }

  /** Here no partition is empty, so panes close, and are restored, while the log is still read. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatIsPublishedIsTheSameWhenEveryStepIsKilledAfterEveryOtherCommit(long seed) {
    Log log = log(seed);

    for (Interleaving order : Interleaving.all(log, seed)) {
      Rehearsal calm = run(log, order, seed, false);
      Rehearsal killed = run(log, order, seed, true);

      assertThat(killed.published().keySet()).isEqualTo(calm.published().keySet());
      calm.published()
          .forEach(
              (key, records) ->
                  assertThat(killed.published().getOrDefault(key, List.of()).toString())
                      .as(order + " " + key)
                      .isEqualTo(records.toString()));
    }
  }

  /** The same few ids come again and again, under limits that are drawn anew each time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void deltasAreThoseOfTheNaiveSorterUnderAnyLimits(long seed) {
    JoinRules rules = rules(new SplittableRandom(seed));
    Log log = log(seed, FEW_IDS);
    Map<Delta, Long> expected = NaiveSorter.deltas(log, rules, Plan.MODELS, List.of());

    for (Interleaving order : Interleaving.all(log, seed)) {
      Rehearsal killed = run(log, rules, order, seed, true);

      assertThat(killed.deltas()).as("%s %s", order, rules).isEqualTo(expected);
    }
  }

  private static JoinRules rules(SplittableRandom random) {
    Timing timing =
        new Timing(
            HOUR,
            random.nextInt(1, 9) * HOUR,
            random.nextInt(6) * HOUR,
            random.nextInt(2, 48) * HOUR,
            random.nextInt(60) * HOUR,
            random.nextInt(48) * HOUR,
            24 * HOUR,
            random.nextInt(1, 5));
    return new JoinRules(timing, Plan.RULES.ages(), Plan.RULES.bins(), Outcomes.OF_LAST);
  }

  private static Rehearsal run(Log log, Interleaving order, long seed, boolean crashes) {
    return run(log, Plan.RULES, order, seed, crashes);
  }

  private static Rehearsal run(
      Log log, JoinRules rules, Interleaving order, long seed, boolean crashes) {
    Rehearsal run = new Rehearsal(RawRecords.flow(log, rules, 2, List.of()), seed);
    int read = 0;
    for (Interleaving.Step step : order) {
      run.read(log, step);
      if (++read % 40 == 0) {
        run.commit();
        if (crashes && read % 80 == 0) {
          run.crash();
        }
      }
    }
    run.commit();
    return run;
  }

  private static Log log(long seed) {
    return log(seed, IDS);
  }

  private static Log log(long seed, int ids) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Log.Partition> partitions = new ArrayList<>();
    for (Log.Kind kind : List.of(Log.Kind.PREDICTIONS, Log.Kind.LABELS)) {
      partitions.add(Log.Partition.of(kind, records(kind, ids, random)));
      partitions.add(Log.Partition.of(kind, records(kind, ids, random)));
    }
    return new Log(partitions);
  }

  /** About one record an hour, up to eight hours out of order, with jumps of about a day. */
  private static List<Raw> records(Log.Kind kind, int ids, SplittableRandom random) {
    List<Raw> records = new ArrayList<>();
    long hour = 0;
    for (int i = 0; i < RECORDS; i++) {
      hour += random.nextInt(20) == 0 ? 23 + random.nextInt(3) : random.nextInt(3);
      long time = BEGIN + (hour - random.nextInt(9)) * HOUR;
      IdHash id = new IdHash(random.nextInt(ids), 0);
      Event event =
          kind == Log.Kind.PREDICTIONS
              ? prediction(id, time, random)
              : new Label(
                  id, time, time - random.nextInt(26) * HOUR, Event.NO_SEQUENCE, random.nextInt(2));
      records.add(new Raw.Mapped(i, time, event));
    }
    return records;
  }

  private static Prediction prediction(IdHash id, long time, SplittableRandom random) {
    Cell cell = new Cell(Plan.MODEL, "v1", List.of("f", "north"));
    return new Prediction(id, time, Event.NO_SEQUENCE, cell, random.nextInt(2), 250_000);
  }
}
