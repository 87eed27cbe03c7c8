package dev.plumbline.state.metric;

import java.util.List;
import java.util.Optional;

/**
 * What the metrics of one subgroup in one window are read from.
 *
 * @param selected predictions with decision 1 among all predictions, labelled or not
 * @param labelled the labelled predictions among them
 * @param scores their scores by label, or {@link ScoreHistogram#UNMAPPED}
 * @param strata the same by how labels are sampled; one that holds all where they are not
 */
public record Counters(
    Rate selected, Confusion labelled, ScoreHistogram scores, List<Stratum> strata) {

  public Counters {
    strata = List.copyOf(strata);
    long rejected = selected.trials() - selected.successes();
    if (labelled.selected() > selected.successes()
        || labelled.labelled() - labelled.selected() > rejected) {
      throw new IllegalArgumentException(
          "labelled predictions must be among the predictions, were "
              + labelled
              + " among "
              + selected);
    }
  }

  /** Counters of predictions whose labels are not sampled. */
  public Counters(Rate selected, Confusion labelled, ScoreHistogram scores) {
    this(selected, labelled, scores, List.of(Stratum.whole(selected, labelled, scores)));
  }

  /** Counters of predictions whose labels are not looked at. */
  public static Counters labelFree(Rate selected) {
    return new Counters(selected, Confusion.EMPTY, ScoreHistogram.UNMAPPED);
  }

  /** Counters of predictions that are all labelled. */
  public static Counters complete(Confusion labelled, ScoreHistogram scores) {
    return new Counters(labelled.selection(), labelled, scores);
  }

  /** Whether labels are sampled, so that rates are put together from strata. */
  public boolean areSampled() {
    return strata.size() > 1;
  }

  /** Label coverage: labelled predictions among all those that were selected for a label. */
  public Rate coverage() {
    long awaited = strata.stream().mapToLong(stratum -> stratum.awaited().trials()).sum();
    return new Rate(labelled.labelled(), awaited);
  }

  /**
   * The rate of a metric. The selection rate is that of all predictions, so that it does not depend
   * on which of them have a label; the others are those of the labelled ones, each stratum with the
   * weight of its predictions.
   */
  public Proportion rate(RateMetric metric) {
    if (metric == RateMetric.SELECTION_RATE) {
      return selected;
    }
    return areSampled() ? PostStratification.rate(metric, strata) : metric.of(labelled);
  }

  /** The area under the ROC curve; undefined unless both labels occur. */
  Optional<Auroc> auroc() {
    if (!areSampled()) {
      return Auroc.of(scores);
    }
    return Stratum.areSilent(strata) ? Optional.empty() : StratifiedAuroc.of(strata);
  }

  /** Why the rate of a metric has no value, if it has none. */
  Undefined reason(RateMetric metric) {
    if (metric != RateMetric.SELECTION_RATE && isSilent()) {
      return Undefined.SILENT_STRATUM;
    }
    return metric == RateMetric.SELECTION_RATE ? Undefined.NO_PREDICTIONS : metric.reason(labelled);
  }

  /** Whether there are labels, and none in a stratum that matters. */
  boolean isSilent() {
    return labelled.labelled() > 0 && Stratum.areSilent(strata);
  }
}
