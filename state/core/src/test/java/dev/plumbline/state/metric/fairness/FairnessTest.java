package dev.plumbline.state.metric.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.RateMetric;
import dev.plumbline.state.metric.ScoreBins;
import dev.plumbline.state.metric.fairness.GroupRates.Apart;
import dev.plumbline.state.metric.fairness.GroupRates.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class FairnessTest {

  private static final Confusion MANY = new Confusion(30, 10, 20, 40);
  private static final Confusion NO_POSITIVES = new Confusion(0, 1, 0, 4);

  @Test
  void aGroupWithoutTrialsIsSkippedOrCountsZero() {
    GroupRates tpr =
        GroupRates.of(RateMetric.TPR, new TreeMap<>(Map.of("a", MANY, "b", NO_POSITIVES)));

    assertThat(tpr.between(Reading.SKIPPED).difference()).hasValue(0);
    assertThat(tpr.between(Reading.ZERO).difference()).hasValue(0.6);
    assertThat(tpr.between(Reading.ZERO).ratio()).hasValue(0);
    assertThat(tpr.toOverall(Reading.SKIPPED).ratio()).hasValue(1);
    assertThat(tpr.toOverall(Reading.ZERO).difference()).hasValue(0.6);
  }

  @Test
  void nothingIsKnownOfNoTrialAndOfNobodySelected() {
    GroupRates none = GroupRates.of(RateMetric.TPR, new TreeMap<>(Map.of("a", NO_POSITIVES)));
    GroupRates nobody =
        GroupRates.of(
            RateMetric.SELECTION_RATE, new TreeMap<>(Map.of("a", new Confusion(0, 0, 3, 5))));

    assertThat(none.between(Reading.SKIPPED).difference()).isEmpty();
    assertThat(none.toOverall(Reading.SKIPPED).ratio()).isEmpty();
    assertThat(nobody.between(Reading.SKIPPED).difference()).hasValue(0);
    assertThat(nobody.between(Reading.SKIPPED).ratio()).isEmpty();
    assertThat(nobody.toOverall(Reading.SKIPPED).ratio()).isEmpty();
  }

  @Test
  void oddsAreCombinedOfTheSidesThatAreDefined() {
    Apart one = new Apart(OptionalDouble.of(0.2), OptionalDouble.empty());
    Apart other = new Apart(OptionalDouble.of(0.1), OptionalDouble.of(0.5));

    assertThat(one.worst(other)).isEqualTo(new Apart(OptionalDouble.of(0.2), other.ratio()));
    assertThat(one.mean(other).difference().getAsDouble()).isCloseTo(0.15, within(1e-12));
    assertThat(other.mean(one).ratio()).hasValue(0.5);
  }

  @Test
  void twoGroupsAreComparedWithASign() {
    GroupContrast groups = new GroupContrast(new Confusion(0, 0, 5, 5), MANY);

    assertThat(groups.selection().difference()).hasValue(-0.4);
    assertThat(groups.disparateImpact()).hasValue(0);
    assertThat(groups.averageOdds().getAsDouble()).isCloseTo(-0.4, within(1e-12));
    assertThat(groups.averagePredictiveValue()).as("no PPV").isEmpty();
    assertThat(new GroupContrast(MANY, NO_POSITIVES).equalizedOdds()).isEmpty();
    assertThat(new GroupContrast(MANY, new Confusion(0, 0, 1, 1)).disparateImpact()).isEmpty();
  }

  @Test
  void inequalityIsThatOfTheBenefits() {
    double[] benefits = new double[100];
    for (int i = 0; i < 100; i++) {
      benefits[i] = i < 10 ? 2 : i < 30 ? 0 : 1;
    }
    double mean = 0.9;
    double theil = 0;
    double squares = 0;
    for (double benefit : benefits) {
      theil += benefit == 0 ? 0 : benefit / mean * StrictMath.log(benefit / mean) / 100;
      squares += benefit * benefit / mean / mean / 100;
    }

    assertThat(Entropy.theil(MANY).getAsDouble()).isCloseTo(theil, within(1e-12));
    assertThat(Entropy.ofOrderTwo(MANY).getAsDouble()).isCloseTo((squares - 1) / 2, within(1e-12));
    assertThat(Entropy.variation(new Confusion(4, 0, 0, 4))).hasValue(0);
    assertThat(Entropy.theil(Confusion.EMPTY)).isEmpty();
    assertThat(Entropy.variation(new Confusion(0, 0, 4, 0))).isEmpty();
    assertThat(Entropy.theilBetween(List.of())).isEmpty();
    assertThat(Entropy.theilBetween(List.of(MANY, MANY, Confusion.EMPTY)).getAsDouble())
        .isCloseTo(0, within(1e-12));
    assertThat(Entropy.ofOrderTwoBetween(List.of(MANY, new Confusion(0, 0, 9, 0))).getAsDouble())
        .isPositive();
  }

  @Test
  void epsilonIsTheWidestRatioOfEitherOutcome() {
    Rate half = new Rate(5, 10);
    Rate most = new Rate(9, 10);

    assertThat(DifferentialFairness.epsilon(List.of(half, most)).getAsDouble())
        .isCloseTo(StrictMath.log(5.5 / 1.5), within(1e-12));
    assertThat(DifferentialFairness.epsilon(List.of(half))).isEmpty();
    assertThat(DifferentialFairness.amplification(List.of(half, most), List.of(half))).isEmpty();
    assertThat(DifferentialFairness.amplification(List.of(half, most), List.of(half, half)))
        .isEqualTo(DifferentialFairness.epsilon(List.of(half, most)));
  }

  @Test
  void calibrationIsThatOfTheRowsInAnyOrder() {
    ScoreBins bins = new ScoreBins(10);
    SplittableRandom random = new SplittableRandom(1);
    Calibration forward = Calibration.EMPTY;
    Calibration backward = Calibration.EMPTY;
    double[] gaps = new double[10];
    List<Integer> micros = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      int micro = random.nextInt(ScoreBins.MICRO + 1);
      int label = random.nextInt(2);
      Calibration one = Calibration.of(bins.bin(micro), micro, label);
      forward = forward.merge(one);
      backward = one.merge(backward);
      gaps[bins.bin(micro)] += (label - micro / 1e6) / 300;
      micros.add(micro);
    }
    double expected = 0;
    for (double gap : gaps) {
      expected += Math.abs(gap);
    }

    assertThat(forward).isEqualTo(backward);
    assertThat(forward.expectedError().getAsDouble()).isCloseTo(expected, within(1e-12));
    assertThat(forward.meanScore().getAsDouble())
        .isCloseTo(micros.stream().mapToInt(x -> x).average().orElseThrow() / 1e6, within(1e-12));
    assertThat(Calibration.multicalibration(forward, List.of(backward)).getAsDouble())
        .isLessThanOrEqualTo(expected);
  }

  @Test
  void nothingIsKnownOfNoScore() {
    assertThat(Calibration.EMPTY.expectedError()).isEmpty();
    assertThat(Calibration.EMPTY.greatestError()).isEmpty();
    assertThat(Calibration.EMPTY.meanScore()).isEmpty();
    assertThat(Calibration.multicalibration(Calibration.EMPTY, List.of())).isEmpty();
    assertThatThrownBy(() -> Calibration.of(0, 1, 2)).hasMessageContaining("2, 1 of 1");
  }

  @Test
  void binsThatAreClosedOnTheRightHoldTheirUpperEdge() {
    ScoreBins bins = new ScoreBins(10);

    assertThat(bins.rightClosedBin(0)).isZero();
    assertThat(bins.rightClosedBin(100_000)).isZero();
    assertThat(bins.rightClosedBin(100_001)).isOne();
    assertThat(bins.rightClosedBin(ScoreBins.MICRO)).isEqualTo(9);
    assertThatThrownBy(() -> bins.rightClosedBin(-1)).hasMessageContaining("was -1");
  }
}
