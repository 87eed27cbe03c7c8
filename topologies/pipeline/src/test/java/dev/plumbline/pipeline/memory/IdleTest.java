package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A live run in which a prediction partition falls idle for days and labels are loaded once a
 * night, then a replay of the same log: with the audit topic's exclusions the same, without them
 * another.
 */
final class IdleTest {

  private static final long HOUR = Duration.ofHours(1).toMillis();
  private static final long DAY = 24 * HOUR;
  private static final int DAYS = 8;
  private static final int BUSY = 0;
  private static final int IDLE = 1;
  private static final int NIGHTLY = 2;
  private static final long BEGIN = 20_000 * DAY;

  /** What the partition that sleeps brings is that old: it wakes below the frontier. */
  private static final long DELAY = 12 * HOUR;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aReplayWithTheAuditTopicIsTheLiveRun(long seed) {
    Log log = log(seed);
    Rehearsal live = live(log, seed, false);
    List<Flow.Exclusion> exclusions = live.exclusions();

    Rehearsal replay = replay(log, seed, exclusions);

    assertThat(exclusions).extracting(Flow.Exclusion::partition).contains(IDLE, NIGHTLY);
    assertThat(replay.texts()).isEqualTo(live.texts());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aLiveRunThatIsKilledSaysTheSame(long seed) {
    Log log = log(seed);

    assertThat(live(log, seed, true).texts()).isEqualTo(live(log, seed, false).texts());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aReplayWithoutTheAuditTopicAnswersAnotherQuestion(long seed) {
    Log log = log(seed);

    Rehearsal replay = replay(log, seed, List.of());

    assertThat(replay.texts()).isNotEqualTo(live(log, seed, false).texts());
  }

  /** Two prediction partitions, of which one sleeps on days 4 and 5, and nightly labels of most. */
  private static Log log(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Event> busy = new ArrayList<>();
    List<Event> idle = new ArrayList<>();
    List<Event> nightly = new ArrayList<>();
    IdHash.Key key = new IdHash.Key(seed, 1);
    for (int day = 0; day < DAYS; day++) {
      List<Event> tonight = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        long time = BEGIN + day * DAY + i * (DAY / 60);
        IdHash id = IdHash.of(key, day + "/" + i);
        boolean sleeps = day == 4 || day == 5;
        Cell cell =
            new Cell(
                Plan.MODEL,
                "v1",
                List.of(random.nextBoolean() ? "f" : "m", random.nextBoolean() ? "n" : "s"));
        Prediction prediction =
            new Prediction(
                id, time, Event.NO_SEQUENCE, cell, random.nextInt(2), random.nextInt(1_000_000));
        (i % 2 == 0 && !sleeps ? idle : busy).add(prediction);
        long known = BEGIN + (day + 1) * DAY + 2 * HOUR;
        if (i % 5 != 0) {
          tonight.add(new Label(id, known, time + HOUR, Event.NO_SEQUENCE, random.nextInt(2)));
        }
      }
      nightly.addAll(tonight);
    }
    return new Log(
        List.of(
            Log.Partition.of(Log.Kind.PREDICTIONS, raws(busy)),
            Log.Partition.of(Log.Kind.PREDICTIONS, raws(idle)),
            Log.Partition.of(Log.Kind.LABELS, raws(nightly))));
  }

  private static List<Raw> raws(List<Event> events) {
    List<Raw> raws = new ArrayList<>();
    for (Event event : events) {
      raws.add(new Raw.Mapped(raws.size(), event.time(), event));
    }
    return raws;
  }

  /**
   * Reads as time goes by, three hours at a time; what brings nothing meanwhile is called quiet.
   */
  private static Rehearsal live(Log log, long seed, boolean crashes) {
    Rehearsal run = new Rehearsal(flow(log, List.of()), seed);
    SplittableRandom random = new SplittableRandom(seed);
    int[] next = new int[log.partitions().size()];
    for (long now = BEGIN; now < BEGIN + (DAYS + 2) * DAY; now += 3 * HOUR) {
      for (int p = 0; p < next.length; p++) {
        List<Raw> records = log.partitions().get(p).records();
        int before = next[p];
        while (next[p] < records.size() && comes(p, records.get(next[p])) < now) {
          run.read(p, RawRecords.incoming(records.get(next[p]++)));
        }
        if (next[p] == before) {
          run.quiet(p);
        }
      }
      run.commit();
      if (crashes && random.nextBoolean()) {
        run.crash();
      }
    }
    return end(run, next.length);
  }

  private static Rehearsal replay(Log log, long seed, List<Flow.Exclusion> exclusions) {
    Rehearsal run = new Rehearsal(flow(log, exclusions), seed);
    for (int p : new int[] {NIGHTLY, IDLE, BUSY}) {
      for (Raw raw : log.partitions().get(p).records()) {
        run.read(p, RawRecords.incoming(raw));
      }
      run.commit();
    }
    return end(run, log.partitions().size());
  }

  private static Rehearsal end(Rehearsal run, int partitions) {
    for (int p = 0; p < partitions; p++) {
      run.end(p);
    }
    run.commit();
    run.commit();
    return run;
  }

  private static Flow flow(Log log, List<Flow.Exclusion> exclusions) {
    return RawRecords.flow(log, Plan.of(log.size()).concluding().rules(), 2, exclusions);
  }

  private static long comes(int partition, Raw raw) {
    return time(raw) + (partition == IDLE ? DELAY : 0);
  }

  private static long time(Raw raw) {
    return raw.fold(mapped -> mapped.time(), unmapped -> 0L);
  }
}
