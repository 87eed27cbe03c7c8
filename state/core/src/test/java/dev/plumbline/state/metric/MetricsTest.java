package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MetricsTest {

  private static final ScoreHistogram SCORES =
      ScoreHistogram.dense(new long[] {1, 2}, new long[] {2, 0});
  private static final Confusion COUNTS = new Confusion(2, 1, 1, 1);

  @Test
  void estimatesComeInTheirFixedOrder() {
    assertThat(Metrics.of(Counters.complete(COUNTS, SCORES), Identification.FULL))
        .extracting(Estimate::name)
        .containsExactly("selection_rate", "accuracy", "tpr", "fpr", "fnr", "ppv", "auroc");
  }

  @Test
  void withoutScoresThereIsNoAuroc() {
    assertThat(Metrics.of(Counters.complete(COUNTS, ScoreHistogram.UNMAPPED), Identification.FULL))
        .extracting(Estimate::name)
        .containsExactly("selection_rate", "accuracy", "tpr", "fpr", "fnr", "ppv");
  }

  @Test
  void aLabelFreeStatementIsTheSelectionRate() {
    assertThat(Metrics.labelFree(Counters.labelFree(new Rate(1, 4))))
        .containsExactly(
            Estimate.ofRate("selection_rate", new Rate(1, 4), Undefined.NO_PREDICTIONS));
  }

  @Test
  void nothingIsUndefinedForAReason() {
    assertThat(
            Metrics.of(
                Counters.complete(Confusion.EMPTY, ScoreHistogram.empty(2)), Identification.FULL))
        .extracting(estimate -> estimate.undefined().orElseThrow())
        .containsExactly(
            Undefined.NO_PREDICTIONS,
            Undefined.NO_LABELS,
            Undefined.NO_LABELS,
            Undefined.NO_LABELS,
            Undefined.NO_LABELS,
            Undefined.NO_LABELS,
            Undefined.NO_LABELS);
    assertThat(
            Metrics.labelCoverage(Counters.complete(Confusion.EMPTY, ScoreHistogram.UNMAPPED))
                .undefined())
        .contains(Undefined.NO_PREDICTIONS);
    assertThat(Metrics.maturity(Rate.NONE).undefined()).contains(Undefined.NO_PREDICTIONS);
  }

  @Test
  void aMissingLabelIsNamed() {
    ScoreHistogram positivesOnly = ScoreHistogram.dense(new long[] {3}, new long[] {0});
    Confusion selectedNone = new Confusion(0, 0, 3, 0);
    List<Estimate> estimates =
        Metrics.of(Counters.complete(selectedNone, positivesOnly), Identification.FULL);

    assertThat(estimates.get(3).undefined()).contains(Undefined.NO_NEGATIVES);
    assertThat(estimates.get(5).undefined()).contains(Undefined.NONE_SELECTED);
    assertThat(estimates.get(6).undefined()).contains(Undefined.NO_NEGATIVES);
    assertThat(estimates.get(6).n()).isEqualTo(3);
  }

  @Test
  void anEstimateCarriesWhatItRestsOn() {
    List<Estimate> estimates = Metrics.of(Counters.complete(COUNTS, SCORES), Identification.FULL);

    assertThat(estimates.get(2).n()).isEqualTo(3);
    assertThat(estimates.get(2).interval()).isEqualTo(new Rate(2, 3).interval());
    assertThat(estimates.get(2).maxError()).isZero();
    assertThat(estimates.get(6).n()).isEqualTo(5);
    assertThat(estimates.get(6).maxError()).isEqualTo(2.0 / 12);
    assertThat(estimates.get(6).interval()).isPresent();
  }

  @Test
  void selectionIsOfAllPredictionsAndCoverageSaysHowManyHaveALabel() {
    Counters counters = new Counters(new Rate(4, 10), COUNTS, ScoreHistogram.UNMAPPED);

    assertThat(Metrics.of(counters, Identification.FULL).get(0).value()).hasValue(0.4);
    assertThat(Metrics.labelCoverage(counters).value()).hasValue(0.5);
    assertThat(Metrics.maturity(new Rate(3, 10)).value()).hasValue(0.3);
    assertThat(Metrics.maturity(new Rate(3, 10)).interval()).isEmpty();
  }

  @Test
  void labelledPredictionsMustBeAmongThePredictions() {
    assertThatThrownBy(() -> new Counters(new Rate(2, 9), COUNTS, SCORES))
        .hasMessageContaining("must be among the predictions");
    assertThatThrownBy(() -> new Counters(new Rate(4, 5), COUNTS, SCORES))
        .hasMessageContaining("must be among the predictions");
  }

  @Test
  void anEstimateHasEitherAValueOrAReason() {
    Estimate defined = Estimate.exact("x", 1, 2);

    assertThatThrownBy(
            () ->
                new Estimate(
                    "x",
                    defined.value(),
                    defined.interval(),
                    2,
                    0,
                    Optional.of(Undefined.NO_LABELS),
                    Optional.empty()))
        .hasMessageContaining("either a value or a reason");
    assertThatThrownBy(() -> Estimate.exact("x", 1, -1)).hasMessageContaining("-1");
  }
}
