package dev.plumbline.state.metric.fairness;

import dev.plumbline.state.metric.Confusion;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Inequality of benefit, at least 0 and 0 where all have the same (METRICS 8.3). The benefit of a
 * record is {@code decision - label + 1}: 0 for a false negative, 1 for a right decision, 2 for a
 * false positive. Undefined without a record, and where nobody has a benefit.
 *
 * <p>Source: Speicher et al. (2018), "A unified approach to quantifying algorithmic unfairness".
 */
public final class Entropy {

  private Entropy() {}

  /** Mean benefit, in [0, 2]; undefined without a record, and where it is 0. */
  private static OptionalDouble mean(Confusion cells) {
    long n = cells.labelled();
    long sum = n + cells.fp() - cells.fn();
    return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum / n);
  }

  /** Theil's index, the generalized entropy of order 1. */
  public static OptionalDouble theil(Confusion cells) {
    OptionalDouble mean = mean(cells);
    if (mean.isEmpty()) {
      return mean;
    }
    double n = cells.labelled();
    double right = (cells.tp() + cells.tn()) / n;
    double mu = mean.getAsDouble();
    return OptionalDouble.of(right * term(1 / mu) + cells.fp() / n * term(2 / mu));
  }

  private static double term(double share) {
    return share == 0 ? 0 : share * StrictMath.log(share);
  }

  /** Generalized entropy of order 2: half the squared coefficient of variation. */
  public static OptionalDouble ofOrderTwo(Confusion cells) {
    OptionalDouble mean = mean(cells);
    if (mean.isEmpty()) {
      return mean;
    }
    double squares = cells.tp() + cells.tn() + 4.0 * cells.fp();
    double mu = mean.getAsDouble();
    return OptionalDouble.of((squares / cells.labelled() / (mu * mu) - 1) / 2);
  }

  /** Coefficient of variation: standard deviation of the benefit over its mean. */
  public static OptionalDouble variation(Confusion cells) {
    OptionalDouble entropy = ofOrderTwo(cells);
    return entropy.isPresent()
        ? OptionalDouble.of(Math.sqrt(Math.max(0, 2 * entropy.getAsDouble())))
        : entropy;
  }

  /** Theil's index between groups: every record has the mean benefit of its group. */
  public static OptionalDouble theilBetween(List<Confusion> groups) {
    return between(groups, Entropy::term);
  }

  /** Generalized entropy of order 2 between groups. */
  public static OptionalDouble ofOrderTwoBetween(List<Confusion> groups) {
    return between(groups, share -> (share * share - 1) / 2);
  }

  private interface Term {
    double of(double share);
  }

  private static OptionalDouble between(List<Confusion> groups, Term term) {
    Confusion all = groups.stream().reduce(Confusion.EMPTY, Confusion::merge);
    OptionalDouble mean = mean(all);
    if (mean.isEmpty()) {
      return mean;
    }
    double sum = 0;
    for (Confusion group : groups) {
      if (group.labelled() > 0) {
        double share = mean(group).orElse(0) / mean.getAsDouble();
        sum += (double) group.labelled() / all.labelled() * term.of(share);
      }
    }
    return OptionalDouble.of(sum);
  }
}
