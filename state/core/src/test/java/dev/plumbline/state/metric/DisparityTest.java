package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class DisparityTest {

  @Test
  void noSubgroupHasNoGap() {
    Disparity nobody = of(Map.of());

    assertThat(nobody.spread(RateMetric.TPR)).isEmpty();
    assertThat(nobody.worst(RateMetric.ACCURACY)).isEmpty();
    assertThat(nobody.worstCell()).isEmpty();
    assertThat(nobody.balancedAccuracy().undefined()).contains(Undefined.NO_SUBGROUP);
    assertThat(nobody.gaps())
        .allSatisfy(
            gap -> {
              assertThat(gap.difference().undefined()).contains(Undefined.NO_SUBGROUP);
              assertThat(gap.ratio().undefined()).contains(Undefined.NO_SUBGROUP);
              assertThat(gap.spread()).isEmpty();
            });
  }

  @Test
  void gapsComeInTheirFixedOrder() {
    Disparity disparity = of(Map.of("a", new Confusion(1, 2, 3, 4)));

    assertThat(disparity.gaps())
        .extracting(Gap::name)
        .containsExactly(
            "demographic_parity",
            "equal_opportunity",
            "equalized_odds",
            "predictive_parity",
            "accuracy");
    assertThat(disparity.labelFreeGaps())
        .extracting(gap -> gap.difference().name(), gap -> gap.ratio().name())
        .containsExactly(tuple("demographic_parity_difference", "demographic_parity_ratio"));
  }

  @Test
  void aSubgroupWithoutPositivesIsSkippedNotZero() {
    Disparity disparity =
        of(
            Map.of(
                "a", new Confusion(1, 0, 1, 5),
                "b", new Confusion(3, 0, 1, 5),
                "none", new Confusion(0, 1, 0, 1)));

    Spread spread = disparity.spread(RateMetric.TPR).orElseThrow();

    assertThat(spread).isEqualTo(new Spread("a", new Rate(1, 2), "b", new Rate(3, 4), 2, 1, 2));
    assertThat(spread.difference()).isEqualTo(0.25);
    assertThat(spread.ratio().orElseThrow()).isEqualTo(0.5 / 0.75);
  }

  @Test
  void oneSubgroupAloneIsNoParity() {
    Disparity disparity =
        of(Map.of("a", new Confusion(1, 2, 1, 5), "none", new Confusion(0, 0, 0, 0)));

    assertThat(disparity.gaps())
        .allSatisfy(
            gap -> {
              assertThat(gap.difference().value()).isEmpty();
              assertThat(gap.difference().undefined()).contains(Undefined.ONE_SUBGROUP);
              assertThat(gap.ratio().undefined()).contains(Undefined.ONE_SUBGROUP);
              assertThat(gap.spread().orElseThrow().skipped()).isEqualTo(1);
            });
  }

  @Test
  void oddsAreComparedByTheRateThatTwoSubgroupsHave() {
    Disparity disparity =
        of(Map.of("a", new Confusion(1, 2, 1, 5), "b", new Confusion(3, 0, 1, 0)));

    Gap odds = disparity.gaps().get(2);

    assertThat(odds.difference().value()).hasValue(0.25);
    assertThat(odds.spread().orElseThrow().highest()).isEqualTo("b");
  }

  @Test
  void exactTiesGoToTheFirstName() {
    Spread spread =
        of(Map.of(
                "d", new Confusion(1, 0, 2, 0),
                "c", new Confusion(2, 0, 4, 0),
                "b", new Confusion(2, 0, 1, 0),
                "a", new Confusion(200, 0, 100, 0)))
            .spread(RateMetric.TPR)
            .orElseThrow();

    assertThat(spread.lowest()).isEqualTo("c");
    assertThat(spread.highest()).isEqualTo("a");
    assertThat(spread.smallest()).isEqualTo(3);
  }

  @Test
  void aRatioWithNobodySelectedIsUndefinedThoughTheDifferenceIsNot() {
    Gap gap =
        of(Map.of("a", new Confusion(0, 0, 1, 1), "b", new Confusion(0, 0, 2, 2)))
            .gap(RateMetric.SELECTION_RATE);

    assertThat(gap.difference().value()).hasValue(0);
    assertThat(gap.ratio().undefined()).contains(Undefined.ZERO_OVER_ZERO);
    assertThat(gap.ratio().n()).isEqualTo(2);
  }

  @Test
  void aRatioWithOneSubgroupNeverSelectedIsZero() {
    Gap gap =
        of(Map.of("a", new Confusion(0, 0, 1, 1), "b", new Confusion(1, 0, 1, 2)))
            .gap(RateMetric.SELECTION_RATE);

    assertThat(gap.ratio().value()).hasValue(0);
  }

  @Test
  void equalizedOddsIsTheWorseSideAndOneSideIsEnough() {
    Gap both =
        gapNamed(
            "equalized_odds",
            of(Map.of("a", new Confusion(1, 1, 1, 3), "b", new Confusion(1, 3, 1, 1))));
    Gap positivesOnly =
        gapNamed(
            "equalized_odds",
            of(Map.of("a", new Confusion(1, 0, 3, 0), "b", new Confusion(1, 0, 1, 0))));

    assertThat(both.difference().value()).hasValue(0.5);
    assertThat(both.ratio().value()).hasValue(0.25 / 0.75);
    assertThat(positivesOnly.difference().value()).hasValue(0.25);
    assertThat(positivesOnly.ratio().value()).hasValue(0.5);
  }

  private static Gap gapNamed(String name, Disparity disparity) {
    return disparity.gaps().stream().filter(gap -> gap.name().equals(name)).findAny().orElseThrow();
  }

  @Test
  void demographicParityIsThatOfAllPredictionsLabelledOrNot() {
    SortedMap<String, Counters> subgroups = new TreeMap<>();
    subgroups.put("a", Counters.labelFree(new Rate(1, 4)));
    subgroups.put(
        "b", new Counters(new Rate(3, 4), new Confusion(0, 0, 0, 1), ScoreHistogram.UNMAPPED));
    Disparity disparity = new Disparity(subgroups, Identification.FULL);

    assertThat(disparity.labelFreeGaps().get(0).difference().value()).hasValue(0.5);
    assertThat(disparity.spread(RateMetric.ACCURACY).map(Spread::skipped)).contains(1);
  }

  @Test
  void theWorstCellIsOfOneLabelInOneSubgroup() {
    Disparity disparity =
        of(
            Map.of(
                "a",
                new Confusion(9, 1, 1, 9),
                "b",
                new Confusion(8, 0, 0, 2),
                "c",
                Confusion.EMPTY));

    assertThat(disparity.worstCell()).contains(new Disparity.Worst("0|a", new Rate(9, 10)));
    assertThat(disparity.worst(RateMetric.ACCURACY))
        .contains(new Disparity.Worst("a", new Rate(18, 20)));
    assertThat(disparity.balancedAccuracy().value()).hasValue((0.9 + 1 + 0.9 + 1) / 4);
    assertThat(disparity.balancedAccuracy().n()).isEqualTo(2);
  }

  @Test
  void theWorstErrorRateIsTheHighest() {
    Disparity disparity =
        of(Map.of("a", new Confusion(9, 1, 1, 9), "b", new Confusion(5, 2, 5, 8)));

    assertThat(disparity.worst(RateMetric.FPR)).contains(new Disparity.Worst("b", new Rate(2, 10)));
    assertThat(disparity.worst(RateMetric.FNR)).contains(new Disparity.Worst("b", new Rate(5, 10)));
    assertThat(disparity.worst(RateMetric.TPR)).contains(new Disparity.Worst("b", new Rate(5, 10)));
  }

  @Test
  void laterChangesOfTheMapDoNotReachTheDisparity() {
    SortedMap<String, Counters> subgroups = new TreeMap<>();
    Disparity disparity = new Disparity(subgroups, Identification.FULL);
    subgroups.put("a", Counters.labelFree(new Rate(1, 4)));

    assertThat(disparity.spread(RateMetric.SELECTION_RATE)).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> disparity.subgroups().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static Disparity of(Map<String, Confusion> confusions) {
    SortedMap<String, Counters> subgroups = new TreeMap<>();
    confusions.forEach(
        (name, counts) -> subgroups.put(name, Counters.complete(counts, ScoreHistogram.UNMAPPED)));
    return new Disparity(subgroups, Identification.FULL);
  }
}
