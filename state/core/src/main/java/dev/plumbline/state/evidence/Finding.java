package dev.plumbline.state.evidence;

/** Something that an evaluation found out about a series, at the end of a pane. */
public sealed interface Finding {

  /** The series it is about. */
  SeriesName series();

  /** Pane at whose end it was found. */
  long pane();

  /**
   * How strong the evidence is, against what it had to reach.
   *
   * @param logS natural logarithm of the series' statistic
   * @param logThreshold what it had to reach
   * @param weight share of the family's budget; in (0, 1]
   * @param phi dispersion of the reference; at least 1
   */
  record Strength(double logS, double logThreshold, double weight, double phi) {}

  /**
   * A series has left its reference.
   *
   * @param changePane first pane of the change, as estimated
   * @param effect rate since then against the reference
   * @param severity distance beyond the nearest edge of the band in units of the tolerance; 0 or
   *     more
   * @param eventsUsed events since the series last began, of at most the last 30 days
   * @param referenceSize events of the reference
   * @param complement everybody who is not in the subgroup, over the panes of the effect; no trials
   *     where the subgroup is everybody
   */
  record Opened(
      SeriesName series,
      long pane,
      Direction direction,
      Strength strength,
      long changePane,
      Effect effect,
      double severity,
      long eventsUsed,
      long referenceSize,
      Sample complement)
      implements Finding {}

  /**
   * A departure is over.
   *
   * @param openedPane pane of the alarm
   * @param sinceAlarm events predicted after that pane
   * @param interval their anytime-valid 95 % interval; unbiased by selection
   */
  record Resolved(
      SeriesName series, long pane, long openedPane, Sample sinceAlarm, Interval interval)
      implements Finding {}

  /** The verdict on a series is of another kind than before; follows what caused it. */
  record VerdictChanged(SeriesName series, long pane, Verdict verdict) implements Finding {}
}
