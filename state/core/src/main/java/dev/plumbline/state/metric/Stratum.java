package dev.plumbline.state.metric;

import dev.plumbline.state.record.Sampling;
import java.util.List;

/**
 * A part of a population whose labels are drawn with one probability: those that have one stand for
 * all of its predictions.
 *
 * @param name of the sampling stratum; empty: no strata
 * @param acted the decision that was acted upon, or {@link Sampling#DECIDED}: their own
 * @param selected predictions with decision 1 among all of its predictions
 * @param awaited the same among those that were selected for a label
 * @param labelled the labelled ones among these
 * @param scores their scores by label, or {@link ScoreHistogram#UNMAPPED}
 */
public record Stratum(
    String name,
    int acted,
    Rate selected,
    Rate awaited,
    Confusion labelled,
    ScoreHistogram scores) {

  /** A population whose labels are not sampled. */
  static Stratum whole(Rate selected, Confusion labelled, ScoreHistogram scores) {
    return new Stratum("", Sampling.DECIDED, selected, selected, labelled, scores);
  }

  long predictions() {
    return selected.trials();
  }

  long labels() {
    return labelled.labelled();
  }

  /** How many predictions a labelled one stands for. */
  double weight() {
    return (double) predictions() / labels();
  }

  /** Whether so many predictions lack a label in their stratum that the rest cannot stand in. */
  static boolean areSilent(List<Stratum> strata) {
    long all = 0;
    long silent = 0;
    for (Stratum stratum : strata) {
      all += stratum.predictions();
      silent += stratum.labels() == 0 ? stratum.predictions() : 0;
    }
    return Identification.NEARLY_NONE * silent > all;
  }
}
