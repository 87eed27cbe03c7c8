package dev.plumbline.state.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The metrics of one subgroup in one window, as they are published. */
public final class Metrics {

  /** Name of the area under the ROC curve. */
  public static final String AUROC = "auroc";

  /** Name of the share of predictions that have a label. */
  public static final String LABEL_COVERAGE = "label_coverage";

  /** Name of the share of predictions whose label can no longer come or change. */
  public static final String MATURITY = "maturity";

  /** Rates of a statement with labels, in their order. */
  private static final List<RateMetric> RATES =
      List.of(
          RateMetric.SELECTION_RATE,
          RateMetric.ACCURACY,
          RateMetric.TPR,
          RateMetric.FPR,
          RateMetric.FNR,
          RateMetric.PPV);

  private Metrics() {}

  /**
   * The estimates of a statement with labels, always in this order: selection_rate, accuracy, tpr,
   * fpr, fnr, ppv, and auroc if a score is mapped. Undefined ones are in the list with their
   * reason.
   *
   * @param labels what the labels of everybody in the window identify; those of the subgroup itself
   *     may tell less
   */
  public static List<Estimate> of(Counters counters, Identification labels) {
    Identification own = labels.and(Identification.of(counters));
    List<Estimate> estimates = new ArrayList<>();
    for (RateMetric metric : RATES) {
      estimates.add(
          own.tells(metric)
              ? rate(metric, counters)
              : Estimate.notIdentified(
                  metric.key(),
                  Identification.bounds(metric, counters),
                  counters.rate(metric).trials()));
    }
    if (counters.scores().mapped()) {
      estimates.add(
          own.isFull()
              ? auroc(counters)
              : Estimate.notIdentified(AUROC, new Interval(0, 1), records(counters.scores())));
    }
    return List.copyOf(estimates);
  }

  /** The estimates of a label-free statement: selection_rate. */
  public static List<Estimate> labelFree(Counters counters) {
    return List.of(rate(RateMetric.SELECTION_RATE, counters));
  }

  /** One rate with its Wilson interval. */
  public static Estimate rate(RateMetric metric, Counters counters) {
    return Estimate.ofRate(metric.key(), counters.rate(metric), counters.reason(metric));
  }

  /** AUROC with DeLong's interval and the bound of the error of its bins. */
  static Estimate auroc(Counters counters) {
    Optional<Auroc> defined = counters.auroc();
    return defined.isPresent()
        ? auroc(defined.get())
        : Estimate.undefined(AUROC, missingLabel(counters), records(counters.scores()));
  }

  private static Estimate auroc(Auroc area) {
    return Estimate.defined(
        AUROC,
        OptionalDouble.of(area.value()),
        area.interval(),
        area.positives() + area.negatives(),
        area.maxError());
  }

  private static Undefined missingLabel(Counters counters) {
    ScoreHistogram scores = counters.scores();
    if (records(scores) == 0) {
      return Undefined.NO_LABELS;
    }
    if (counters.isSilent()) {
      return Undefined.SILENT_STRATUM;
    }
    return scores.positives() == 0 ? Undefined.NO_POSITIVES : Undefined.NO_NEGATIVES;
  }

  private static long records(ScoreHistogram scores) {
    return scores.positives() + scores.negatives();
  }

  /** Labelled predictions among all predictions, with its Wilson interval. */
  public static Estimate labelCoverage(Counters counters) {
    return Estimate.ofRate(LABEL_COVERAGE, counters.coverage(), Undefined.NO_PREDICTIONS);
  }

  /**
   * Predictions whose label can no longer come or change among all predictions. Known, not
   * estimated, and so without an interval.
   */
  public static Estimate maturity(Rate mature) {
    return mature.defined()
        ? Estimate.exact(MATURITY, mature.share(), mature.trials())
        : Estimate.undefined(MATURITY, Undefined.NO_PREDICTIONS, 0);
  }
}
