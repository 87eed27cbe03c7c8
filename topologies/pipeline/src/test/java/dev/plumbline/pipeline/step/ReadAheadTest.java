package dev.plumbline.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReadAheadTest {

  private static final long AHEAD = 100;
  private static final int BATCH = 10;
  private static final int FAST = 0;
  private static final int SLOW = 1;

  private final ReadAhead two = new ReadAhead(2, AHEAD, BATCH);

  @Test
  void whatIsNotBeyondNeverWaits() {
    two.clock(SLOW, 1000);
    two.clock(FAST, 1000 + AHEAD);

    two.read(FAST, 1_000_000);

    assertThat(two.mustWait(FAST)).isFalse();
  }

  @Test
  void whatIsBeyondWaitsAfterABatchUntilTheFrontierFollows() {
    two.clock(SLOW, 1000);
    two.clock(FAST, 1001 + AHEAD);

    two.read(FAST, BATCH - 1);
    assertThat(two.mustWait(FAST)).isFalse();
    two.read(FAST, 1);
    assertThat(two.mustWait(FAST)).isTrue();
    assertThat(two.mustWait(SLOW)).isFalse();

    two.clock(SLOW, 1001);
    assertThat(two.mustWait(FAST)).isFalse();
  }

  @Test
  void theBatchBeginsAnewEachTime() {
    two.clock(SLOW, 1000);
    two.clock(FAST, 1001 + AHEAD);
    two.read(FAST, BATCH);
    two.clock(SLOW, 1001);
    two.read(FAST, BATCH);

    two.clock(FAST, 1002 + AHEAD);

    assertThat(two.mustWait(FAST)).isFalse();
    two.read(FAST, BATCH);
    assertThat(two.mustWait(FAST)).isTrue();
  }

  @Test
  void untilEveryPartitionHasAClockThoseThatHaveOneAreBeyond() {
    two.clock(FAST, 1000);
    two.read(FAST, BATCH);
    two.read(SLOW, 1_000_000);

    assertThat(two.mustWait(FAST)).isTrue();
    assertThat(two.mustWait(SLOW)).isFalse();

    two.clock(SLOW, 1000);
    assertThat(two.mustWait(FAST)).isFalse();
  }

  @Test
  void nobodyWaitsForPartitionsThatAreIdleOrHaveEnded() {
    two.clock(FAST, 1000);
    two.read(FAST, BATCH);

    two.clock(SLOW, Intake.NOT_AWAITED);

    assertThat(two.mustWait(FAST)).isFalse();
    assertThat(two.mustWait(SLOW)).isFalse();
  }

  @Test
  void whatWakesFarBehindIsWaitedForWhereTheOthersAre() {
    two.clock(SLOW, Intake.NOT_AWAITED);
    two.clock(FAST, 1000);
    assertThat(two.mustWait(FAST)).isFalse();

    two.clock(SLOW, 0);
    two.read(FAST, BATCH);
    assertThat(two.mustWait(FAST)).isFalse();

    two.clock(FAST, 1001 + AHEAD);
    two.read(FAST, BATCH);
    assertThat(two.mustWait(FAST)).isTrue();
  }

  @Test
  void theFrontierDoesNotMoveWhileAllAreIdle() {
    two.clock(FAST, 1000);
    two.clock(SLOW, 1000);
    two.clock(FAST, Intake.NOT_AWAITED);
    two.clock(SLOW, Intake.NOT_AWAITED);
    assertThat(two.mustWait(FAST)).isFalse();

    two.clock(SLOW, 1000);
    two.clock(FAST, 1001 + AHEAD);
    two.read(FAST, BATCH);

    assertThat(two.mustWait(FAST)).isTrue();
  }

  /** Partitions of other speeds, gaps and first times, read in any order as fast as they may be. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void somebodyAlwaysReadsOnAndNobodyIsFarAhead(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int partitions = 2 + random.nextInt(6);
    long[] steps = IntStream.range(0, partitions).mapToLong(p -> 1 + random.nextInt(9)).toArray();
    long[] clocks = IntStream.range(0, partitions).mapToLong(p -> random.nextInt(5000)).toArray();
    int[] left = IntStream.range(0, partitions).map(p -> random.nextInt(5000)).toArray();
    ReadAhead rule = new ReadAhead(partitions, AHEAD, BATCH);

    long firsts = IntStream.range(0, partitions).mapToLong(p -> clocks[p]).max().orElseThrow();
    while (IntStream.of(left).sum() > 0) {
      int[] ready =
          IntStream.range(0, partitions).filter(p -> left[p] > 0 && !rule.mustWait(p)).toArray();
      assertThat(ready).isNotEmpty();
      int chosen = ready[random.nextInt(ready.length)];
      int records = Math.min(left[chosen], 1 + random.nextInt(BATCH));
      rule.read(chosen, records);
      left[chosen] -= records;
      clocks[chosen] += records * steps[chosen];
      rule.clock(chosen, clocks[chosen]);
      long lowest =
          IntStream.range(0, partitions)
              .filter(p -> left[p] > 0)
              .mapToLong(p -> clocks[p])
              .min()
              .orElse(Long.MAX_VALUE);
      for (int p = 0; p < partitions; p++) {
        if (left[p] == 0) {
          rule.clock(p, Intake.NOT_AWAITED);
        } else {
          assertThat(clocks[p])
              .isLessThanOrEqualTo(Math.max(firsts, lowest + AHEAD) + 3L * BATCH * steps[p]);
        }
      }
    }
  }
}
