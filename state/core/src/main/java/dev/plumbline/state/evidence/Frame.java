package dev.plumbline.state.evidence;

/** What all series of a model share: settings, what follows from them, and scratch space. */
final class Frame {

  final RateSettings settings;
  final OpenCohorts open;
  final Tally cohortTally;
  final Tally paneTally;
  private final long[] panesByHour = new long[RateSettings.HOURS];
  private final long[] panesByCohortHour = new long[RateSettings.HOURS];

  Frame(RateSettings settings) {
    this.settings = settings;
    open = new OpenCohorts(settings.capacity(), settings.cohortOf(settings.reference().to()));
    cohortTally = new Tally(settings.agedStrata());
    paneTally = new Tally(1);
    for (long pane = settings.reference().from(); pane < settings.reference().to(); pane++) {
      panesByHour[settings.hourOf(pane)]++;
      panesByCohortHour[settings.hourOfCohort(settings.cohortOf(pane))]++;
    }
  }

  /** Hour under which the reference has the events of a pane. */
  int hour(RateMetric metric, long pane) {
    return metric.labelled()
        ? settings.hourOfCohort(settings.cohortOf(pane))
        : settings.hourOf(pane);
  }

  /** Reference panes of an hour. */
  long panes(RateMetric metric, int hour) {
    return metric.labelled() ? panesByCohortHour[hour] : panesByHour[hour];
  }
}
