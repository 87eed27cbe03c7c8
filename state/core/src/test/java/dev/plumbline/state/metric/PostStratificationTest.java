package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.record.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two strata, of which one is reviewed twenty times as often as the other. */
final class PostStratificationTest {

  private static final int BINS = 10;
  private static final double SIGMAS = 3.5;

  /** One prediction. */
  private record Case(String stratum, int decision, int label, int bin) {}

  @Test
  void eachStratumHasTheWeightOfItsPredictions() {
    Counters counters =
        counters(
            stratum("often", 1_000, new Confusion(60, 20, 10, 110)),
            stratum("rarely", 10_000, new Confusion(5, 5, 20, 70)));

    double often = 1_000.0 / 200;
    double rarely = 10_000.0 / 100;
    Proportion tpr = counters.rate(RateMetric.TPR);

    assertThat(tpr.share())
        .isCloseTo((60 * often + 5 * rarely) / (70 * often + 25 * rarely), within(1e-12));
    assertThat(tpr.complement()).isCloseTo(1 - tpr.share(), within(1e-12));
    assertThat(tpr.trials()).isEqualTo(95);
    assertThat(tpr.effectiveTrials()).isPositive().isLessThan(95);
  }

  @Test
  void strataThatAreReviewedAlikeSayWhatTheirSumSays() {
    Counters counters =
        counters(
            stratum("one", 2_000, new Confusion(60, 20, 10, 110)),
            stratum("other", 1_000, new Confusion(5, 5, 20, 70)));
    Rate together = RateMetric.ACCURACY.of(counters.labelled());

    Proportion accuracy = counters.rate(RateMetric.ACCURACY);

    assertThat(accuracy.share()).isCloseTo(together.share(), within(1e-12));
    assertThat(accuracy.effectiveTrials()).isCloseTo((double) together.trials(), within(30.0));
  }

  @Test
  void aStratumWithoutLabelsIsLeftOutOnlyWhileItIsSmall() {
    Stratum known = stratum("known", 2_000, new Confusion(60, 20, 10, 110));
    Counters small = counters(known, stratum("silent", 100, Confusion.EMPTY));
    Counters large = counters(known, stratum("silent", 110, Confusion.EMPTY));

    assertThat(small.rate(RateMetric.ACCURACY).share()).isEqualTo(170.0 / 200, within(1e-12));
    assertThat(Metrics.of(large, Identification.FULL))
        .filteredOn(estimate -> !List.of("selection_rate", "auroc").contains(estimate.name()))
        .hasSize(5)
        .allMatch(estimate -> estimate.undefined().equals(Optional.of(Undefined.SILENT_STRATUM)));
  }

  @Test
  void aStratumThatIsReviewedRarelyIsNoUnlabelledDecision() {
    Counters byDecision =
        counters(
            stratum(
                "yes",
                Sampling.DECIDED,
                new Rate(10_000, 10_000),
                new Rate(10_000, 10_000),
                new Confusion(1_500, 500, 0, 0)),
            stratum(
                "no",
                Sampling.DECIDED,
                new Rate(0, 50_000),
                new Rate(0, 50_000),
                new Confusion(0, 0, 50, 250)));

    assertThat(Identification.of(byDecision)).isEqualTo(Identification.FULL);
    assertThat(byDecision.rate(RateMetric.TPR).share())
        .isCloseTo(7_500 / (7_500 + 50 * 50_000 / 300.0), within(1e-12));
  }

  @Test
  void coverageIsOfThosePredictionsThatWereSelectedForALabel() {
    Counters counters =
        counters(
            stratum(
                "a",
                Sampling.DECIDED,
                new Rate(400, 1_000),
                new Rate(40, 100),
                new Confusion(20, 10, 10, 40)),
            stratum(
                "b",
                Sampling.DECIDED,
                new Rate(4, 10),
                new Rate(4, 10),
                new Confusion(2, 1, 1, 1)));

    assertThat(counters.coverage()).isEqualTo(new Rate(85, 110));
  }

