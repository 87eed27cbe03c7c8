package dev.plumbline.state.metric.amplification;

import dev.plumbline.state.metric.Contingency;
import dev.plumbline.state.metric.Rate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Bias amplification of Zhao et al. (2017), "Men also like shopping: reducing gender bias
 * amplification using corpus-level constraints" (METRICS 1.2): for the groups that an item leans to
 * in the reference, their share in its predictions minus that in the reference. Desired 0. It mixes
 * both directions and ignores how frequent a group is, which is what {@link
 * DirectionalAmplification} is for.
 *
 * <p>An item that is never predicted leaves the sums and stays in their divisor. Where nothing is
 * predicted at all, or the reference is empty, everything is undefined: 0 would say that nothing is
 * amplified.
 *
 * @param deltas for each item the change of each group's share; 0 where the reference does not lean
 *     to it, else undefined if the item is never predicted
 */
public record Mals(List<List<OptionalDouble>> deltas) {

  private static final OptionalDouble UNDEFINED = OptionalDouble.empty();

  public Mals {
    deltas = deltas.stream().map(List::copyOf).toList();
  }

  /**
   * The changes between two tables with a row for each item and a column for each group.
   *
   * @param reference labels by group
   * @param predicted predictions by group, predicted or true
   */
  public static Mals of(Contingency reference, Contingency predicted) {
    List<Long> before = reference.rowSums();
    List<Long> after = predicted.rowSums();
    if (before.size() != after.size()
        || reference.columnSums().size() != predicted.columnSums().size()) {
      throw new IllegalArgumentException(
          "expected the same items and groups, were " + reference + " and " + predicted);
    }
    int groups = reference.columnSums().size();
    if (reference.total() == 0 || predicted.total() == 0) {
      return new Mals(Collections.nCopies(before.size(), Collections.nCopies(groups, UNDEFINED)));
    }
    Rate even = new Rate(1, groups);
    List<List<OptionalDouble>> deltas = new ArrayList<>();
    for (int item = 0; item < before.size(); item++) {
      List<OptionalDouble> row = new ArrayList<>();
      for (int group = 0; group < groups; group++) {
        Rate was = new Rate(reference.counts().get(item).get(group), before.get(item));
        Rate is = new Rate(predicted.counts().get(item).get(group), after.get(item));
        row.add(delta(was, is, even));
      }
      deltas.add(row);
    }
    return new Mals(deltas);
  }

  private static OptionalDouble delta(Rate was, Rate is, Rate even) {
    if (!was.defined() || was.compareValue(even) <= 0) {
      return OptionalDouble.of(0);
    }
    return is.defined() ? OptionalDouble.of(is.share() - was.share()) : UNDEFINED;
  }

  private double[] defined() {
    return deltas.stream().flatMap(List::stream).flatMapToDouble(OptionalDouble::stream).toArray();
  }

  /** Number of items, which divides the sums. */
  public int items() {
    return deltas.size();
  }

  /** Entries that are left out of the sums. */
  public int undefined() {
    return (int) deltas.stream().flatMap(List::stream).filter(OptionalDouble::isEmpty).count();
  }

  /** Sum of all changes over the number of items; undefined if every entry is. */
  public OptionalDouble mean() {
    return perItem(Moments.of(defined()).mean());
  }

  /** The same of the absolute changes: MultiMALS where items are sets. */
  public OptionalDouble meanOfAbsolutes() {
    return perItem(Moments.of(defined()).meanOfAbsolutes());
  }

  private OptionalDouble perItem(OptionalDouble mean) {
    return mean.isPresent()
        ? OptionalDouble.of(mean.getAsDouble() * defined().length / items())
        : mean;
  }

  /** Variance of all defined entries as a population, those of 0 among them. */
  public OptionalDouble variance() {
    return Moments.of(defined()).variance();
  }
}
