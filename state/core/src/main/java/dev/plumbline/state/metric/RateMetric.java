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

  /** Why this rate of these counts has no value, if it has none. */
  Undefined reason(Confusion counts) {
    return counts.labelled() == 0 ? Undefined.NO_LABELS : withoutTrials;
  }
}