  /** Of predictions with decision 1 all are acted upon, and of the others few: nobody is told. */
  @Test
  void theDecisionThatWasActedUponSaysWhatIsIdentified() {
    Confusion approved = new Confusion(500, 100, 80, 320);
    Counters shadow =
        counters(
            stratum("", 1, new Rate(600, 1_000), new Rate(600, 1_000), approved),
            stratum("", 0, new Rate(10, 1_000), new Rate(10, 1_000), Confusion.EMPTY));

    Identification identified = Identification.of(shadow);

    // 10 of 610 that the challenger approves were declined by the champion.
    assertThat(identified).isEqualTo(new Identification(false, true));
    assertThat(identified.tells(RateMetric.PPV)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = RateMetric.class,
      names = {"ACCURACY", "TPR", "FPR", "PPV", "NPV", "BASE_RATE"})
  void ratesAreUnbiasedAndIntervalsHoldTheTruthAsOftenAsTheySay(RateMetric metric) {
    int draws = 500;
    List<Case> population = population(20_000, 7);
    double truth = metric.of(confusion(population)).share();
    SplittableRandom random = new SplittableRandom(11);
    double sum = 0;
    double squares = 0;
    int held = 0;
    for (int draw = 0; draw < draws; draw++) {
      Proportion rate = reviewed(population, random).rate(metric);
      sum += rate.share();
      squares += rate.share() * rate.share();
      held += rate.interval().orElseThrow().contains(truth) ? 1 : 0;
    }
    double mean = sum / draws;
    double error = Math.sqrt((squares / draws - mean * mean) / draws);

    assertThat(Math.abs(mean - truth)).isLessThan(3 * error + 0.002);
    double deviation = Math.sqrt(0.95 * 0.05 / draws);
    assertThat((double) held / draws)
        .isBetween(0.95 - SIGMAS * deviation, 0.95 + SIGMAS * deviation);
  }

  @Test
  void theAreaUnderTheCurveIsUnbiasedAndItsIntervalHoldsTheTruth() {
    int draws = 500;
    List<Case> population = population(20_000, 7);
    double truth = Auroc.of(histogram(population)).orElseThrow().value();
    SplittableRandom random = new SplittableRandom(12);
    double sum = 0;
    int held = 0;
    for (int draw = 0; draw < draws; draw++) {
      Auroc area = reviewed(population, random).auroc().orElseThrow();
      sum += area.value();
      held += area.interval().orElseThrow().contains(truth) ? 1 : 0;
    }

    assertThat(sum / draws).isCloseTo(truth, within(0.004));
    assertThat((double) held / draws).isBetween(0.91, 0.985);
  }

  /**
   * 60 % of the predictions are in the stratum that is reviewed rarely, and errors are elsewhere.
   */
  private static List<Case> population(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Case> population = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boolean isRare = random.nextDouble() < 0.6;
      int label = random.nextDouble() < (isRare ? 0.2 : 0.5) ? 1 : 0;
      boolean isRight = random.nextDouble() < (isRare ? 0.9 : 0.7);
      int decision = isRight ? label : 1 - label;
      int bin = decision * BINS / 2 + random.nextInt(BINS / 2);
      population.add(new Case(isRare ? "rarely" : "often", decision, label, bin));
    }
    return population;
  }

  private static Counters reviewed(List<Case> population, SplittableRandom random) {
    List<Stratum> strata = new ArrayList<>();
    for (String name : List.of("often", "rarely")) {
      List<Case> all = population.stream().filter(one -> one.stratum.equals(name)).toList();
      double share = name.equals("often") ? 0.2 : 0.01;
      List<Case> some = all.stream().filter(one -> random.nextDouble() < share).toList();
      strata.add(
          new Stratum(
              name,
              Sampling.DECIDED,
              confusion(all).selection(),
              confusion(some).selection(),
              confusion(some),
              histogram(some)));
    }
    return counters(strata.toArray(Stratum[]::new));
  }

  private static Confusion confusion(List<Case> cases) {
    long[] counts = new long[4];
    cases.forEach(one -> counts[2 * one.decision + one.label]++);
    return new Confusion(counts[3], counts[2], counts[1], counts[0]);
  }

  private static ScoreHistogram histogram(List<Case> cases) {
    long[] positives = new long[BINS];
    long[] negatives = new long[BINS];
    cases.forEach(one -> (one.label == 1 ? positives : negatives)[one.bin]++);
    return ScoreHistogram.dense(positives, negatives);
  }

  private static Stratum stratum(
      String name, int acted, Rate selected, Rate awaited, Confusion labelled) {
    return new Stratum(name, acted, selected, awaited, labelled, ScoreHistogram.UNMAPPED);
  }

  /** Of the predictions as many are selected as of the labelled ones. */
  private static Stratum stratum(String name, long predictions, Confusion labelled) {
    long selected =
        labelled.labelled() == 0 ? 0 : predictions * labelled.selected() / labelled.labelled();
    Rate all = new Rate(selected, predictions);
    return new Stratum(name, Sampling.DECIDED, all, all, labelled, ScoreHistogram.empty(BINS));
  }

  private static Counters counters(Stratum... strata) {
    Rate selected = Rate.NONE;
    Confusion labelled = Confusion.EMPTY;
    ScoreHistogram scores = ScoreHistogram.empty(strata[0].scores().bins());
    for (Stratum stratum : strata) {
      selected = selected.merge(stratum.selected());
      labelled = labelled.merge(stratum.labelled());
      scores = scores.merge(stratum.scores());
    }
    return new Counters(selected, labelled, scores, List.of(strata));
  }
}
