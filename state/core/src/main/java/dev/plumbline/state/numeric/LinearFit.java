package dev.plumbline.state.numeric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The straight line of least squares through points, and how close to it they lie.
 *
 * @param slope change of y for each unit of x
 * @param intercept y at x = 0
 * @param correlation Pearson's r, in [-1, 1]; undefined where all y are equal
 */
public record LinearFit(double slope, double intercept, OptionalDouble correlation) {

  /** The fit of these points in their order; undefined unless two of them differ in x. */
  public static Optional<LinearFit> of(List<Double> x, List<Double> y) {
    if (x.size() != y.size()) {
      throw new IllegalArgumentException(
          "expected as many x as y, were " + x.size() + " and " + y.size());
    }
    if (isConstant(x)) {
      return Optional.empty();
    }
    double meanX = mean(x);
    double meanY = mean(y);
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int i = 0; i < x.size(); i++) {
      double dx = x.get(i) - meanX;
      double dy = y.get(i) - meanY;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    OptionalDouble correlation =
        isConstant(y)
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.max(-1, Math.min(1, xy / Math.sqrt(xx) / Math.sqrt(yy))));
    return Optional.of(new LinearFit(xy / xx, meanY - xy / xx * meanX, correlation));
  }

  private static boolean isConstant(List<Double> values) {
    return values.stream().distinct().count() < 2;
  }

  private static double mean(List<Double> values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.size();
  }
}
