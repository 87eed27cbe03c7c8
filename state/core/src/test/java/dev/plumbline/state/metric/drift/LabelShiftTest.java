package dev.plumbline.state.metric.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.plumbline.state.numeric.Matrix;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LabelShiftTest {

  /** 100 records of each class, predicted as they are in 80, 70 and 90 of them. */
  private static final List<List<Long>> SOURCE =
      List.of(List.of(80L, 20L, 5L), List.of(15L, 70L, 5L), List.of(5L, 10L, 90L));

  @Test
  void aShiftOfThreeClassesIsFound() {
    // 200, 100 and 700 records, predicted at the same rates.
    LabelShift shift = new LabelShift(SOURCE, List.of(215L, 135L, 650L));

    assertThat(shift.shownShares().orElseThrow())
        .satisfiesExactly(
            share -> assertThat(share).isCloseTo(0.2, within(1e-12)),
            share -> assertThat(share).isCloseTo(0.1, within(1e-12)),
            share -> assertThat(share).isCloseTo(0.7, within(1e-12)));
  }

  @Test
  void nothingIsSaidWherePredictionsTellNothing() {
    LabelShift coin =
        new LabelShift(List.of(List.of(25L, 25L), List.of(25L, 25L)), List.of(5L, 5L));

    assertThat(coin.isIdentified()).isFalse();
    assertThat(coin.weights()).isEmpty();
    assertThat(coin.ridgeWeights()).isEmpty();
    assertThat(new LabelShift(SOURCE, List.of(0L, 0L, 0L)).weights()).isEmpty();
    assertThat(new LabelShift(List.of(List.of(0L, 0L), List.of(0L, 0L)), List.of(1L, 1L)).weights())
        .isEmpty();
  }

  @Test
  void countsOfOtherClassesAreRefused() {
    assertThatThrownBy(() -> new LabelShift(SOURCE, List.of(1L, 2L)))
        .hasMessageContaining("same classes");
  }

  @Test
  void singularValuesAreThoseOfKnownMatrices() {
    assertThat(new Matrix(List.of(List.of(3.0, 0.0), List.of(0.0, -2.0))).smallestSingularValue())
        .isCloseTo(2, within(1e-12));
    assertThat(new Matrix(List.of(List.of(1.0, 2.0), List.of(2.0, 4.0))).smallestSingularValue())
        .isCloseTo(0, within(1e-12));
    assertThat(new Matrix(List.of(List.of(0.0, 1.0), List.of(0.0, 1.0))).solve(List.of(1.0, 1.0)))
        .isEmpty();
    assertThatThrownBy(() -> new Matrix(List.of(List.of(1.0, 2.0))))
        .hasMessageContaining("as many rows as columns");
  }
}
