package dev.plumbline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class InterleavingTest {

  private final Log log = Generator.hostile(Plan.of(1).withEvents(200)).log();

  @Test
  void everyInterleavingReadsEachRecordOnceAndEachPartitionInOrder() {
    for (Interleaving interleaving : Interleaving.all(log, 7)) {
      int[] next = new int[log.partitions().size()];
      for (Interleaving.Step step : interleaving) {
        assertThat(step.record()).as("%s", interleaving).isEqualTo(next[step.partition()]++);
      }
      for (int i = 0; i < next.length; i++) {
        assertThat(next[i]).isEqualTo(log.partitions().get(i).records().size());
      }
    }
  }

  @Test
  void oneAfterAnotherNeverComesBackToAPartition() {
    List<Integer> turns = new ArrayList<>();
    for (Interleaving.Step step : Interleaving.oneAfterAnother(log, 3)) {
      if (step.record() == 0) {
        turns.add(step.partition());
      }
      assertThat(step.partition()).isEqualTo(turns.get(turns.size() - 1));
    }
  }

  @Test
  void seedsGiveOtherOrdersAndTheSameSeedTheSame() {
    Set<List<Interleaving.Step>> orders = new HashSet<>();
    for (long seed : new long[] {1, 2, 1, 2}) {
      List<Interleaving.Step> steps = new ArrayList<>();
      Interleaving.bursts(log, seed).forEach(steps::add);
      orders.add(steps);
    }

    assertThat(orders).hasSize(2);
  }
}
