package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.testkit.Delta;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.NaiveSorter;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * So much in one pane and one commit that every kind of state and message outgrows one record of a
 * topic: new ids, a waking partition, orphans, a pane of deltas, what is held back.
 */
final class BurstTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long BEGIN = Duration.ofDays(20_000).toMillis();
  private static final int BUSY = 0;
  private static final int SLEEPER = 1;
  private static final int LABELS = 2;
  private static final int BURST = 60_000;
  private static final int QUIET_HOURS = 24 * 12;

  /** A broker takes 1,048,588 bytes with everything around them. */
  private static final int LIMIT = 640 * 1024;

  @Test
  void noRecordIsLargeAndNothingIsLost() {
    Log log = log();
    Map<Delta, Long> expected = NaiveSorter.deltas(log, Plan.RULES, Plan.MODELS, List.of());

    Rehearsal calm = run(log, false);
    Rehearsal killed = run(log, true);

    assertThat(calm.largest()).isBetween(LIMIT / 2, LIMIT);
    assertThat(killed.largest()).isLessThan(LIMIT);
    assertThat(calm.deltas()).isEqualTo(expected);
    assertThat(killed.deltas()).isEqualTo(expected);
    assertThat(killed.texts()).isEqualTo(calm.texts());
  }

  /** The sleeper wakes with its burst at once, before the others have gone on. */
  private static Rehearsal run(Log log, boolean crashes) {
    Rehearsal run = new Rehearsal(RawRecords.flow(log, Plan.RULES, 1, List.of()), 1);
    run.quiet(SLEEPER);
    for (int partition : new int[] {BUSY, LABELS, SLEEPER}) {
      read(run, log, partition, 0, BURST);
    }
    commit(run, crashes);
    commit(run, crashes);
    for (int hour = 0; hour < QUIET_HOURS; hour++) {
      for (int partition = 0; partition < log.partitions().size(); partition++) {
        read(run, log, partition, BURST + hour, BURST + hour + 1);
      }
      if (hour % 24 == 0) {
        commit(run, crashes);
      }
    }
    IntStream.range(0, log.partitions().size()).forEach(run::end);
    commit(run, crashes);
    commit(run, crashes);
    return run;
  }

  private static void commit(Rehearsal run, boolean crashes) {
    run.commit();
    if (crashes) {
      run.crash();
    }
  }

  private static void read(Rehearsal run, Log log, int partition, int from, int to) {
    for (Raw raw : log.partitions().get(partition).records().subList(from, to)) {
      run.read(partition, RawRecords.incoming(raw));
    }
  }

  /** Half of the labels find no prediction. */
  private static Log log() {
    SplittableRandom random = new SplittableRandom(1);
    return new Log(
        List.of(
            Log.Partition.of(Log.Kind.PREDICTIONS, predictions(0, random)),
            Log.Partition.of(Log.Kind.PREDICTIONS, predictions(1, random)),
            Log.Partition.of(Log.Kind.LABELS, labels(random))));
  }

  private static List<Raw> predictions(int partition, SplittableRandom random) {
    List<Raw> raws = new ArrayList<>();
    for (int i = 0; i < BURST + QUIET_HOURS; i++) {
      Cell cell =
          new Cell(Plan.MODEL, "v1", List.of("a" + random.nextInt(40), "b" + random.nextInt(10)));
      int score = random.nextInt(1_000_001);
      IdHash id = id(i, partition);
      raws.add(
          raw(i, new Prediction(id, time(i), Event.NO_SEQUENCE, cell, random.nextInt(2), score)));
    }
    return raws;
  }

  private static List<Raw> labels(SplittableRandom random) {
    List<Raw> raws = new ArrayList<>();
    for (int i = 0; i < BURST + QUIET_HOURS; i++) {
      IdHash id = id(i, 2 * random.nextInt(2));
      long happened = time(i) + HOUR / 2;
      raws.add(raw(i, new Label(id, happened, happened, Event.NO_SEQUENCE, random.nextInt(2))));
    }
    return raws;
  }

  private static IdHash id(int number, int partition) {
    return IdHash.of(new IdHash.Key(1, 2), partition + "/" + number);
  }

  private static Raw raw(int offset, Event event) {
    return new Raw.Mapped(offset, event.time(), event);
  }

  private static long time(int i) {
    return i < BURST ? BEGIN + i * (HOUR / 2) / BURST : BEGIN + (i - BURST + 1) * HOUR;
  }
}
