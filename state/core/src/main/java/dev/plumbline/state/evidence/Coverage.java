package dev.plumbline.state.evidence;

import dev.plumbline.state.metric.Identification;

/**
 * Which predictions of the reference have labels at all. Where labels exist (nearly) for one
 * decision only, or of one class only, no number of them tells a rate that needs the other (METHOD
 * section 4).
 */
final class Coverage {

  private final boolean selective;
  private final long[] labels;

  private Coverage(boolean selective, long[] labels) {
    this.selective = selective;
    this.labels = labels;
  }

  static Coverage of(RateSettings settings, Counts counts) {
    long[] labels = new long[settings.subgroups().size()];
    long[] labelled = new long[2];
    for (int s = 0; s < labels.length; s++) {
      long[] decisions = labelled(settings, counts, s);
      labels[s] = decisions[0] + decisions[1];
      if (s == 0) {
        labelled = decisions;
      }
    }
    long[] predicted = new long[2];
    for (long pane = settings.reference().from(); pane < settings.reference().to(); pane++) {
      long[] decisions = counts.predicted(0, pane);
      predicted[0] += decisions[0];
      predicted[1] += decisions[1];
    }
    Identification identified =
        counts.strata().isEmpty()
            ? Identification.of(predicted[0], labelled[0], predicted[1], labelled[1])
            : Identification.of(counts.strata());
    return new Coverage(!identified.isFull(), labels);
  }

  private static long[] labelled(RateSettings settings, Counts counts, int subgroup) {
    long[] decisions = new long[2];
    long end = settings.cohortOf(settings.reference().to());
    for (long c = settings.cohortOf(settings.reference().from()); c < end; c++) {
      long[] labelled = counts.labelled(subgroup, c);
      for (int i = 0; i < settings.agedStrata() * 4; i++) {
        decisions[i >> 1 & 1] += labelled[i];
      }
    }
    return decisions;
  }

  /** Whether labels of a subgroup cannot tell a metric whose reference totals are these. */
  boolean cannotTell(RateMetric metric, int subgroup, Sample total) {
    return metric.labelled() && (selective || (total.trials() == 0 && labels[subgroup] > 0));
  }

  Verdict.Undecided notIdentified(RateMetric metric) {
    String why =
        selective
            ? "labels exist (nearly) for one decision only, and " + metric.text() + " needs both"
            : "no label of the class that " + metric.text() + " is about";
    return new Verdict.Undecided(Verdict.Reason.NOT_IDENTIFIED, why + "; label what is missing");
  }
}
