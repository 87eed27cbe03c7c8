package dev.plumbline.state.metric;

/**
 * What the metrics of one subgroup in one window are read from.
 *
 * @param selected predictions with decision 1 among all predictions, labelled or not
 * @param labelled the labelled predictions among them
 * @param scores their scores by label, or {@link ScoreHistogram#UNMAPPED}
 */
public record Counters(Rate selected, Confusion labelled, ScoreHistogram scores) {

  public Counters {
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

  /**
   * Nothing happened: the neutral element of {@link #merge}.
   *
   * @param bins number of score bins, 0 if no score is mapped
   */
  public static Counters empty(int bins) {
    return new Counters(Rate.NONE, Confusion.EMPTY, ScoreHistogram.empty(bins));
  }

  /** Counters of predictions whose labels are not looked at. */
  public static Counters labelFree(Rate selected) {
    return new Counters(selected, Confusion.EMPTY, ScoreHistogram.UNMAPPED);
  }

  /** Counters of predictions that are all labelled. */
  public static Counters complete(Confusion labelled, ScoreHistogram scores) {
    return new Counters(labelled.selection(), labelled, scores);
  }

  /** The counters of both; both or none must have scores, in the same bins. */
  public Counters merge(Counters other) {
    return new Counters(
        selected.merge(other.selected), labelled.merge(other.labelled), scores.merge(other.scores));
  }

  /** Label coverage: labelled predictions among all predictions. */
  public Rate coverage() {
    return new Rate(labelled.labelled(), selected.trials());
  }

  /**
   * The rate of a metric. The selection rate is that of all predictions, so that it does not depend
   * on which of them have a label; the others are those of the labelled ones.
   */
  public Rate rate(RateMetric metric) {
    return metric == RateMetric.SELECTION_RATE ? selected : metric.of(labelled);
  }

  /** Why the rate of a metric has no value, if it has none. */
  Undefined reason(RateMetric metric) {
    return metric == RateMetric.SELECTION_RATE ? Undefined.NO_PREDICTIONS : metric.reason(labelled);
  }
}
