package dev.plumbline.state.metric;

/** Why an estimate has no value. */
public enum Undefined {
  /** There is no prediction. */
  NO_PREDICTIONS("no predictions"),
  /** There is no labelled prediction. */
  NO_LABELS("no labelled predictions"),
  /** There are labels, none of them 1. */
  NO_POSITIVES("no positive labels"),
  /** There are labels, none of them 0. */
  NO_NEGATIVES("no negative labels"),
  /** There are labels, none of them with decision 1. */
  NONE_SELECTED("no labelled prediction with decision 1"),
  /** There are labels, all of them with decision 1. */
  ALL_SELECTED("no labelled prediction with decision 0"),
  /** Labels are sampled, and a stratum that matters has none. */
  SILENT_STRATUM("a sampling stratum has no label"),
  /** Labels exist (nearly) only for one decision, and the metric needs those of the other. */
  NOT_IDENTIFIED("not identified: labels exist (nearly) only for one decision"),
  /** The rate is undefined in each subgroup. */
  NO_SUBGROUP("the rate is undefined in every subgroup"),
  /** Nothing to compare with: one subgroup alone has the rate. */
  ONE_SUBGROUP("the rate is defined in one subgroup alone"),
  /** The rate is 0 in each subgroup, so that its ratio would be 0/0. */
  ZERO_OVER_ZERO("the rate is 0 in every subgroup");

  private final String text;

  Undefined(String text) {
    this.text = text;
  }

  /** The reason as a phrase for people. */
  public String text() {
    return text;
  }
}
