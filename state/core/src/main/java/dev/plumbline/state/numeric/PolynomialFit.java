package dev.plumbline.state.numeric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * A polynomial through points by least squares, fitted around the middle of the x and in units of
 * their range, so that powers do not cancel.
 *
 * @param coefficients those of 1, x, x^2 and so on
 * @param residual sum of the squared distances that are left
 * @param explained share of the variance of y that it explains, R^2; undefined if all y are equal
 */
public record PolynomialFit(List<Double> coefficients, double residual, OptionalDouble explained) {

  public PolynomialFit {
    coefficients = List.copyOf(coefficients);
  }

  /**
   * The fit; undefined with fewer distinct x than coefficients.
   *
   * @param degree highest power, at least 1
   */
  public static Optional<PolynomialFit> of(List<Double> x, List<Double> y, int degree) {
    if (x.size() != y.size() || degree < 1) {
      throw new IllegalArgumentException(
          "expected as many x as y and a degree of at least 1, were %d, %d and %d"
              .formatted(x.size(), y.size(), degree));
    }
    TreeSet<Double> distinct = new TreeSet<>(x);
    if (distinct.size() <= degree) {
      return Optional.empty();
    }
    double centre = (distinct.first() + distinct.last()) / 2;
    double unit = (distinct.last() - distinct.first()) / 2;
    List<Double> scaled = x.stream().map(value -> (value - centre) / unit).toList();
    return normal(scaled, degree)
        .solve(moments(scaled, y, degree))
        .map(fit -> fitted(scaled, y, fit, new double[] {centre, unit}));
  }

  private static Matrix normal(List<Double> x, int degree) {
    List<List<Double>> rows = new ArrayList<>();
    for (int i = 0; i <= degree; i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j <= degree; j++) {
        double sum = 0;
        for (double value : x) {
          sum += power(value, i + j);
        }
        row.add(sum);
      }
      rows.add(row);
    }
    return new Matrix(rows);
  }

  private static List<Double> moments(List<Double> x, List<Double> y, int degree) {
    List<Double> moments = new ArrayList<>();
    for (int i = 0; i <= degree; i++) {
      double sum = 0;
      for (int k = 0; k < x.size(); k++) {
        sum += power(x.get(k), i) * y.get(k);
      }
      moments.add(sum);
    }
    return moments;
  }

  private static double power(double base, int exponent) {
    double power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  private static PolynomialFit fitted(
      List<Double> x, List<Double> y, List<Double> fit, double[] scale) {
    double mean = 0;
    for (double value : y) {
      mean += value / y.size();
    }
    double left = 0;
    double total = 0;
    for (int k = 0; k < x.size(); k++) {
      double value = 0;
      for (int i = fit.size() - 1; i >= 0; i--) {
        value = value * x.get(k) + fit.get(i);
      }
      left += (y.get(k) - value) * (y.get(k) - value);
      total += (y.get(k) - mean) * (y.get(k) - mean);
    }
    OptionalDouble explained =
        new TreeSet<>(y).size() < 2 ? OptionalDouble.empty() : OptionalDouble.of(1 - left / total);
    return new PolynomialFit(expanded(fit, scale[0], scale[1]), left, explained);
  }

  /** Coefficients of x from those of {@code (x - centre) / unit}. */
  private static List<Double> expanded(List<Double> fit, double centre, double unit) {
    double[] result = new double[fit.size()];
    for (int i = fit.size() - 1; i >= 0; i--) {
      // Horner's scheme: the result so far, times (x - centre) / unit, plus the next coefficient.
      for (int j = result.length - 1; j >= 0; j--) {
        result[j] = ((j > 0 ? result[j - 1] : 0) - centre * result[j]) / unit;
      }
      result[0] += fit.get(i);
    }
    List<Double> coefficients = new ArrayList<>();
    for (double value : result) {
      coefficients.add(value);
    }
    return coefficients;
  }
}
