package dev.plumbline.state.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.state.time.AgeSteps;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts below {@link RateWatch}, from nothing to their extremes. */
class EvidencePartsTest {

  private static final double ROUNDING = 1e-12;
  private static final AgeSteps AGES = AgeSteps.ofPanes(0, 6, 720);

  @Test
  void withoutTrialsEveryRateIsPossible() {
    assertThat(Interval.wilson(0, 0)).isEqualTo(Interval.ALL_RATES);
    assertThat(Interval.kt(0, 0, 3)).isEqualTo(Interval.ALL_RATES);
    assertThat(Effect.of(Sample.EMPTY, 0.5, new Sample(500, 200)).rate()).isEmpty();
    assertThat(Effect.of(Sample.EMPTY, 0.5, new Sample(500, 200)).departure()).isEmpty();
  }

  @Test
  void intervalsReachTheEndsWhereOneOutcomeNeverCame() {
    assertThat(Interval.kt(50, 0, 3).low()).isZero();
    assertThat(Interval.kt(50, 50, 3).high()).isEqualTo(1);
    assertThat(Interval.kt(1, 1, 3).low()).isPositive();
  }

  @Test
  void samplesMergeAndRefuseMoreSuccessesThanTrials() {
    assertThat(new Sample(3, 1).merge(Sample.EMPTY)).isEqualTo(new Sample(3, 1));
    assertThat(new Sample(3, 1).merge(new Sample(4, 4))).isEqualTo(new Sample(7, 5));
    assertThatThrownBy(() -> new Sample(2, 3)).hasMessageContaining("[0, 2], were 3");
  }

  @Test
  void withoutArmedSeriesNobodyGetsABudget() {
    assertThat(Family.weights(new int[Family.CLASSES])).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7})
  void classesFollowTheNumberOfAttributes(int attributes) {
    int expected = attributes <= 1 ? 0 : attributes == 2 ? 1 : 2;

    assertThat(Family.classOf(new Subgroup("some", attributes))).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(Direction.class)
  void noRateWithinTheBandMakesABetFavourable(Direction direction) {
    Band band = Band.of(new Sample(5000, 1200), 1, Watched.DEFAULT_TOLERANCE);
    double edge = band.edge(direction, band.level());
    for (int m = 0; m < Bets.GRID; m++) {
      double step = direction.sign() * Bets.theta(m);
      double q = Elementary.expit(Elementary.logit(edge) + step);

      assertThat(expectation(edge, q, edge)).isEqualTo(1, within());
      assertThat(expectation(band.level(), q, edge)).isLessThan(1);
    }
  }

  private static double expectation(double rate, double q, double edge) {
    return rate * q / edge + (1 - rate) * (1 - q) / (1 - edge);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(ROUNDING);
  }

  @Test
  void aBandThatReachesTheEndOfTheScaleHasNoBetsThere() {
    Band high = Band.of(new Sample(12_000, 11_990), 1, Watched.DEFAULT_TOLERANCE);
    Band low = Band.of(new Sample(12_000, 10), 1, Watched.DEFAULT_TOLERANCE);

    assertThat(high.betsUp()).isFalse();
    assertThat(high.betsDown()).isTrue();
    assertThat(low.betsDown()).isFalse();
    assertThat(low.betsUp()).isTrue();
  }

  @Test
  void valuesStayFiniteWhateverTheFactors() {
    double[] values = {0};
    double[] weight = {1};
    double[] huge = {StrictMath.exp(Bets.bounded(1e9, 1))};
    for (int i = 0; i < 5; i++) {
      Recursion.detect(values, weight, huge, 0);
    }

    assertThat(values[0]).isFinite();
    double[] tiny = {StrictMath.exp(Bets.bounded(-1e9, 1))};
    for (int i = 0; i < 5; i++) {
      Recursion.detect(values, weight, tiny, 0);
    }
    assertThat(values[0]).isNotNegative();
    Recursion.detect(values, weight, new double[] {1}, 0);
    assertThat(values[0]).isGreaterThanOrEqualTo(1);
  }

  @Test
  void betsWithoutWeightStayAtZero() {
    double[] values = {0, 0};

    Recursion.detect(values, new double[] {0, 0.5}, new double[] {1, 1}, 0);

    assertThat(values).containsExactly(0, 0.5);
  }

  @Test
  void dispersionNeedsThirtyBlocksAndIsNeverBelowOne() {
    Dispersion few = new Dispersion(600_000, 29);
    few.add(new double[29], new double[29]);
    Dispersion week = new Dispersion(600_000, 1008);
    Dispersion hourly = new Dispersion(3_600_000, 1008);

    assertThat(few.lengths()).isEmpty();
    assertThat(few.phi(0)).isEqualTo(1);
    assertThat(week.lengths()).containsExactly(1, 6, 24);
    assertThat(hourly.lengths()).containsExactly(1, 4, 24);
  }

  @ParameterizedTest
  @EnumSource(RateMetric.class)
  void metricsCountTheirOwnCellsOfTheTable(RateMetric metric) {
    long[] counts = {0, 0, 0, 0, 1, 20, 300, 4000};
    long trials = metric.labelled() ? metric.trials(counts, 1) : 0;
    long successes = metric.labelled() ? metric.successes(counts, 1) : 0;
    Sample expected =
        switch (metric) {
          case ACCURACY -> new Sample(4321, 4001);
          case TPR -> new Sample(4020, 4000);
          case FPR -> new Sample(301, 300);
          case SELECTION -> Sample.EMPTY;
        };

    assertThat(new Sample(trials, successes)).isEqualTo(expected);
  }

  @Test
  void seriesAreNamedByFamilyMetricAndSubgroup() {
    SeriesName name = new SeriesName(RateMetric.TPR, new Subgroup("sex=F", 1));

    assertThat(name.text()).isEqualTo("performance|tpr|sex=F");
  }

  @Test
  void cohortsOfSeveralPanesCloseWithTheHorizonOfTheirLastPane() {
    RateSettings settings = settings(600_000, 6, 0, 1008);

    assertThat(settings.cohortOf(11)).isEqualTo(1);
    assertThat(settings.closingPane(1)).isEqualTo(11 + 719);
    assertThat(settings.memory()).isEqualTo(4320);
    assertThat(settings.hourOfCohort(25)).isEqualTo(1);
  }

  @Test
  void settingsThatCannotWorkSayWhy() {
    assertThatThrownBy(() -> settings(7_000_000, 1, 0, 100))
        .hasMessageContaining("divide one hour");
    assertThatThrownBy(() -> settings(600_000, 6, 3, 1008)).hasMessageContaining("multiples");
    assertThatThrownBy(() -> settings(600_000, 1, 5, 5)).hasMessageContaining("end after");
    assertThatThrownBy(() -> new Watched(RateMetric.TPR, Double.NaN)).hasMessageContaining("tpr");
    assertThatThrownBy(
            () ->
                new RateSettings(
                    600_000,
                    1,
                    AgeSteps.ofPanes(0, 721),
                    new ReferencePanes(0, 6),
                    1,
                    List.of(),
                    List.of(Subgroup.ALL)))
        .hasMessageContaining("MAX_OPEN_COHORTS");
  }

  private static RateSettings settings(long pane, int panesPerCohort, long from, long to) {
    return new RateSettings(
        pane,
        panesPerCohort,
        AGES,
        new ReferencePanes(from, to),
        1,
        List.of(Watched.of(RateMetric.TPR)),
        List.of(Subgroup.ALL));
  }
}
