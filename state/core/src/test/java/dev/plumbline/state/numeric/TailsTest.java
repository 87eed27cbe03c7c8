package dev.plumbline.state.numeric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Closed forms, and values that were computed to 30 digits. */
final class TailsTest {

  private static void assertClose(double actual, double expected) {
    assertThat(actual / expected).isCloseTo(1, within(1e-11));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "0.5, 0.617075077451973900",
    "1.959963984540054, 0.05",
    "6, 1.97317529007539624e-9",
    "-8, 1.24419211485435682e-15",
    "20, 5.50724823721246724e-89"
  })
  void normalTails(double z, double p) {
    assertClose(Tails.normal(z), p);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 2", "1, 2", "4, 2", "40, 2", "400, 2"})
  void chiSquareOfTwoDegreesIsExponential(double x, double degrees) {
    assertClose(Tails.chiSquare(x, degrees), StrictMath.exp(-x / 2));
  }

  @ParameterizedTest
  @CsvSource({"0.5", "3", "30", "100"})
  void chiSquareOfFourDegreesHasAClosedForm(double x) {
    assertClose(Tails.chiSquare(x, 4), StrictMath.exp(-x / 2) * (1 + x / 2));
  }

  @ParameterizedTest
  @CsvSource({"0.1", "1", "5", "100"})
  void studentOfOneAndTwoDegreesHasAClosedForm(double t) {
    assertClose(Tails.student(t, 1), 2 / Math.PI * StrictMath.atan(1 / t));
    double root = Math.sqrt(2 + t * t);
    assertClose(Tails.student(-t, 2), 2 / (root * (root + t)));
  }

  @ParameterizedTest
  @CsvSource({"0.01, 7", "1, 7", "30, 7", "1000, 7"})
  void fisherOfTwoOverAnyDegreesHasAClosedForm(double f, double degrees) {
    assertClose(Tails.fisher(f, 2, degrees), StrictMath.pow(1 + 2 * f / degrees, -degrees / 2));
  }

  @Test
  void fisherOfOneDegreeIsStudentSquared() {
    assertClose(Tails.fisher(2.5 * 2.5, 1, 13), Tails.student(2.5, 13));
  }

  @Test
  void aFairCoinIsCounted() {
    assertClose(Tails.fairCoin(0, 10), 1.0 / 1024);
    assertClose(Tails.fairCoin(2, 10), 56.0 / 1024);
    assertClose(Tails.fairCoin(5, 10), 638.0 / 1024);
    assertThat(Tails.fairCoin(10, 10)).isEqualTo(1);
    assertThat(Tails.fairCoin(0, 0)).isEqualTo(1);
    assertThatThrownBy(() -> Tails.fairCoin(3, 2)).hasMessageContaining("3 of 2");
  }

  @Test
  void kolmogorovIsContinuousWhereItsTwoSeriesMeet() {
    assertClose(Tails.kolmogorov(1), Tails.kolmogorov(Math.nextDown(1.0)));
    assertThat(Tails.kolmogorov(0)).isEqualTo(1);
    assertClose(Tails.kolmogorov(1), 0.2699996716773545);
    assertClose(Tails.kolmogorov(3), 3.045995948942526e-8);
  }

  @Test
  void wholeRangesAreCovered() {
    assertThat(Tails.chiSquare(0, 3)).isEqualTo(1);
    assertThat(Tails.chiSquare(Double.POSITIVE_INFINITY, 3)).isZero();
    assertThat(Tails.fisher(0, 1, 3)).isEqualTo(1);
    assertThat(Tails.student(Double.POSITIVE_INFINITY, 3)).isZero();
    assertThat(Tails.student(0, 3)).isEqualTo(1);
    assertThat(Tails.chiSquare(1e6, 1e6)).isCloseTo(0.4998, within(1e-3));
    assertThat(Tails.student(1, 1e6)).isCloseTo(Tails.normal(1), within(1e-6));
  }

  @Test
  void digammaFallsWithItsRecurrence() {
    assertThat(Digamma.of(1)).isCloseTo(-0.5772156649015329, within(1e-14));
    assertThat(Digamma.of(100.5) - Digamma.of(99.5)).isCloseTo(1 / 99.5, within(1e-14));
    assertThat(Digamma.of(1e9)).isCloseTo(StrictMath.log(1e9) - 0.5e-9, within(1e-14));
  }
}
