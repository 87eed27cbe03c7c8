package dev.plumbline.state.metric;

/**
 * Which decisions have labels at all. Where labels exist (nearly) only for one decision, such as
 * repayments of the loans that were granted, no number of them tells a rate that needs the other:
 * it is not identified, and all that can be said are bounds.
 *
 * <p>A decision counts as unlabelled if its predictions have a label less than a twentieth as often
 * as those of the other, where that would be 5 labels or more. Source: selective labels, Lakkaraju
 * et al. (KDD 2017); bounds, Manski, Partial Identification of Probability Distributions (2003),
 * section 1.2.
 *
 * @param labelled0 whether predictions with decision 0 are labelled like the others
 * @param labelled1 whether those with decision 1 are
 */
public record Identification(boolean labelled0, boolean labelled1) {

  /** Labels do not depend on the decision. */
  public static final Identification FULL = new Identification(true, true);

  private static final long NEARLY_NONE = 20;

  /** Of fewer labels that were to be expected, none may be missing by chance (P below 0.7 %). */
  private static final double FEWEST = 5;

  /** What the counters of a population tell of its own labels. */
  public static Identification of(Counters counters) {
    long predictions1 = counters.selected().successes();
    long predictions0 = counters.selected().trials() - predictions1;
    long labels1 = counters.labelled().selected();
    long labels0 = counters.labelled().labelled() - labels1;
    return of(predictions0, labels0, predictions1, labels1);
  }

  /** The same from predictions and labels by decision. */
  public static Identification of(
      long predictions0, long labels0, long predictions1, long labels1) {
    return new Identification(
        !isNearlyNone(labels0, predictions0, labels1, predictions1),
        !isNearlyNone(labels1, predictions1, labels0, predictions0));
  }

  private static boolean isNearlyNone(
      long labels, long predictions, long otherLabels, long otherPredictions) {
    if (otherLabels == 0) {
      return false;
    }
    double expected = (double) otherLabels * predictions / otherPredictions;
    return expected >= FEWEST && NEARLY_NONE * labels < expected;
  }

  /** What holds for a part of a population: what holds for both. */
  public Identification and(Identification other) {
    return new Identification(labelled0 && other.labelled0, labelled1 && other.labelled1);
  }

  /** Whether the labels tell a metric. */
  public boolean tells(RateMetric metric) {
    return (labelled0 || !metric.needs(0)) && (labelled1 || !metric.needs(1));
  }

  /** Whether the labels tell what needs those of every decision. */
  public boolean isFull() {
    return labelled0 && labelled1;
  }

  /**
   * What a rate of all predictions may be, whatever the labels are that are missing: the truth of
   * these predictions is inside.
   */
  static Interval bounds(RateMetric metric, Counters counters) {
    Confusion known = counters.labelled();
    long labels0 = known.labelled() - known.selected();
    long open1 = counters.selected().successes() - known.selected();
    long open0 = counters.selected().trials() - counters.selected().successes() - labels0;
    Rate least = metric.of(metric.extreme(known, open0, open1, false));
    Rate most = metric.of(metric.extreme(known, open0, open1, true));
    return new Interval(least.value().orElse(0), most.value().orElse(1));
  }
}
