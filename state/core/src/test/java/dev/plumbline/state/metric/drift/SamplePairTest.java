package dev.plumbline.state.metric.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.metric.ChiSquare;
import dev.plumbline.state.metric.Contingency;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SamplePairTest {

  @Test
  void equalSharesAreNoDrift() {
    SamplePair pair = new SamplePair(List.of(10L, 20L, 0L), List.of(100L, 200L, 0L));

    assertThat(pair.psi()).hasValue(0);
    assertThat(pair.kullbackLeibler()).hasValue(0);
    assertThat(pair.jensenShannonDistance()).hasValue(0);
    assertThat(pair.hellinger().getAsDouble()).isCloseTo(0, within(1e-7));
    assertThat(pair.totalVariation()).hasValue(0);
    assertThat(pair.goodnessOfFit().map(ChiSquare::pValue)).hasValue(1.0);
    assertThat(pair.goodnessOfFit().map(ChiSquare::degrees)).hasValue(1L);
  }

  @Test
  void disjointSamplesAreAsFarApartAsCanBe() {
    SamplePair pair = new SamplePair(List.of(10L, 0L), List.of(0L, 3L));

    assertThat(pair.totalVariation()).hasValue(1);
    assertThat(pair.greatestDifference()).hasValue(1);
    assertThat(pair.hellinger()).hasValue(1);
    assertThat(pair.jensenShannonDistanceBase2().getAsDouble()).isCloseTo(1, within(1e-12));
    assertThat(pair.goodnessOfFit().map(ChiSquare::statistic)).hasValue(Double.POSITIVE_INFINITY);
    assertThat(pair.goodnessOfFit().map(ChiSquare::pValue)).hasValue(0.0);
  }

  @Test
  void anEmptySideSaysNothing() {
    SamplePair pair = new SamplePair(List.of(10L, 5L), List.of(0L, 0L));

    assertThat(pair.psi()).isEmpty();
    assertThat(pair.totalVariation()).isEmpty();
    assertThat(pair.goodnessOfFit()).isEmpty();
    assertThat(pair.table().cramersV()).isEmpty();
    assertThat(pair.pooledPValue()).isEmpty();
  }

  @Test
  void cellsThatAreEmptyOnBothSidesChangeNothing() {
    SamplePair without = new SamplePair(List.of(10L, 5L), List.of(4L, 9L));
    SamplePair with = new SamplePair(List.of(0L, 10L, 0L, 5L), List.of(0L, 4L, 0L, 9L));

    assertThat(with.psi()).isEqualTo(without.psi());
    assertThat(with.kullbackLeibler()).isEqualTo(without.kullbackLeibler());
    assertThat(with.goodnessOfFit()).isEqualTo(without.goodnessOfFit());
    assertThat(with.pooledPValue()).isEqualTo(without.pooledPValue());
    assertThat(with.table().cramersV()).isEqualTo(without.table().cramersV());
    assertThat(with.table().correctedCramersV()).isEqualTo(without.table().correctedCramersV());
  }

  @Test
  void countsOfOtherCellsAreRefused() {
    assertThatThrownBy(() -> new SamplePair(List.of(1L), List.of(1L, 2L)))
        .hasMessageContaining("same cells");
    assertThatThrownBy(() -> new SamplePair(List.of(-1L), List.of(1L)))
        .hasMessageContaining("negative");
  }

  @Test
  void tablesMergeCellByCell() {
    Contingency table = new Contingency(List.of(List.of(1L, 2L), List.of(3L, 4L)));

    assertThat(table.merge(table).counts()).isEqualTo(List.of(List.of(2L, 4L), List.of(6L, 8L)));
    assertThat(table.total()).isEqualTo(10);
    assertThatThrownBy(() -> table.merge(new Contingency(List.of(List.of(1L)))))
        .hasMessageContaining("one shape");
    assertThatThrownBy(() -> new Contingency(List.of(List.of(1L), List.of(1L, 2L))))
        .hasMessageContaining("one length");
  }

  @Test
  void aTableOfOneColumnHasNoAssociation() {
    Contingency table = new Contingency(List.of(List.of(5L, 0L), List.of(3L, 0L)));

    assertThat(table.chiSquare()).isEmpty();
    assertThat(table.cramersV()).isEmpty();
    assertThat(table.correctedCramersV()).isEmpty();
  }
}
