package dev.plumbline.state.metric.disparity;

import dev.plumbline.state.numeric.LinearFit;
import dev.plumbline.state.numeric.PolynomialFit;
import dev.plumbline.state.numeric.Tails;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Accuracy of a minority on that of the majority, over versions or windows (METRICS 7): "accuracy
 * on the curve". A quadratic term above 0 that fits better is the shape of a moon: the minority
 * gains late.
 *
 * <p>Source: Liang et al. (2023), "Accuracy on the curve: on the nonlinear correlation of ML
 * performance between data subpopulations".
 *
 * @param linear the straight line
 * @param quadratic the parabola
 * @param points number of points, at least 4
 * @param pearson correlation of both, in [-1, 1]; undefined if all minority accuracies are equal
 */
public record AccuracyCurve(
    PolynomialFit linear, PolynomialFit quadratic, int points, OptionalDouble pearson) {

  /** Fewest points. */
  public static final int LEAST = 4;

  /** The curve of these points; undefined with fewer than 4, or without three majority values. */
  public static Optional<AccuracyCurve> of(List<Double> majority, List<Double> minority) {
    if (majority.size() < LEAST) {
      return Optional.empty();
    }
    Optional<PolynomialFit> linear = PolynomialFit.of(majority, minority, 1);
    Optional<PolynomialFit> quadratic = PolynomialFit.of(majority, minority, 2);
    OptionalDouble pearson =
        LinearFit.of(majority, minority)
            .map(LinearFit::correlation)
            .orElseGet(OptionalDouble::empty);
    return linear.isPresent() && quadratic.isPresent()
        ? Optional.of(new AccuracyCurve(linear.get(), quadratic.get(), majority.size(), pearson))
        : Optional.empty();
  }

  /**
   * F statistic of the quadratic term, with 1 and n - 3 degrees of freedom; undefined if the
   * parabola fits without error.
   */
  public OptionalDouble statistic() {
    double left = quadratic.residual() / (points - 3);
    return left == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.max(0, linear.residual() - quadratic.residual()) / left);
  }

  /** Probability of as high a statistic without a quadratic term. */
  public OptionalDouble pValue() {
    OptionalDouble f = statistic();
    return f.isPresent() ? OptionalDouble.of(Tails.fisher(f.getAsDouble(), 1, points - 3)) : f;
  }
}
