package dev.plumbline.state.metric;

import java.util.OptionalDouble;

/**
 * Labelled predictions of a binary task by decision and label; counts of records, never negative.
 *
 * <p>A commutative monoid under {@link #merge} with {@link #EMPTY}. What a later label changes is a
 * {@link ConfusionChange}, which may be negative.
 *
 * @param tp decision 1, label 1
 * @param fp decision 1, label 0
 * @param fn decision 0, label 1
 * @param tn decision 0, label 0
 */
public record Confusion(long tp, long fp, long fn, long tn) {

  /** No labelled prediction. */
  public static final Confusion EMPTY = new Confusion(0, 0, 0, 0);

  public Confusion {
    if (Math.min(Math.min(tp, fp), Math.min(fn, tn)) < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, were tp "
              + tp
              + ", fp "
              + fp
              + ", fn "
              + fn
              + ", tn "
              + tn
              + "; a correction is a ConfusionChange");
    }
    Math.addExact(Math.addExact(tp, fp), Math.addExact(fn, tn));
  }

  /** The counts of both. */
  public Confusion merge(Confusion other) {
    return plus(other.change());
  }

  /**
   * These counts after a change.
   *
   * @throws IllegalArgumentException if a count would become negative
   */
  public Confusion plus(ConfusionChange change) {
    return new Confusion(
        Math.addExact(tp, change.tp()),
        Math.addExact(fp, change.fp()),
        Math.addExact(fn, change.fn()),
        Math.addExact(tn, change.tn()));
  }

  /** The change that leads from {@code other} to these counts. */
  public ConfusionChange minus(Confusion other) {
    return change().plus(other.change().negated());
  }

  /** The change that leads from {@link #EMPTY} to these counts. */
  public ConfusionChange change() {
    return new ConfusionChange(tp, fp, fn, tn);
  }

  /** Labelled predictions. */
  public long labelled() {
    return tp + fp + fn + tn;
  }

  /** Those with label 1. */
  public long positives() {
    return tp + fn;
  }

  /** Those with label 0. */
  public long negatives() {
    return fp + tn;
  }

  /** Those with decision 1. */
  public long selected() {
    return tp + fp;
  }

  /** A rate of these counts; undefined if it has no trials. */
  public Rate rate(RateMetric metric) {
    return metric.of(this);
  }

  /** (TP + TN)/n. */
  public Rate accuracy() {
    return new Rate(tp + tn, labelled());
  }

  /** TP/(TP + FN): share of the positives that were selected. */
  public Rate tpr() {
    return new Rate(tp, positives());
  }

  /** FP/(FP + TN): share of the negatives that were selected. */
  public Rate fpr() {
    return new Rate(fp, negatives());
  }

  /** FN/(TP + FN): share of the positives that were not selected. */
  public Rate fnr() {
    return new Rate(fn, positives());
  }

  /** TN/(FP + TN): share of the negatives that were not selected. */
  public Rate tnr() {
    return new Rate(tn, negatives());
  }

  /** TP/(TP + FP): share of the selected that are positive. */
  public Rate ppv() {
    return new Rate(tp, selected());
  }

  /** TN/(TN + FN): share of the not selected that are negative. */
  public Rate npv() {
    return new Rate(tn, fn + tn);
  }

  /** FP/(TP + FP): share of the selected that are negative. */
  public Rate falseDiscovery() {
    return new Rate(fp, selected());
  }

  /** FN/(TN + FN): share of the not selected that are positive. */
  public Rate falseOmission() {
    return new Rate(fn, fn + tn);
  }

  /** 2TP/(2TP + FP + FN), in [0, 1]; undefined with neither a positive nor a selected record. */
  public OptionalDouble f1() {
    long either = Math.addExact(selected(), positives());
    return either == 0 ? OptionalDouble.empty() : OptionalDouble.of(2.0 * tp / either);
  }

  /** (TPR + TNR)/2; undefined unless both labels occur. */
  public OptionalDouble balancedAccuracy() {
    return tpr().defined() && tnr().defined()
        ? OptionalDouble.of((tpr().share() + tnr().share()) / 2)
        : OptionalDouble.empty();
  }

  /** (TP + FP)/n: share of the labelled predictions that were selected. */
  public Rate selection() {
    return new Rate(selected(), labelled());
  }

  /** (TP + FN)/n: share of positives. */
  public Rate baseRate() {
    return new Rate(positives(), labelled());
  }
}
