package dev.plumbline.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Partitions that wait for others within a run of toy steps, whose clocks the test sets. */
@ExtendWith(EmbeddedBroker.Extension.class)
final class WaitingTest {

  private static final int BATCH = 50;

  /** Records of each of four partitions: far more than a batch. */
  private static final int RECORDS = 1_000;

  private static final int FAST = 0;
  private static final int SLOW = 1;
  private static final long LONG_MILLIS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void theTimeInWhichAPartitionWaitsIsNoSilence(EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "silence")) {
      ToyClocks toys = start(run, 2);
      toys.clocks().set(FAST, 1);
      run.write(4 * BATCH);
      await(() -> toys.received().get(FAST) == BATCH);
      toys.quiet().set(FAST, 0);
      TimeUnit.MILLISECONDS.sleep(LONG_MILLIS);
      assertThat(toys.quiet().get(FAST)).isZero();
      assertThat(toys.quiet().get(SLOW)).isGreaterThan(LONG_MILLIS / 2);

      for (int slow = SLOW; slow < ToyClocks.PARTITIONS; slow++) {
        toys.clocks().set(slow, 1);
      }
      await(() -> toys.quiet().get(FAST) > 0);
      assertThat(toys.quiet().get(FAST)).isLessThan(LONG_MILLIS);
    }
  }

  @Test
  void clocksAreHeardInAllInstances(EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "heard")) {
      List<ToyClocks> both = List.of(start(run, 1), start(run, 1));
      both.forEach(toys -> toys.clocks().set(FAST, 1));
      run.write(4 * RECORDS);
      await(() -> received(both, SLOW) >= RECORDS);
      TimeUnit.MILLISECONDS.sleep(LONG_MILLIS);
      assertThat(received(both, FAST)).isBetween(1L, 5L * BATCH);

      for (int slow = SLOW; slow < ToyClocks.PARTITIONS; slow++) {
        int partition = slow;
        both.forEach(toys -> toys.clocks().set(partition, 1));
      }
      run.awaitSums();
      assertThat(both)
          .allMatch(toys -> IntStream.range(0, 4).anyMatch(p -> toys.received().get(p) > 0));
    }
  }

  private static long received(List<ToyClocks> both, int partition) {
    return both.stream().mapToLong(toys -> toys.received().get(partition)).sum();
  }

  private static ToyClocks start(ToyRun run, int threads) throws Exception {
    ToyClocks[] made = new ToyClocks[1];
    run.change(
        steps -> {
          made[0] = new ToyClocks(steps);
          return made[0];
        });
    run.start(run.settings().withThreads(threads).withBatch(BATCH));
    return made[0];
  }

  private static void await(BooleanSupplier isSo) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
