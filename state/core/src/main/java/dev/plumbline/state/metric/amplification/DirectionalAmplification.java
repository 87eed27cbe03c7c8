package dev.plumbline.state.metric.amplification;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Intervals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Directional bias amplification, in [-1, 1]: above 0, predictions associate attribute and task
 * more strongly than labels do, in the direction in which the reference leans; below 0, less or the
 * other way (METRICS 1.1). Desired 0, and what is below is not good of itself. Pairs may cancel in
 * the mean, so each is kept.
 *
 * <p>Source: Wang and Russakovsky (2021), "Directional bias amplification". Where attribute and
 * task are exactly independent in the reference a pair counts 0, as in the authors' code.
 *
 * @param pairs every attribute value with every task value, the task running fastest
 */
public record DirectionalAmplification(List<Pair> pairs) {

  /**
   * One attribute value and one task value.
   *
   * @param attribute index of the attribute value
   * @param task index of the task value
   * @param sign direction of the reference: 1, -1 or 0
   * @param isReliable whether the reference leans by more than chance
   * @param delta predictions minus labels, in [-1, 1]; undefined without a record of the condition
   */
  public record Pair(int attribute, int task, int sign, boolean isReliable, OptionalDouble delta) {

    /** The change in the direction of the reference. */
    public OptionalDouble value() {
      return delta.isPresent() ? OptionalDouble.of(sign * delta.getAsDouble()) : delta;
    }
  }

  public DirectionalAmplification {
    pairs = List.copyOf(pairs);
  }

  /**
   * How the attribute moves the predicted task: {@code P(predicted t | a) - P(t | a)}.
   *
   * @param reference labels that give the direction; of the window itself where there are no others
   * @param labels labels of the window
   * @param predictions predictions of the same records
   */
  public static DirectionalAmplification attributeToTask(
      Associations reference, Associations labels, Associations predictions) {
    requireSame(labels.sizes(), predictions.sizes());
    return of(reference, labels, predictions, (a, t) -> labels.size(a));
  }

  /**
   * How the task moves the predicted attribute: {@code P(predicted a | t) - P(a | t)}. Its authors
   * warn against predicting a sensitive attribute; it is for models that do.
   *
   * @param reference labels that give the direction
   * @param labels true task by true attribute, in the window
   * @param predictions true task by predicted attribute, of the same records
   */
  public static DirectionalAmplification taskToAttribute(
      Associations reference, Associations labels, Associations predictions) {
    requireSame(labels.taskSizes(), predictions.taskSizes());
    return of(reference, labels, predictions, (a, t) -> labels.taskSize(t));
  }

  private static void requireSame(List<Long> labels, List<Long> predictions) {
    if (!labels.equals(predictions)) {
      throw new IllegalArgumentException(
          "labels and predictions must be of the same records, were "
              + labels
              + " and "
              + predictions);
    }
  }

  private interface Condition {
    long size(int attribute, int task);
  }

  private static DirectionalAmplification of(
      Associations reference, Associations labels, Associations predictions, Condition given) {
    if (reference.attributes() != labels.attributes()
        || reference.tasks() != labels.tasks()
        || predictions.attributes() != labels.attributes()
        || predictions.tasks() != labels.tasks()) {
      throw new IllegalArgumentException(
          "expected the same values, were " + reference + ", " + labels + " and " + predictions);
    }
    List<Pair> pairs = new ArrayList<>();
    for (int a = 0; a < labels.attributes(); a++) {
      for (int t = 0; t < labels.tasks(); t++) {
        long size = given.size(a, t);
        long more = predictions.count(a, t) - labels.count(a, t);
        OptionalDouble delta =
            size == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) more / size);
        pairs.add(new Pair(a, t, reference.sign(a, t), reference.isSignificant(a, t), delta));
      }
    }
    return new DirectionalAmplification(pairs);
  }

  /** Pairs without a record of the condition, which the mean leaves out. */
  public int undefined() {
    return pairs.size() - values().length;
  }

  private double[] values() {
    return pairs.stream().flatMapToDouble(pair -> pair.value().stream()).toArray();
  }

  /** Mean of all defined pairs; undefined if there is none. */
  public OptionalDouble mean() {
    return Moments.of(values()).mean();
  }

  /** Mean of the absolute values of all defined pairs, in which nothing cancels. */
  public OptionalDouble meanOfAbsolutes() {
    return Moments.of(values()).meanOfAbsolutes();
  }

  /** Variance of the values of all defined pairs, as a population. */
  public OptionalDouble variance() {
    return Moments.of(values()).variance();
  }

  /**
   * Interval of 95 % of the mean of a single binary task, paired Wald with the signs held fixed;
   * undefined without a record. The paper asks for repeated training runs; a stream has one model.
   *
   * <p>Attribute values are independent of each other, the two classes of a task are not: only the
   * pairs of one class have this interval. The mean from attribute to task is that of both.
   *
   * @param cells of each attribute value, in the order of the pairs
   * @throws IllegalArgumentException if the pairs are of several task values, or not of these cells
   */
  public Optional<Interval> interval(List<Confusion> cells) {
    List<OptionalDouble> shifts =
        cells.stream().map(own -> new PredictedShift(own).value()).toList();
    if (pairs.stream().anyMatch(pair -> pair.task() > 0)
        || !shifts.equals(pairs.stream().map(Pair::delta).toList())) {
      throw new IllegalArgumentException(
          "expected cells of these %d pairs, all of one task value, were %d: pairs %s, cells %s"
              .formatted(pairs.size(), cells.size(), pairs, cells));
    }
    double variance = 0;
    for (int i = 0; i < cells.size(); i++) {
      OptionalDouble own = new PredictedShift(cells.get(i)).variance();
      variance += own.orElse(0) * pairs.get(i).sign() * pairs.get(i).sign();
    }
    OptionalDouble mean = mean();
    double half = Intervals.Z * Math.sqrt(variance) / Math.max(1, pairs.size() - undefined());
    return mean.isPresent()
        ? Optional.of(Interval.around(mean.getAsDouble(), half))
        : Optional.empty();
  }
}
