package dev.plumbline.state.metric;

import dev.plumbline.state.record.Sampling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /** One of so many is as good as none. */
  static final long NEARLY_NONE = 20;

  /** Of fewer labels that were to be expected, none may be missing by chance (P below 0.7 %). */
  private static final double FEWEST = 5;

  /**
   * What the counters of a population tell of its own labels. Where another decision is acted upon
   * than the prediction's own, that one is looked at, among the predictions selected for a label
   * and in each sampling stratum: a decision is identified if those of its predictions that nobody
   * labels are less than a twentieth of them.
   */
  public static Identification of(Counters counters) {
    return of(counters.strata());
  }

  /** The same from all strata of a population. */
  public static Identification of(List<Stratum> strata) {
    long[] unlabelled = new long[2];
    long[] all = new long[2];
    for (Stratum stratum : strata) {
      all[1] += stratum.selected().successes();
      all[0] += stratum.predictions() - stratum.selected().successes();
    }
    for (List<Stratum> gates : byName(strata)) {
      for (int gate = 0; gate < 2; gate++) {
        if (isNearlyNone(gates, gate)) {
          for (Stratum stratum : gates) {
            for (int decision = 0; decision < 2; decision++) {
              unlabelled[decision] += predictions(stratum.selected(), stratum, decision, gate);
            }
          }
        }
      }
    }
    return new Identification(
        NEARLY_NONE * unlabelled[0] <= all[0], NEARLY_NONE * unlabelled[1] <= all[1]);
  }

  private static Collection<List<Stratum>> byName(List<Stratum> strata) {
    Map<String, List<Stratum>> byName = new TreeMap<>();
    for (Stratum stratum : strata) {
      byName.computeIfAbsent(stratum.name(), name -> new ArrayList<>()).add(stratum);
    }
    return byName.values();
  }

  private static boolean isNearlyNone(List<Stratum> gates, int gate) {
    long[] predictions = new long[2];
    long[] labels = new long[2];
    for (Stratum stratum : gates) {
      for (int decision = 0; decision < 2; decision++) {
        for (int acted = 0; acted < 2; acted++) {
          predictions[acted] += predictions(stratum.awaited(), stratum, decision, acted);
          labels[acted] += predictions(stratum.labelled().selection(), stratum, decision, acted);
        }
      }
    }
    int other = 1 - gate;
    return isNearlyNone(labels[gate], predictions[gate], labels[other], predictions[other]);
  }

  /** Those of a stratum with a decision, if another one, or itself, was acted upon. */
  private static long predictions(Rate selected, Stratum stratum, int decision, int acted) {
    int gate = stratum.acted() == Sampling.DECIDED ? decision : stratum.acted();
    long of1 = selected.successes();
    return gate != acted ? 0 : decision == 1 ? of1 : selected.trials() - of1;
  }

  /** The same from predictions and labels by decision, where labels are not sampled. */
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
