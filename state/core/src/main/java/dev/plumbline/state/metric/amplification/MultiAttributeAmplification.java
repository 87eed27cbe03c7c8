package dev.plumbline.state.metric.amplification;

import dev.plumbline.state.metric.Contingency;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.amplification.SetCounts.View;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Amplification over sets of items, between a group and a set that it comes with (METRICS 2).
 * Desired 0, of mean and variance. Undefined where there is no set.
 *
 * <p>Source: Zhao, Andrews and Xiang (2023), "Men also do laundry: multi-attribute bias
 * amplification".
 *
 * @param sets the sets, as bits
 * @param reference records that give the direction
 * @param window records that are judged
 */
public record MultiAttributeAmplification(List<Long> sets, SetCounts reference, SetCounts window) {

  public MultiAttributeAmplification {
    sets = List.copyOf(sets);
    if (reference.groups() != window.groups()) {
      throw new IllegalArgumentException(
          "expected the same groups, were " + reference.groups() + " and " + window.groups());
    }
  }

  /** What labels are taken as the baseline that predictions are compared with. */
  public enum Baseline {
    /** Those of the window: of the same records. */
    WINDOW,
    /** Those of the reference. */
    REFERENCE
  }

  /**
   * Changes of a conditional probability by set and group.
   *
   * @param mean of the changes in the direction of the reference
   * @param meanOfAbsolutes of the absolute changes
   * @param variance of the changes, as a population
   * @param signedVariance of the changes in the direction of the reference
   * @param undefined entries without a record of the condition
   */
  public record Change(
      OptionalDouble mean,
      OptionalDouble meanOfAbsolutes,
      OptionalDouble variance,
      OptionalDouble signedVariance,
      int undefined) {

    /** Of no set. */
    private static final Change NONE =
        new Change(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            0);
  }

  /** MALS over sets: predicted sets and groups against those of the reference. */
  public Mals mals() {
    return sets.isEmpty()
        ? new Mals(List.of())
        : Mals.of(reference.having(sets, View.TRUE), window.having(sets, View.PREDICTED));
  }

  /** How the group moves the predicted sets: {@code P(predicted m | g) - P(m | g)}. */
  public Change groupToSet(Baseline baseline) {
    if (sets.isEmpty()) {
      return Change.NONE;
    }
    Contingency predicted = window.having(sets, View.PREDICTED_ITEMS);
    SetCounts base = base(baseline);
    Contingency before = base.having(sets, View.TRUE);
    List<Long> sizes = window.groupSizes();
    List<Long> baseSizes = base.groupSizes();
    return change(
        (set, group) -> new Rate(count(predicted, set, group), sizes.get(group)),
        (set, group) -> new Rate(count(before, set, group), baseSizes.get(group)));
  }

  /** How the set moves the predicted group: {@code P(predicted g | m) - P(g | m)}. */
  public Change setToGroup(Baseline baseline) {
    if (sets.isEmpty()) {
      return Change.NONE;
    }
    Contingency predicted = window.having(sets, View.PREDICTED_GROUP);
    Contingency before = base(baseline).having(sets, View.TRUE);
    List<Long> sizes = predicted.rowSums();
    List<Long> baseSizes = before.rowSums();
    return change(
        (set, group) -> new Rate(count(predicted, set, group), sizes.get(set)),
        (set, group) -> new Rate(count(before, set, group), baseSizes.get(set)));
  }

  private SetCounts base(Baseline baseline) {
    return baseline == Baseline.WINDOW ? window : reference;
  }

  private static long count(Contingency table, int set, int group) {
    return table.counts().get(set).get(group);
  }

  private interface Conditional {
    Rate of(int set, int group);
  }

  private Change change(Conditional predicted, Conditional baseline) {
    Contingency table = reference.having(sets, View.TRUE);
    List<Double> changes = new ArrayList<>();
    List<Double> signed = new ArrayList<>();
    for (int set = 0; set < sets.size(); set++) {
      for (int group = 0; group < window.groups(); group++) {
        Rate is = predicted.of(set, group);
        Rate was = baseline.of(set, group);
        if (is.defined() && was.defined()) {
          double change = is.share() - was.share();
          changes.add(change);
          signed.add(sign(table, set, group) * change);
        }
      }
    }
    Moments plain = moments(changes);
    Moments directed = moments(signed);
    return new Change(
        directed.mean(),
        plain.meanOfAbsolutes(),
        plain.variance(),
        directed.variance(),
        sets.size() * window.groups() - changes.size());
  }

  private static Moments moments(List<Double> values) {
    return Moments.of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private int sign(Contingency table, int set, int group) {
    List<Long> sizes = reference.groupSizes();
    long all = sizes.stream().reduce(0L, Math::addExact);
    Rate within = new Rate(count(table, set, group), sizes.get(group));
    return within.defined()
        ? Integer.signum(within.compareValue(new Rate(table.rowSums().get(set), all)))
        : 0;
  }
}
