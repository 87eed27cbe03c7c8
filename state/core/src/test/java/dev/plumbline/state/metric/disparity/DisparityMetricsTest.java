package dev.plumbline.state.metric.disparity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.disparity.InfraMarginality.Cell;
import dev.plumbline.state.metric.disparity.Simpson.Stratum;
import dev.plumbline.state.numeric.PolynomialFit;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DisparityMetricsTest {

  private static SortedMap<String, Rate> accuracies(Rate first, Rate second) {
    return new TreeMap<>(Map.of("a", first, "b", second));
  }

  @Test
  void oneSubgroupAloneDoesNotVary() {
    MacroStd alone =
        new MacroStd(new TreeMap<>(Map.of("1", accuracies(new Rate(3, 4), Rate.NONE))));

    assertThat(alone.population()).hasValue(0);
    assertThat(alone.corrected()).isEmpty();
    assertThat(new MacroStd(new TreeMap<>()).population()).isEmpty();
  }

  @Test
  void classesCountTheSame() {
    MacroStd both =
        new MacroStd(
            new TreeMap<>(
                Map.of(
                    "0", accuracies(new Rate(1, 1), new Rate(0, 1)),
                    "1", accuracies(new Rate(500, 1000), new Rate(500, 1000)))));

    assertThat(both.perClass()).containsEntry("0", 0.5).containsEntry("1", 0.0);
    assertThat(both.population()).hasValue(0.25);
    assertThat(both.corrected().getAsDouble()).isCloseTo(Math.sqrt(0.5) / 2, within(1e-12));
  }

  @Test
  void disparityIsInRelationToTheLevel() {
    ScaledDisparity even = new ScaledDisparity(0.8, List.of(0.8, 0.8));

    assertThat(even.equityScaled(1)).isEqualTo(0.8);
    assertThat(even.maxDisparity()).hasValue(0);
    assertThat(new ScaledDisparity(0.5, List.of(0.4, 0.6)).meanDisparityOverChance()).isEmpty();
    assertThat(new ScaledDisparity(0.75, List.of(0.7, 0.8)).maxDisparityOverChance().getAsDouble())
        .isCloseTo(0.4, within(1e-12));
    assertThat(new ScaledDisparity(0, List.of(0.0)).meanDisparity()).isEmpty();
    assertThat(new ScaledDisparity(0.7, List.of()).maxDisparity()).isEmpty();
  }

  @Test
  void aBinWithAsManyPositivesAsNegativesDoesNotMatter() {
    InfraMarginality actual =
        new InfraMarginality(
            new TreeMap<>(
                Map.of("a", new TreeMap<>(Map.of(0, new Cell(10, 5, 10), 1, new Cell(10, 9, 4))))));

    assertThat(actual.overall().eta()).isCloseTo(0.8 * 6 / 20, within(1e-12));
    assertThat(actual.overall().disagreement()).isEqualTo(6 / 20.0);
    assertThat(actual.overall().unreliable()).isEqualTo(2);
    assertThat(actual.greatest()).hasValue(actual.overall().eta());
  }

  @Test
  void nothingIsLostOfNoRecord() {
    InfraMarginality none =
        new InfraMarginality(
            new TreeMap<>(Map.of("a", new TreeMap<>(Map.of(0, new Cell(0, 0, 0))))));

    assertThat(none.losses()).isEmpty();
    assertThat(none.greatest()).isEmpty();
    assertThatThrownBy(none::overall).hasMessageContaining("were none");
    assertThatThrownBy(() -> new Cell(1, 2, 0)).hasMessageContaining("2 and 0 of 1");
    assertThat(new Cell(1, 1, 0).merge(new Cell(2, 0, 1))).isEqualTo(new Cell(3, 1, 1));
  }

  @Test
  void strataWithoutBothArmsDecideNothing() {
    Stratum oneArm = new Stratum(new Rate(90, 100), Rate.NONE);
    Stratum both = new Stratum(new Rate(1, 10), new Rate(2, 10));

    assertThat(new Simpson(List.of(oneArm, both)).isReversal()).isTrue();
    assertThat(new Simpson(List.of(oneArm)).isReversal()).isFalse();
    assertThat(new Simpson(List.of()).aggregate().difference()).isEmpty();
    assertThat(new Simpson(List.of(both)).isWeakReversal()).isFalse();
  }

  @Test
  void aSourceThatIsTreatedAlikeAddsNothing() {
    PairBias alike =
        new PairBias(
            new TreeMap<>(
                Map.of(
                    "a", new PairBias.Pair(new Rate(30, 100), new Rate(30, 100)),
                    "b", new PairBias.Pair(new Rate(60, 100), new Rate(60, 100)))));

    assertThat(alike.greatest()).hasValue(0);
    assertThat(alike.excess().getAsDouble()).isCloseTo(0, within(1e-12));
    assertThat(new PairBias(new TreeMap<>()).greatest()).isEmpty();
    assertThat(new PairBias(new TreeMap<>()).excess()).isEmpty();
  }

  @Test
  void aParabolaIsFoundWhereThereIsOne() {
    List<Double> x = List.of(0.5, 0.6, 0.7, 0.8, 0.9);
    List<Double> y = x.stream().map(value -> 2 * value * value - value + 0.3).toList();
    AccuracyCurve curve = AccuracyCurve.of(x, y).orElseThrow();

    assertThat(curve.quadratic().coefficients().get(2)).isCloseTo(2, within(1e-9));
    assertThat(curve.quadratic().coefficients().get(0)).isCloseTo(0.3, within(1e-9));
    assertThat(curve.quadratic().residual()).isCloseTo(0, within(1e-20));
    assertThat(curve.pearson().getAsDouble()).isPositive();
  }

  @Test
  void aCurveNeedsPointsThatDiffer() {
    List<Double> same = List.of(0.5, 0.5, 0.5, 0.5);
    List<Double> two = List.of(0.5, 0.5, 0.6, 0.6);

    assertThat(AccuracyCurve.of(same, two)).isEmpty();
    assertThat(AccuracyCurve.of(two, same)).as("a parabola needs three").isEmpty();
    assertThat(AccuracyCurve.of(List.of(0.1, 0.2, 0.3), List.of(0.1, 0.2, 0.3))).isEmpty();
    assertThat(PolynomialFit.of(two, same, 1).orElseThrow().explained()).isEmpty();
    assertThatThrownBy(() -> PolynomialFit.of(two, List.of(), 1))
        .hasMessageContaining("4, 0 and 1");
  }
}
