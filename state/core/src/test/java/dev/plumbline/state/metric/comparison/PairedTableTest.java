package dev.plumbline.state.metric.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PairedTableTest {

  @Test
  void nothingIsKnownOfNoPair() {
    assertThat(PairedTable.EMPTY.change()).isEmpty();
    assertThat(PairedTable.EMPTY.interval()).isEmpty();
    assertThat(PairedTable.EMPTY.chiSquare()).isEmpty();
    assertThat(PairedTable.EMPTY.churn().defined()).isFalse();
    assertThat(PairedTable.EMPTY.exactPValue()).isEqualTo(1);
  }

  @Test
  void twoWrongClassesMayDiffer() {
    PairedTable pair = PairedTable.of(1, 2, 3);

    assertThat(pair).isEqualTo(new PairedTable(0, 0, 0, 1, 1));
    assertThat(pair.churn().successes()).isOne();
  }

  @Test
  void pairsAddUpInAnyOrder() {
    SplittableRandom random = new SplittableRandom(1);
    PairedTable forward = PairedTable.EMPTY;
    PairedTable backward = PairedTable.EMPTY;
    int better = 0;
    for (int i = 0; i < 500; i++) {
      int first = random.nextInt(3);
      int second = random.nextInt(3);
      int label = random.nextInt(3);
      better += (second == label ? 1 : 0) - (first == label ? 1 : 0);
      PairedTable pair = PairedTable.of(first, second, label);
      forward = forward.merge(pair);
      backward = pair.merge(backward);
    }

    assertThat(forward).isEqualTo(backward);
    assertThat(forward.pairs()).isEqualTo(500);
    assertThat(forward.change().getAsDouble()).isEqualTo(better / 500.0);
    assertThat(forward.interval().orElseThrow().contains(better / 500.0)).isTrue();
  }

  @Test
  void aSmallTableHasTheExactTail() {
    PairedTable pairs = new PairedTable(5, 1, 6, 0, 7);

    assertThat(pairs.exactPValue()).isCloseTo(2 * 8 / 128.0, within(1e-12));
    assertThat(pairs.chiSquare()).hasValue(16 / 7.0);
  }

  @Test
  void impossibleCountsAreRefused() {
    assertThatThrownBy(() -> new PairedTable(0, 1, 1, 0, 3))
        .hasMessageContaining("changed pairs between 2 and 2, were 0, 1, 1, 0, 3");
    assertThatThrownBy(() -> new PairedTable(-1, 0, 0, 0, 0)).hasMessageContaining("negative");
  }
}
