package dev.plumbline.pipeline.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.testkit.Delta;
import dev.plumbline.testkit.Exclusion;
import dev.plumbline.testkit.Generated;
import dev.plumbline.testkit.Generator;
import dev.plumbline.testkit.Interleaving;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.NaiveSorter;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a live run went through, its audit topic is enough to repeat it: partitions that fall
 * asleep and wake at any time, several or all at once, between 1 and 4 shards, with messages on
 * their way and answers outstanding at a commit, and crashes.
 */
final class LiveTest {

  private static final int RUNS = 10;

  /** In these runs some partitions wake ahead of the frontier, which is the rarer case. */
  private static final long FIRST_SEED = 44;

  private static final int EVENTS = 150;

  /** What happens to a live run beside sleep. */
  enum Trouble {
    NONE(false, false),
    MESSAGES_ON_THEIR_WAY(true, false),
    CRASHES(false, true),
    BOTH(true, true);

    private final boolean isMidway;
    private final boolean crashes;

    Trouble(boolean isMidway, boolean crashes) {
      this.isMidway = isMidway;
      this.crashes = crashes;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aReplayWithTheAuditTopicIsTheLiveRun(Trouble trouble) {
    int exclusions = 0;
    for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
      Plan plan = plan(seed);
      Log log = log(Generator.hostile(plan));

      Rehearsal live = live(plan, log, seed, trouble);
      Rehearsal replay = replay(plan, log, seed, live.exclusions());

      assertThat(live.deltas()).as("deltas, seed %d", seed).isEqualTo(naive(plan, log, live));
      assertThat(replay.texts()).as("seed %d", seed).isEqualTo(live.texts());
      exclusions += live.exclusions().size();
    }
    assertThat(exclusions).isGreaterThan(RUNS);
  }

  private static Plan plan(long seed) {
    int predictions = 1 + (int) (seed % 3);
    int labels = 1 + (int) (seed / 3 % 3);
    Plan plan = Plan.of(seed).withEvents(EVENTS).withPartitions(predictions, labels);
    Plan sampled = seed % 3 == 0 ? plan.withStrata() : plan;
    Plan closing = seed % 5 > 2 ? sampled.closing() : sampled;
    Plan sequenced = seed % 2 == 0 ? closing.sequenced() : closing;
    return seed % 5 < 3 ? sequenced.concluding() : sequenced;
  }

  /** Every partition ends with a record that wakes it and has no time. */
  private static Log log(Generated generated) {
    List<Log.Partition> partitions = new ArrayList<>();
    for (Log.Partition partition : generated.log().partitions()) {
      List<Raw> records = new ArrayList<>(partition.records());
      long end = records.isEmpty() ? 0 : records.get(records.size() - 1).offset() + 1;
      records.add(new Raw.Unmapped(end, 0, RejectReason.NULL_VALUE));
      partitions.add(Log.Partition.of(partition.kind(), records));
    }
    return new Log(partitions);
  }

  private static Rehearsal live(Plan plan, Log log, long seed, Trouble trouble) {
    Rehearsal run = new Rehearsal(flow(plan, log, seed, List.of()), seed);
    SplittableRandom random = new SplittableRandom(seed);
    int partitions = log.partitions().size();
    int[] next = new int[partitions];
    int[] committed = next.clone();
    int[] asleep = next.clone();
    boolean isRead = false;
    while (!isRead) {
      isRead = true;
      boolean isNight = random.nextInt(20) == 0;
      for (int p = 0; p < partitions; p++) {
        int last = log.partitions().get(p).records().size() - 1;
        if (asleep[p] > 0) {
          asleep[p]--;
          run.quiet(p);
        } else if (isNight || random.nextInt(20) == 0) {
          asleep[p] = 1 + random.nextInt(12);
        } else {
          int until = Math.min(last, next[p] + random.nextInt(30));
          while (next[p] < until) {
            run.read(p, RawRecords.incoming(log.partitions().get(p).records().get(next[p]++)));
          }
        }
        isRead &= next[p] == last;
      }
      if (trouble.crashes && random.nextInt(4) == 0) {
        run.crash();
        next = committed.clone();
        isRead = false;
      } else if (trouble.isMidway && random.nextInt(3) > 0) {
        run.commitMidway();
      } else {
        run.commit();
      }
      committed = next.clone();
    }
    for (int p = 0; p < partitions; p++) {
      run.read(p, RawRecords.incoming(log.partitions().get(p).records().get(next[p])));
    }
    return end(run, partitions);
  }

  private static Rehearsal replay(Plan plan, Log log, long seed, List<Flow.Exclusion> exclusions) {
    Rehearsal run = new Rehearsal(flow(plan, log, seed, exclusions), seed);
    for (Interleaving.Step step : Interleaving.bursts(log, seed)) {
      Raw raw = log.partitions().get(step.partition()).records().get(step.record());
      run.read(step.partition(), RawRecords.incoming(raw));
    }
    return end(run, log.partitions().size());
  }

  /** An end is for runs of which nobody sleeps: first everything is answered. */
  private static Rehearsal end(Rehearsal run, int partitions) {
    run.commit();
    run.commit();
    for (int p = 0; p < partitions; p++) {
      run.end(p);
    }
    run.commit();
    return run;
  }

  private static Flow flow(Plan plan, Log log, long seed, List<Flow.Exclusion> exclusions) {
    int shards = 1 + (int) (seed / 2 % 4);
    return RawRecords.flow(log, plan.rules(), shards, exclusions);
  }

  private static Map<Delta, Long> naive(Plan plan, Log log, Rehearsal live) {
    List<Exclusion> exclusions =
        live.exclusions().stream()
            .map(e -> new Exclusion(e.partition(), e.offset(), e.answerPane()))
            .toList();
    return NaiveSorter.deltas(log, plan.rules(), Plan.MODELS, exclusions);
  }
}
