package dev.plumbline.state.record;

import java.util.Comparator;

/**
 * Why a prediction has a label, or none: a hidden dimension of its cell. No subgroup is made of it;
 * rates are put together from its parts, each with the exact number of its predictions.
 *
 * @param stratum sampling stratum in which labels are drawn with one probability; empty: no strata
 * @param acted the decision that was acted upon and that the label depends on, or {@link #DECIDED}
 * @param awaited whether a label is awaited; false: the prediction was not selected for one
 */
public record Sampling(String stratum, int acted, boolean awaited) implements Comparable<Sampling> {

  /** The prediction's own decision was acted upon. */
  public static final int DECIDED = -1;

  /** Labels are not sampled, and the prediction's own decision was acted upon. */
  public static final Sampling NONE = new Sampling("", DECIDED, true);

  private static final Comparator<Sampling> ORDER =
      Comparator.comparing(Sampling::stratum)
          .thenComparingInt(Sampling::acted)
          .thenComparing(Sampling::awaited);

  @Override
  public int compareTo(Sampling other) {
    return ORDER.compare(this, other);
  }
}
