package dev.plumbline.state.metric.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.numeric.LinearFit;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class BiasTransferTest {

  private static final SortedMap<String, Rate> UPSTREAM =
      new TreeMap<>(
          Map.of(
              "a", new Rate(10, 100),
              "b", new Rate(40, 100),
              "c", new Rate(70, 100),
              "d", new Rate(1, 2)));

  private static SortedMap<String, Rate> halved() {
    SortedMap<String, Rate> halved = new TreeMap<>();
    UPSTREAM.forEach(
        (name, rate) -> halved.put(name, new Rate(rate.successes(), 2 * rate.trials())));
    return halved;
  }

  @Test
  void attenuationIsInTheSlope() {
    BiasTransfer transfer = BiasTransfer.ofSelection(UPSTREAM, halved(), 0);

    assertThat(transfer.pearson().getAsDouble()).isCloseTo(1, within(1e-12));
    assertThat(transfer.spearman()).hasValue(1);
    assertThat(transfer.fit().map(LinearFit::slope).orElseThrow()).isCloseTo(0.5, within(1e-12));
    assertThat(transfer.skipped()).isZero();
  }

  @Test
  void smallOrLoneKeysAreDroppedOnBothSidesAndCounted() {
    SortedMap<String, Rate> downstream = halved();
    downstream.put("e", new Rate(1, 100));
    BiasTransfer transfer = BiasTransfer.ofSelection(UPSTREAM, downstream, 50);

    assertThat(transfer.upstream().keySet()).containsExactly("a", "b", "c");
    assertThat(transfer.downstream().keySet()).containsExactly("a", "b", "c");
    assertThat(transfer.skipped()).isEqualTo(2);
  }

  @Test
  void twoKeysOrAConstantSideSayNothing() {
    SortedMap<String, Double> two = new TreeMap<>(Map.of("a", 0.1, "b", 0.2));
    SortedMap<String, Double> three = new TreeMap<>(Map.of("a", 0.1, "b", 0.2, "c", 0.4));
    SortedMap<String, Double> same = new TreeMap<>(Map.of("a", 0.3, "b", 0.3, "c", 0.3));

    assertThat(new BiasTransfer(two, two, 0).pearson()).isEmpty();
    assertThat(new BiasTransfer(three, same, 0).spearman()).isEmpty();
    assertThat(new BiasTransfer(same, three, 0).fit()).isEmpty();
    assertThat(new BiasTransfer(three, three, 0).interval()).isEmpty();
  }

  @Test
  void aPerfectCorrelationHasAPValueOfZero() {
    SortedMap<String, Double> three = new TreeMap<>(Map.of("a", 0.1, "b", 0.2, "c", 0.4));
    BiasTransfer transfer = new BiasTransfer(three, three, 0);

    assertThat(transfer.pValue(1)).isZero();
    assertThat(transfer.pValue(-1)).isZero();
    assertThat(transfer.pValue(0)).isEqualTo(1);
  }

  @Test
  void otherKeysAreRefused() {
    SortedMap<String, Double> one = new TreeMap<>(Map.of("a", 0.1));
    assertThatThrownBy(() -> new BiasTransfer(one, new TreeMap<>(), 0))
        .hasMessageContaining("same keys, were [a] and []");
  }
}
