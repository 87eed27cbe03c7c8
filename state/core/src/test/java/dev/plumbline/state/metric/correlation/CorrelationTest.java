package dev.plumbline.state.metric.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CorrelationTest {

  private static final Correlation TABLE = new Correlation(40, 20, 10, 30);

  @Test
  void recordsAddUpInAnyOrder() {
    Correlation forward = Correlation.EMPTY;
    Correlation backward = Correlation.EMPTY;
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 100; i++) {
      Correlation one = Correlation.of(random.nextBoolean(), random.nextBoolean());
      forward = forward.merge(one);
      backward = one.merge(backward);
    }

    assertThat(forward).isEqualTo(backward);
    assertThat(forward.total()).isEqualTo(100);
  }

  @Test
  void aMarginOfZeroSaysNothing() {
    Correlation onlyOfValue = new Correlation(3, 0, 4, 0);
    Correlation onlyPositives = new Correlation(3, 4, 0, 0);

    assertThat(onlyOfValue.slope()).isEmpty();
    assertThat(onlyOfValue.accuracyAt(0)).isEmpty();
    assertThat(onlyOfValue.phi()).isEmpty();
    assertThat(onlyPositives.slope()).hasValue(0);
    assertThat(onlyPositives.phi()).isEmpty();
    assertThat(new CorrelationShift(onlyOfValue, TABLE).slope()).isEmpty();
    assertThat(new CorrelationShift(onlyOfValue, TABLE).pValue()).isEmpty();
    assertThat(new CorrelationShift(onlyPositives, onlyPositives).z()).as("no error").isEmpty();
  }

  @Test
  void aGapWithinALimitCostsLessAccuracyThanNone() {
    assertThat(TABLE.accuracyWithin(0)).isEqualTo(TABLE.accuracyAt(0));
    assertThat(TABLE.accuracyWithin(0.1).getAsDouble())
        .isCloseTo(TABLE.accuracyAt(0.1).getAsDouble(), within(1e-12));
    assertThat(TABLE.accuracyWithin(0.9)).hasValue(1);
  }

  @Test
  void theValueThatMovedFurthestIsFound() {
    Correlation other = new Correlation(20, 40, 30, 10);
    TreeMap<String, CorrelationShift> byValue =
        new TreeMap<>(
            Map.of(
                "a", new CorrelationShift(TABLE, TABLE),
                "b", new CorrelationShift(TABLE, other),
                "c", new CorrelationShift(other, TABLE)));

    assertThat(CorrelationShift.furthest(byValue).orElseThrow().getKey()).isEqualTo("b");
    assertThat(CorrelationShift.furthest(new TreeMap<>())).isEmpty();
  }

  @Test
  void negativeCountsAreRefused() {
    assertThatThrownBy(() -> new Correlation(-1, 0, 0, 0)).hasMessageContaining("negative");
    assertThatThrownBy(() -> DataRatio.of(TABLE, 1.5, 0, 0)).hasMessageContaining("[-1, 1]");
  }

  @Test
  void dataThatHaveTheTargetAreLeftAlone() {
    DataRatio ratio = DataRatio.of(TABLE, TABLE.slope().getAsDouble(), 0.1, 0.1).orElseThrow();

    assertThat(ratio.objective()).isCloseTo(0, within(1e-12));
    assertThat(ratio.keep())
        .allSatisfy(it -> assertThat(it.getAsDouble()).isCloseTo(1, within(1e-5)));
  }

  /** No shares on a grid that keep to the limits are nearer. */
  @Test
  void noOtherSharesAreNearer() {
    for (double target : List.of(-0.3, 0.0, 0.2, 0.7)) {
      DataRatio ratio = DataRatio.of(TABLE, target, 0.2, 0.2).orElseThrow();
      double best = Double.POSITIVE_INFINITY;
      for (double q = 0.4; q <= 0.6; q += 0.001) {
        for (double s = Math.max(0, -target); s <= Math.min(1, 1 - target); s += 0.001) {
          double p = s + target * q;
          if (p >= 0.5 && p <= 0.7) {
            best = Math.min(best, distance(q, s, target));
          }
        }
      }
      assertThat(ratio.objective()).isLessThanOrEqualTo(best + 1e-12);
      assertThat(ratio.objective()).isCloseTo(best, within(1e-4));
    }
  }

  private static double distance(double q, double s, double c) {
    double[] x = {q * (s + c), (1 - q) * s, q * (1 - s - c), (1 - q) * (1 - s)};
    double[] w = {0.4, 0.2, 0.1, 0.3};
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += (x[i] - w[i]) * (x[i] - w[i]);
    }
    return sum;
  }

  @Test
  void aKindThatDoesNotOccurHasNoWeight() {
    DataRatio ratio = DataRatio.of(new Correlation(30, 30, 0, 40), 0.5, 0.2, 0.2).orElseThrow();

    assertThat(ratio.weights().get(2)).isEmpty();
    assertThat(ratio.keep().get(2)).isEmpty();
    assertThat(DataRatio.of(Correlation.EMPTY, 0.5, 0.2, 0.2)).isEmpty();
  }
}
