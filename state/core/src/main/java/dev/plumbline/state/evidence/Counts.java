package dev.plumbline.state.evidence;

import dev.plumbline.state.metric.Stratum;
import java.util.List;

/**
 * The counters that evidence is a function of, owned by the caller. Arrays are read only, and never
 * kept beyond the call that asked for them.
 *
 * <p>Must reach back {@link RateSettings#memory} panes from the evaluated pane (the change point of
 * an alarm looks that far), and hold the cohorts of the reference for as long as {@link
 * RateWatch#needsReference} says.
 */
public interface Counts {

  /**
   * First labels of a cohort, as known at the end of the evaluated pane.
   *
   * @param subgroup index into {@link RateSettings#subgroups}
   * @return counters by {@code stratum * 4 + decision * 2 + label}, {@code (agedStrata() + 1) * 4}
   *     of them, the last four of labels beyond the evidence horizon; a shared array of zeros where
   *     there are none
   */
  long[] labelled(int subgroup, long cohort);

  /**
   * Predictions of a pane as known at its end.
   *
   * @return beginning with {decision 0, decision 1}
   */
  long[] predicted(int subgroup, long pane);

  /** The whole model in the reference by how labels are sampled; empty where they are not. */
  default List<Stratum> strata() {
    return List.of();
  }
}
