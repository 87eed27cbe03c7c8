package dev.plumbline.state.metric.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.metric.Auroc;
import dev.plumbline.state.metric.ScoreHistogram;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CurveTest {

  private static ScoreHistogram scores(long[] positives, long[] negatives) {
    return ScoreHistogram.dense(positives, negatives);
  }

  @Test
  void boundsHoldWhateverTheScoresInsideABin() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      long[] finePositives = random.longs(40, 0, 4).toArray();
      long[] fineNegatives = random.longs(40, 0, 4).toArray();
      long[] positives = new long[4];
      long[] negatives = new long[4];
      for (int bin = 0; bin < 40; bin++) {
        positives[bin / 10] += finePositives[bin];
        negatives[bin / 10] += fineNegatives[bin];
      }
      AveragePrecision binned = AveragePrecision.of(scores(positives, negatives)).orElseThrow();
      double exact =
          AveragePrecision.of(scores(finePositives, fineNegatives)).orElseThrow().value();

      assertThat(binned.bounds().contains(exact)).isTrue();
      assertThat(binned.bounds().contains(binned.value())).isTrue();
    }
  }

  @Test
  void manyPositivesOfABinAreBoundedAsFew() {
    AveragePrecision many =
        AveragePrecision.of(scores(new long[] {300, 1}, new long[] {50, 7})).orElseThrow();
    double sum = 1.0 / 8;
    for (int j = 1; j <= 300; j++) {
      sum += (1.0 + j) / (1 + j + 57);
    }

    assertThat(many.bounds().low()).isCloseTo(sum / 301, within(1e-12));
    assertThat(many.prevalence().successes()).isEqualTo(301);
  }

  @Test
  void oneLabelAloneHasNoPrecision() {
    assertThat(AveragePrecision.of(scores(new long[] {3}, new long[] {0}))).isEmpty();
    assertThat(AveragePrecision.of(scores(new long[] {0}, new long[] {3}))).isEmpty();
  }

  @Test
  void aSubgroupThatScoresHigherHasGapsAboveZero() {
    NuancedAuc group =
        new NuancedAuc(
            scores(new long[] {0, 0, 5}, new long[] {0, 5, 0}),
            scores(new long[] {0, 5, 0}, new long[] {5, 0, 0}));

    assertThat(group.positiveGap().orElseThrow().value()).isEqualTo(0.5);
    assertThat(group.negativeGap().orElseThrow().value()).isEqualTo(0.5);
    assertThat(group.bpsnAuc().map(Auroc::value)).hasValue(0.5);
    assertThat(group.bnspAuc().map(Auroc::value)).hasValue(1.0);
    assertThat(group.positiveGap().orElseThrow().interval().orElseThrow().contains(0.5)).isTrue();
    assertThat(group.positiveGap().orElseThrow().maxError()).isZero();
  }

  @Test
  void aSideWithoutARecordLeavesItsAreasUndefined() {
    NuancedAuc group =
        new NuancedAuc(
            scores(new long[] {0, 5}, new long[] {0, 0}),
            scores(new long[] {1, 5}, new long[] {5, 1}));

    assertThat(group.subgroupAuc()).isEmpty();
    assertThat(group.bpsnAuc()).isEmpty();
    assertThat(group.bnspAuc()).isPresent();
    assertThat(group.negativeGap()).isEmpty();
    assertThat(NuancedAuc.value(group.subgroupAuc())).isEmpty();
    PowerMean.OfAreas means = PowerMean.of(new TreeMap<>(Map.of("a", group)));
    assertThat(means.groups()).isZero();
    assertThat(means.score(0.5)).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void aNegativePowerLeansToTheWorst() {
    assertThat(PowerMean.of(List.of(0.5, 1.0), -5).getAsDouble()).isLessThan(0.6);
    assertThat(PowerMean.of(List.of(0.0, 1.0), -5)).hasValue(0);
    assertThat(PowerMean.of(List.of(), -5)).isEmpty();
    assertThatThrownBy(() -> PowerMean.of(List.of(-0.1), 2)).hasMessageContaining("at least 0");
    assertThatThrownBy(() -> PowerMean.of(List.of(0.1), 0)).hasMessageContaining("other than 0");
  }
}
