package dev.plumbline.state.metric;

/** The rates of a {@link Confusion} (METRICS 8). */
public enum RateMetric {
  SELECTION_RATE("selection_rate", Undefined.NO_LABELS),
  ACCURACY("accuracy", Undefined.NO_LABELS),
  TPR("tpr", Undefined.NO_POSITIVES),
  FPR("fpr", Undefined.NO_NEGATIVES),
  FNR("fnr", Undefined.NO_POSITIVES),
  PPV("ppv", Undefined.NONE_SELECTED),
  TNR("tnr", Undefined.NO_NEGATIVES),
  NPV("npv", Undefined.ALL_SELECTED),
  BASE_RATE("base_rate", Undefined.NO_LABELS);

  private final String key;
  private final Undefined withoutTrials;

  RateMetric(String key, Undefined withoutTrials) {
    this.key = key;
    this.withoutTrials = withoutTrials;
  }

  /** Name in statements and in the monitor file. */
  public String key() {
    return key;
  }

  /** Whether it counts errors, so that a lower rate is better. */
  public boolean isError() {
    return this == FPR || this == FNR;
  }

  /** The rate of these counts. */
  public Rate of(Confusion counts) {
    return switch (this) {
      case SELECTION_RATE -> counts.selection();
      case ACCURACY -> counts.accuracy();
      case TPR -> counts.tpr();
      case FPR -> counts.fpr();
      case FNR -> counts.fnr();
      case PPV -> counts.ppv();
      case TNR -> counts.tnr();
      case NPV -> counts.npv();
      case BASE_RATE -> counts.baseRate();
    };
  }

  /** Whether it depends on the labels of predictions with this decision. */
  boolean needs(int decision) {
    return switch (this) {
      case SELECTION_RATE -> false;
      case PPV -> decision == 1;
      case NPV -> decision == 0;
      default -> true;
    };
  }

  /**
   * The counts with the labels that are missing such that the rate is highest, or lowest.
   *
   * @param open0 unlabelled predictions with decision 0
   * @param open1 those with decision 1
   */
  Confusion extreme(Confusion counts, long open0, long open1, boolean highest) {
    boolean positive1 = isError() != highest;
    boolean positive0 = (isError() || this == BASE_RATE) == highest;
    return new Confusion(
        counts.tp() + (positive1 ? open1 : 0),
        counts.fp() + (positive1 ? 0 : open1),
        counts.fn() + (positive0 ? open0 : 0),
        counts.tn() + (positive0 ? 0 : open0));
  }

  /** Why this rate of these counts has no value, if it has none. */
  Undefined reason(Confusion counts) {
    return counts.labelled() == 0 ? Undefined.NO_LABELS : withoutTrials;
  }
}
