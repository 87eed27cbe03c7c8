package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RateTest {

  @Test
  void aRateOfNothingIsUndefined() {
    assertThat(Rate.NONE.value()).isEmpty();
    assertThat(Rate.NONE.interval()).isEmpty();
  }

  @Test
  void aRateOfOneIsDefined() {
    assertThat(new Rate(1, 1).value()).hasValue(1);
    assertThat(new Rate(0, 1).value()).hasValue(0);
  }

  @Test
  void moreSuccessesThanTrialsAreRefused() {
    assertThatThrownBy(() -> new Rate(2, 1)).hasMessageContaining("was 2 of 1");
    assertThatThrownBy(() -> new Rate(-1, 1)).hasMessageContaining("was -1 of 1");
  }

  @Test
  void mergeAddsTrials() {
    assertThat(new Rate(1, 3).merge(new Rate(2, 2))).isEqualTo(new Rate(3, 5));
    assertThat(new Rate(1, 3).merge(Rate.NONE)).isEqualTo(new Rate(1, 3));
  }

  @Test
  void equalSharesTieWhateverTheirTrials() {
    assertThat(new Rate(1, 3).compareValue(new Rate(2, 6))).isZero();
    assertThat(new Rate(1, 3).compareValue(new Rate(333, 1000))).isPositive();
    assertThat(new Rate(0, 3).compareValue(new Rate(1, 1000))).isNegative();
  }

  @Test
  void sharesThatAreOneDoubleStillCompare() {
    long large = 1L << 60;
    Rate upper = new Rate(large, large + 1);
    Rate lower = new Rate(large - 1, large);

    assertThat(upper.value()).isEqualTo(lower.value());
    assertThat(upper.compareValue(lower)).isPositive();
    assertThat(lower.compareValue(upper)).isNegative();
    assertThat(upper.compareValue(upper)).isZero();
  }

  @Test
  void undefinedRatesDoNotCompare() {
    assertThatThrownBy(() -> Rate.NONE.compareValue(new Rate(1, 2)))
        .hasMessageContaining("only rates with trials");
  }

  @Test
  void wilsonTouchesTheEndsExactly() {
    for (long n : new long[] {1, 7, 1_300_000, 1L << 53}) {
      assertThat(new Rate(0, n).interval().orElseThrow().low()).isZero();
      assertThat(new Rate(n, n).interval().orElseThrow().high()).isEqualTo(1);
    }
  }

  @Test
  void wilsonHoldsTheRateAndNarrows() {
    Interval few = new Rate(3, 10).interval().orElseThrow();
    Interval many = new Rate(390_000, 1_300_000).interval().orElseThrow();

    assertThat(few.contains(0.3)).isTrue();
    assertThat(many.contains(0.3)).isTrue();
    assertThat(many.high() - many.low()).isLessThan(few.high() - few.low());
  }

  @Test
  void aContrastWithAnUndefinedRateIsUndefined() {
    Contrast contrast = new Contrast(Rate.NONE, new Rate(1, 2));

    assertThat(contrast.difference()).isEmpty();
    assertThat(contrast.differenceInterval()).isEmpty();
    assertThat(contrast.ratio()).isEmpty();
    assertThat(contrast.ratioInterval()).isEmpty();
  }

  @Test
  void aContrastTurnsAroundWithItsSides() {
    Rate first = new Rate(805, 1795);
    Rate second = new Rate(349, 1488);
    Interval there = new Contrast(first, second).differenceInterval().orElseThrow();
    Interval back = new Contrast(second, first).differenceInterval().orElseThrow();

    assertThat(back.low()).isCloseTo(-there.high(), within(Math.ulp(1.0)));
    assertThat(back.high()).isCloseTo(-there.low(), within(Math.ulp(1.0)));
  }

  @Test
  void aRatioNeedsSuccessesOnBothSides() {
    assertThat(new Contrast(new Rate(0, 10), new Rate(5, 10)).ratio()).isEmpty();
    assertThat(new Contrast(new Rate(5, 10), new Rate(0, 10)).ratioInterval()).isEmpty();
    assertThat(new Contrast(new Rate(5, 10), new Rate(0, 10)).differenceInterval()).isPresent();
  }

  @Test
  void twoCertainRatesHaveACertainRatio() {
    Interval interval =
        new Contrast(new Rate(10, 10), new Rate(3, 3)).ratioInterval().orElseThrow();

    assertThat(interval).isEqualTo(new Interval(1, 1));
  }

  @Test
  void fisherIsUndefinedForPerfectCorrelationsAndFewPairs() {
    assertThat(Intervals.fisher(-1, 100)).isEmpty();
    assertThat(Intervals.fisher(0.5, 3)).isEmpty();
    assertThat(Intervals.fisher(0.5, 4)).isPresent();
    assertThatThrownBy(() -> Intervals.fisher(Double.NaN, 9)).hasMessageContaining("was NaN");
  }
}
