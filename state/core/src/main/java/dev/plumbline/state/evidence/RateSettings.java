package dev.plumbline.state.evidence;

import dev.plumbline.state.time.AgeSteps;
import java.util.List;

/**
 * What the rate series of one model are made from.
 *
 * @param paneMillis length of a pane; divides one hour or is a whole number of hours
 * @param panesPerCohort panes folded into one cohort of labelled counters; at least 1
 * @param ages label age steps; the last edge is the evidence horizon
 * @param samplings ways in which labels are sampled, each a stratum of its own; at least 1
 * @param reference the reference period, beginning and ending with a cohort
 * @param budget false incidents of this model per 30 days; positive
 * @param metrics the metrics watched, each once
 * @param subgroups the subgroups watched, the first of them naming no attribute: the whole model
 */
public record RateSettings(
    long paneMillis,
    int panesPerCohort,
    AgeSteps ages,
    int samplings,
    ReferencePanes reference,
    double budget,
    List<Watched> metrics,
    List<Subgroup> subgroups) {

  /** Most cohorts that may be open at a time (METHOD section 1). */
  public static final int MAX_OPEN_COHORTS = 720;

  /** Fewest events of a series in a reference that arms it (METHOD section 1). */
  public static final long MIN_TRIALS = 200;

  /** Fewest of them that count, and fewest that do not. */
  public static final long MIN_SIDE = 10;

  static final int HOURS = 24;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final long MONTH_MILLIS = 30L * HOURS * HOUR_MILLIS;

  public RateSettings {
    metrics = List.copyOf(metrics);
    subgroups = List.copyOf(subgroups);
    requirePane(paneMillis);
    require(panesPerCohort >= 1, "panesPerCohort must be at least 1, was " + panesPerCohort);
    require(
        Math.floorMod(reference.from(), (long) panesPerCohort) == 0
            && Math.floorMod(reference.to(), (long) panesPerCohort) == 0,
        "the reference must begin and end with a cohort of "
            + panesPerCohort
            + " panes, was panes ["
            + reference.from()
            + ", "
            + reference.to()
            + "); move its ends to multiples of the cohort");
    long open = (ages.horizon() + panesPerCohort - 1) / panesPerCohort;
    require(
        open <= MAX_OPEN_COHORTS,
        "an evidence horizon of "
            + ages.horizon()
            + " panes keeps "
            + open
            + " cohorts open, more than MAX_OPEN_COHORTS = "
            + MAX_OPEN_COHORTS
            + "; use more panes per cohort or longer panes");
    require(samplings >= 1, "samplings must be at least 1, was " + samplings);
    require(budget > 0, "the budget of false alarms must be positive, was " + budget);
    require(
        metrics.stream().map(Watched::metric).distinct().count() == metrics.size(),
        "each metric may be watched once, were " + metrics);
    require(
        !subgroups.isEmpty() && subgroups.get(0).attributes() == 0,
        "the first subgroup must be the whole model, were " + subgroups);
  }

  /** Settings of a model whose labels are not sampled. */
  public RateSettings(
      long paneMillis,
      int panesPerCohort,
      AgeSteps ages,
      ReferencePanes reference,
      double budget,
      List<Watched> metrics,
      List<Subgroup> subgroups) {
    this(paneMillis, panesPerCohort, ages, 1, reference, budget, metrics, subgroups);
  }

  /** Number of strata by sampling and label age, numbered {@code sampling * ages.count() + age}. */
  public int agedStrata() {
    return samplings * ages.count();
  }

  /** The label age of such a stratum. */
  int ageOf(int stratum) {
    return stratum % ages.count();
  }

  private static void requirePane(long paneMillis) {
    require(
        paneMillis > 0 && (HOUR_MILLIS % paneMillis == 0 || paneMillis % HOUR_MILLIS == 0),
        "a pane must divide one hour or be a whole number of hours, was " + paneMillis + " ms");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Panes per 30 days: {@code P}; at least 1. */
  public long panesPerMonth() {
    return (MONTH_MILLIS + paneMillis - 1) / paneMillis;
  }

  /**
   * How far back {@link Counts} must reach from the evaluated pane, in panes; also the most empty
   * panes in a row for which steps are made.
   */
  public long memory() {
    return Math.max(panesPerMonth(), ages.horizon());
  }

  /** Cohort of a pane. */
  public long cohortOf(long pane) {
    return Math.floorDiv(pane, (long) panesPerCohort);
  }

  /** First pane of a cohort. */
  public long firstPane(long cohort) {
    return cohort * panesPerCohort;
  }

  /** Pane after whose evaluation no label of a cohort is evidence any more. */
  public long closingPane(long cohort) {
    return firstPane(cohort + 1) - 1 + ages.horizon() - 1;
  }

  /** Hour of day, UTC, of the start of a pane. */
  public int hourOf(long pane) {
    return (int) Math.floorMod(Math.floorDiv(pane * paneMillis, HOUR_MILLIS), (long) HOURS);
  }

  /** Hour of day, UTC, of the start of a cohort. */
  public int hourOfCohort(long cohort) {
    return hourOf(firstPane(cohort));
  }

  int capacity() {
    return (int) ((ages.horizon() + panesPerCohort - 1) / panesPerCohort) + 2;
  }
}
