package dev.plumbline.state.metric.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DistributionTest {

  private static List<Double> values(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      values.add(random.nextInt(50) / 10.0);
    }
    return values;
  }

  /** Both distribution functions at every value, from the rows. */
  private static double naiveDistance(List<Double> a, List<Double> b) {
    double greatest = 0;
    for (double x : values(9, 200)) {
      double mine = a.stream().filter(value -> value <= x).count() / (double) a.size();
      double theirs = b.stream().filter(value -> value <= x).count() / (double) b.size();
      greatest = Math.max(greatest, Math.abs(mine - theirs));
    }
    return greatest;
  }

  @Test
  void distancesAreThoseOfTheRows() {
    List<Double> a = values(1, 300);
    List<Double> b = values(2, 100).stream().map(value -> value / 2 * 2).toList();
    Distribution reference = Distribution.of(a);
    Distribution window = Distribution.of(b);

    assertThat(KolmogorovSmirnov.of(reference, window).orElseThrow().statistic())
        .isCloseTo(naiveDistance(a, b), within(1e-12));
    assertThat(reference.wasserstein(Distribution.of(a.stream().map(x -> x + 2).toList())))
        .hasValueCloseTo(2.0, within(1e-9));
  }

  @Test
  void partsMergeToTheWholeInAnyOrder() {
    Distribution one = Distribution.of(values(1, 30));
    Distribution other = Distribution.of(values(2, 40));
    List<Double> all = new ArrayList<>(values(1, 30));
    all.addAll(values(2, 40));

    assertThat(one.merge(other)).isEqualTo(other.merge(one)).isEqualTo(Distribution.of(all));
    assertThat(one.merge(Distribution.EMPTY)).isEqualTo(one);
    assertThat(one.merge(other).total()).isEqualTo(70);
  }

  @Test
  void zeroHasNoSign() {
    assertThat(Distribution.of(List.of(0.0, -0.0)).distinct()).isOne();
  }

  @Test
  void nothingIsKnownOfNoRecord() {
    Distribution one = Distribution.of(List.of(1.0));

    assertThat(Distribution.EMPTY.mean()).isEmpty();
    assertThat(Distribution.EMPTY.deviation()).isEmpty();
    assertThat(Distribution.EMPTY.quantile(0.5)).isEmpty();
    assertThat(one.skewness()).isEmpty();
    assertThat(one.wasserstein(Distribution.EMPTY)).isEmpty();
    assertThat(KolmogorovSmirnov.of(Distribution.EMPTY, one)).isEmpty();
  }

  @Test
  void quantilesLieOnStraightLinesBetweenRecords() {
    Distribution values = Distribution.of(List.of(4.0, 1.0, 2.0, 3.0));

    assertThat(values.quantile(0)).hasValue(1);
    assertThat(values.quantile(0.5)).hasValue(2.5);
    assertThat(values.quantile(1)).hasValue(4);
    assertThatThrownBy(() -> values.quantile(1.1)).hasMessageContaining("[0, 1], was 1.1");
  }

  @Test
  void valuesThatAreNoNumbersAreRefused() {
    assertThatThrownBy(() -> Distribution.of(List.of(Double.NaN))).hasMessageContaining("NaN");
  }

  @Test
  void closedCellsHoldTheirLastEdgeAndOneMoreWhatIsOutside() {
    FeatureBins bins = new FeatureBins(List.of(0.0, 1.0, 2.0), false);

    assertThat(bins.cells()).isEqualTo(3);
    assertThat(List.of(bins.cell(0), bins.cell(0.99), bins.cell(1), bins.cell(2)))
        .containsExactly(0, 0, 1, 1);
    assertThat(bins.cell(-0.01)).isEqualTo(2);
    assertThat(bins.cell(2.01)).isEqualTo(2);
  }

  @Test
  void openCellsHoldEverything() {
    FeatureBins bins = new FeatureBins(List.of(0.0, 1.0), true);

    assertThat(List.of(bins.cell(-9), bins.cell(0), bins.cell(0.5), bins.cell(1), bins.cell(9)))
        .containsExactly(0, 1, 1, 2, 2);
    assertThat(bins.counts(Distribution.of(List.of(-1.0, 0.0, 0.0, 5.0))))
        .containsExactly(1L, 2L, 1L);
  }

  @Test
  void equalValuesHaveACell() {
    FeatureBins bins = FeatureBins.sturges(Distribution.of(List.of(3.0, 3.0)));

    assertThat(bins.edges()).containsExactly(2.5, 3.0, 3.5);
    assertThat(bins.cell(3)).isOne();
  }

  @Test
  void edgesMustAscend() {
    assertThatThrownBy(() -> new FeatureBins(List.of(1.0, 0.0), true))
        .hasMessageContaining("ascend");
    assertThatThrownBy(() -> new FeatureBins(List.of(1.0), false))
        .hasMessageContaining("at least 2 edges");
  }

  @Test
  void theDistanceOfBinsIsWithinTheirBoundOfTheExactOne() {
    Distribution reference = Distribution.of(values(3, 200));
    Distribution window = Distribution.of(values(4, 150).stream().map(x -> x * 0.8).toList());
    FeatureBins bins = new FeatureBins(List.of(1.0, 2.0, 3.0, 4.0), true);
    KolmogorovSmirnov exact = KolmogorovSmirnov.of(reference, window).orElseThrow();
    KolmogorovSmirnov binned = KolmogorovSmirnov.ofBins(bins.pair(reference, window)).orElseThrow();

    assertThat(exact.maxError()).isZero();
    assertThat(exact.statistic())
        .isBetween(binned.statistic(), binned.statistic() + binned.maxError());
  }
}
