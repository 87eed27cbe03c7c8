package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConfusionTest {

  @ParameterizedTest
  @EnumSource(RateMetric.class)
  void noRateOfNothingIsDefined(RateMetric metric) {
    assertThat(Confusion.EMPTY.rate(metric)).isEqualTo(Rate.NONE);
    assertThat(metric.reason(Confusion.EMPTY)).isEqualTo(Undefined.NO_LABELS);
  }

  @Test
  void nothingHasNeitherF1NorBalancedAccuracy() {
    assertThat(Confusion.EMPTY.f1()).isEmpty();
    assertThat(Confusion.EMPTY.balancedAccuracy()).isEmpty();
    assertThat(new Confusion(1, 0, 1, 0).balancedAccuracy()).isEmpty();
    assertThat(new Confusion(0, 0, 0, 5).f1()).isEmpty();
  }

  @Test
  void oneRecordDefinesTheRatesOfItsLabelAndDecision() {
    Confusion one = Confusion.EMPTY.plus(ConfusionChange.of(1, 1, 1));

    assertThat(one.tpr().value()).hasValue(1);
    assertThat(one.ppv().value()).hasValue(1);
    assertThat(one.fpr().value()).isEmpty();
    assertThat(one.npv().value()).isEmpty();
    assertThat(RateMetric.FPR.reason(one)).isEqualTo(Undefined.NO_NEGATIVES);
    assertThat(RateMetric.NPV.reason(one)).isEqualTo(Undefined.ALL_SELECTED);
  }

  @Test
  void ratesAreSharesOfTheirCounts() {
    Confusion counts = new Confusion(1, 2, 4, 8);

    assertThat(counts.tpr()).isEqualTo(new Rate(1, 5));
    assertThat(counts.fnr()).isEqualTo(new Rate(4, 5));
    assertThat(counts.fpr()).isEqualTo(new Rate(2, 10));
    assertThat(counts.tnr()).isEqualTo(new Rate(8, 10));
    assertThat(counts.ppv()).isEqualTo(new Rate(1, 3));
    assertThat(counts.falseDiscovery()).isEqualTo(new Rate(2, 3));
    assertThat(counts.npv()).isEqualTo(new Rate(8, 12));
    assertThat(counts.falseOmission()).isEqualTo(new Rate(4, 12));
    assertThat(counts.selection()).isEqualTo(new Rate(3, 15));
    assertThat(counts.baseRate()).isEqualTo(new Rate(5, 15));
    assertThat(counts.accuracy()).isEqualTo(new Rate(9, 15));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void mergeIsACommutativeMonoidAndMinusUndoesIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Confusion a = any(random);
    Confusion b = any(random);
    Confusion c = any(random);

    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
    assertThat(a.merge(Confusion.EMPTY)).isEqualTo(a);
    assertThat(a.plus(b.minus(a))).isEqualTo(b);
    assertThat(a.minus(b)).isEqualTo(b.minus(a).negated());
    assertThat(a.minus(a)).isEqualTo(ConfusionChange.NONE);
  }

  private static Confusion any(SplittableRandom random) {
    long most = 1L << random.nextInt(1, 60);
    return new Confusion(
        random.nextLong(most), random.nextLong(most), random.nextLong(most), random.nextLong(most));
  }

  @Test
  void aRevisedLabelMovesARecord() {
    ConfusionChange revision = ConfusionChange.of(1, 0, -1).plus(ConfusionChange.of(1, 1, 1));

    assertThat(new Confusion(3, 1, 2, 4).plus(revision)).isEqualTo(new Confusion(4, 0, 2, 4));
    assertThatThrownBy(() -> new Confusion(3, 0, 2, 4).plus(revision))
        .hasMessageContaining("fp -1")
        .hasMessageContaining("ConfusionChange");
  }

  @Test
  void onlyBinaryDecisionsAndLabelsCount() {
    assertThatThrownBy(() -> ConfusionChange.of(2, 0, 1)).hasMessageContaining("decision");
    assertThatThrownBy(() -> ConfusionChange.of(0, -1, 1)).hasMessageContaining("label");
  }

  @Test
  void countsBeyondALongAreRefused() {
    Confusion most = new Confusion(Long.MAX_VALUE, 0, 0, 0);

    assertThat(most.accuracy().value()).hasValue(1);
    assertThatThrownBy(() -> most.merge(new Confusion(0, 0, 0, 1)))
        .isInstanceOf(ArithmeticException.class);
  }
}
