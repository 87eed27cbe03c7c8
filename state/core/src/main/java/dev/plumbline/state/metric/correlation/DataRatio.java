package dev.plumbline.state.metric.correlation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Advice for the next training: the nearest shares of label and attribute value that have the
 * correlation of deployment (METRICS 3). All lists are in the order z1y1, z0y1, z1y0, z0y0.
 *
 * <p>Source: Roh et al. (2023), section 4.3. They relax it to a semidefinite program; here it is
 * solved: for a given P(z = 1) it is a parabola in one unknown, and the rest is a search over P(z =
 * 1).
 *
 * @param before shares of the training data
 * @param after advised shares
 * @param objective squared distance of both
 */
public record DataRatio(List<Double> before, List<Double> after, double objective) {

  private static final int STEPS = 4000;
  private static final int REFINEMENTS = 80;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  public DataRatio {
    before = List.copyOf(before);
    after = List.copyOf(after);
  }

  /**
   * The advice; undefined without records, and where no shares within the limits have the target.
   *
   * @param training records of the training data
   * @param target the slope to have, in [-1, 1]
   * @param labelRange how wide the range of P(y = 1) is around that of the training data; twice the
   *     change
   * @param valueRange the same of P(z = 1)
   */
  public static Optional<DataRatio> of(
      Correlation training, double target, double labelRange, double valueRange) {
    if (!(Math.abs(target) <= 1) || !(labelRange >= 0) || !(valueRange >= 0)) {
      throw new IllegalArgumentException(
          "expected a slope in [-1, 1] and ranges of at least 0, were %s, %s, %s"
              .formatted(target, labelRange, valueRange));
    }
    return training.total() == 0
        ? Optional.empty()
        : new Search(training, target, labelRange / 2, valueRange / 2).best();
  }

  /** How much a record of each kind should weigh; undefined where the training data have none. */
  public List<OptionalDouble> weights() {
    List<OptionalDouble> weights = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      weights.add(
          before.get(i) == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(after.get(i) / before.get(i)));
    }
    return weights;
  }

  /** Share of the records of each kind to keep, so that what remains has the advised shares. */
  public List<OptionalDouble> keep() {
    List<OptionalDouble> weights = weights();
    double most = weights.stream().flatMapToDouble(OptionalDouble::stream).max().orElse(Double.NaN);
    return weights.stream()
        .map(it -> it.isPresent() ? OptionalDouble.of(it.getAsDouble() / most) : it)
        .toList();
  }

  /**
   * Shares with the slope c have {@code P(y=1|z=1) = s + c} and {@code P(y=1|z=0) = s}; with q =
   * P(z = 1), P(y = 1) is {@code s + c q}.
   */
  private static final class Search {
    private final double[] w;
    private final double c;
    private final double lowestS;
    private final double highestS;
    private final double lowestP;
    private final double highestP;
    private final double lowestQ;
    private final double highestQ;

    Search(Correlation training, double c, double labelHalf, double valueHalf) {
      double n = training.total();
      this.w =
          new double[] {
            training.n11() / n, training.n10() / n, training.n01() / n, training.n00() / n
          };
      this.c = c;
      this.lowestS = Math.max(0, -c);
      this.highestS = Math.min(1, 1 - c);
      this.lowestP = w[0] + w[1] - labelHalf;
      this.highestP = w[0] + w[1] + labelHalf;
      double q = w[0] + w[2];
      double low = Math.max(0, q - valueHalf);
      double high = Math.min(1, q + valueHalf);
      // s + c q must reach into the range of P(y = 1).
      double least = lowestP - highestS;
      double most = highestP - lowestS;
      if (c > 0) {
        low = Math.max(low, least / c);
        high = Math.min(high, most / c);
      } else if (c < 0) {
        low = Math.max(low, most / c);
        high = Math.min(high, least / c);
      } else if (least > 0 || most < 0) {
        high = Double.NEGATIVE_INFINITY;
      }
      this.lowestQ = low;
      this.highestQ = high;
    }

    Optional<DataRatio> best() {
      if (!(lowestQ <= highestQ)) {
        return Optional.empty();
      }
      double width = (highestQ - lowestQ) / STEPS;
      int best = 0;
      for (int i = 1; i <= STEPS; i++) {
        best = objective(lowestQ + i * width) < objective(lowestQ + best * width) ? i : best;
      }
      double q =
          refined(
              Math.max(lowestQ, lowestQ + (best - 1) * width),
              Math.min(highestQ, lowestQ + (best + 1) * width));
      double[] x = shares(q);
      return Optional.of(new DataRatio(list(w), list(x), distance(x)));
    }

    private double refined(double from, double to) {
      double low = from;
      double high = to;
      for (int i = 0; i < REFINEMENTS; i++) {
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        if (objective(left) <= objective(right)) {
          high = right;
        } else {
          low = left;
        }
      }
      return (low + high) / 2;
    }

    private double objective(double q) {
      return distance(shares(q));
    }

    private double distance(double[] x) {
      double sum = 0;
      for (int i = 0; i < w.length; i++) {
        sum += (x[i] - w[i]) * (x[i] - w[i]);
      }
      return sum;
    }

    /** The nearest shares with P(z = 1) = q. */
    private double[] shares(double q) {
      double rest = 1 - q;
      double bend = 2 * (q * q + rest * rest);
      double pull = q * (w[0] - w[2]) + rest * (w[1] - w[3]);
      double s = (pull + q * q * (1 - 2 * c) + rest * rest) / bend;
      double low = Math.max(lowestS, lowestP - c * q);
      double high = Math.min(highestS, highestP - c * q);
      double clamped = Math.max(low, Math.min(high, s));
      return new double[] {
        q * (clamped + c), rest * clamped, q * (1 - clamped - c), rest * (1 - clamped)
      };
    }

    private static List<Double> list(double[] values) {
      return List.of(values[0], values[1], values[2], values[3]);
    }
  }
}
