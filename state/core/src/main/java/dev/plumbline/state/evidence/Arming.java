package dev.plumbline.state.evidence;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Freezes the reference of every series of a model, or says what it lacks (METHOD sections 1, 1.1
 * and 1.2). Used once.
 */
final class Arming {

  private static final double HOUR_PRIOR = 1000;

  private final Frame frame;
  private final RateSettings settings;
  private final Counts counts;
  private final List<Candidate> candidates = new ArrayList<>();
  private final Map<SeriesName, Verdict.Undecided> refused;
  private final Map<RateMetric, AgeGate> gates = new EnumMap<>(RateMetric.class);
  private final Coverage coverage;

  /** A series that can be armed. */
  record Candidate(SeriesName name, int subgroup, RateReference reference) {}

  Arming(Frame frame, Counts counts, Map<SeriesName, Verdict.Undecided> refused) {
    this.frame = frame;
    this.settings = frame.settings;
    this.counts = counts;
    this.refused = refused;
    coverage = Coverage.of(settings, counts);
  }

  /** Arms all series; those that cannot be are in the map of the refused afterwards. */
  List<Candidate> run() {
    for (Watched watched : settings.metrics()) {
      if (watched.metric().labelled()) {
        armLabelled(watched);
      } else {
        armByPane(watched);
      }
    }
    return candidates;
  }

  /** Age gates by labelled metric. */
  Map<RateMetric, AgeGate> gates() {
    return gates;
  }

  static boolean suffices(Sample total) {
    return total.trials() >= RateSettings.MIN_TRIALS
        && total.successes() >= RateSettings.MIN_SIDE
        && total.trials() - total.successes() >= RateSettings.MIN_SIDE;
  }

  private void armLabelled(Watched watched) {
    RateMetric metric = watched.metric();
    int hours = metric.hourly() ? RateSettings.HOURS : 1;
    List<Part> parts = new ArrayList<>();
    for (int s = 0; s < settings.subgroups().size(); s++) {
      parts.add(labelledPart(metric, s, hours));
    }
    Strata model = parts.get(0).strata;
    Shape shape = Shape.of(model, metric.hourly());
    gates.put(metric, AgeGate.of(metric, model, shape));
    long first = settings.cohortOf(settings.reference().from());
    int cohorts = (int) (settings.cohortOf(settings.reference().to()) - first);
    Dispersion dispersion =
        new Dispersion(settings.paneMillis() * settings.panesPerCohort(), cohorts);
    List<StratumRates> rates = new ArrayList<>();
    for (int s = 0; s < parts.size(); s++) {
      rates.add(StratumRates.aged(parts.get(s).strata, shape));
      Residual residual = new Residual(rates.get(s).rates(), hours, cohorts);
      for (int i = 0; i < cohorts; i++) {
        residual.set(i, cohortTally(metric, s, first + i));
      }
      dispersion.add(residual.sums, residual.variances);
    }
    conclude(watched, parts, rates, dispersion);
  }

  private Part labelledPart(RateMetric metric, int subgroup, int hours) {
    Part part = new Part(settings.agedStrata(), hours);
    long end = settings.cohortOf(settings.reference().to());
    for (long c = settings.cohortOf(settings.reference().from()); c < end; c++) {
      part.add(cohortTally(metric, subgroup, c));
    }
    return part;
  }

  private Tally cohortTally(RateMetric metric, int subgroup, long cohort) {
    long[] labelled = counts.labelled(subgroup, cohort);
    boolean[] every = new boolean[settings.agedStrata()];
    java.util.Arrays.fill(every, true);
    return frame.cohortTally.labelled(metric, labelled, every, settings.hourOfCohort(cohort));
  }

  private void armByPane(Watched watched) {
    List<Part> parts = new ArrayList<>();
    List<StratumRates> rates = new ArrayList<>();
    long first = settings.reference().from();
    int panes = (int) settings.reference().count();
    Dispersion dispersion = new Dispersion(settings.paneMillis(), panes);
    for (int s = 0; s < settings.subgroups().size(); s++) {
      Part part = new Part(1, RateSettings.HOURS);
      for (int i = 0; i < panes; i++) {
        part.add(paneTally(s, first + i));
      }
      parts.add(part);
      rates.add(StratumRates.hourly(part.strata, HOUR_PRIOR));
      Residual residual = new Residual(rates.get(s).rates(), RateSettings.HOURS, panes);
      for (int i = 0; i < panes; i++) {
        residual.set(i, paneTally(s, first + i));
      }
      dispersion.add(residual.sums, residual.variances);
    }
    conclude(watched, parts, rates, dispersion);
  }

  private Tally paneTally(int subgroup, long pane) {
    return frame.paneTally.predicted(counts.predicted(subgroup, pane), settings.hourOf(pane));
  }

  private void conclude(
      Watched watched, List<Part> parts, List<StratumRates> rates, Dispersion dispersion) {
    for (int s = 0; s < parts.size(); s++) {
      SeriesName name = new SeriesName(watched.metric(), settings.subgroups().get(s));
      Part part = parts.get(s);
      Sample total = part.strata.total();
      if (coverage.cannotTell(watched.metric(), s, total)) {
        refused.put(name, coverage.notIdentified(watched.metric()));
      } else if (suffices(total)) {
        double phi = dispersion.phi(s);
        double tolerance = watched.tolerance();
        RateReference reference =
            RateReference.of(part.strata, rates.get(s), phi, tolerance, part.eventsByHour);
        candidates.add(new Candidate(name, s, reference));
      } else {
        refused.put(name, tooSmall(total));
      }
    }
  }

  /** Says what is missing, but no counts: those of a small subgroup are nobody's business. */
  private static Verdict.Undecided tooSmall(Sample total) {
    return new Verdict.Undecided(
        Verdict.Reason.UNARMED,
        "reference too small: needs "
            + RateSettings.MIN_TRIALS
            + " events with at least "
            + RateSettings.MIN_SIDE
            + " of either outcome, has "
            + (total.trials() < RateSettings.MIN_TRIALS ? "fewer events" : "fewer of one outcome")
            + "; arms with a longer reference");
  }

  /** Reference counts of one series. */
  private static final class Part {
    private final Strata strata;
    private final long[] eventsByHour = new long[RateSettings.HOURS];

    Part(int ages, int hours) {
      strata = new Strata(ages, hours);
    }

    void add(Tally tally) {
      int hour = strata.hours() == 1 ? 0 : tally.hour();
      for (int a = 0; a < tally.trials.length; a++) {
        strata.add(a, hour, tally.trials[a], tally.successes[a]);
      }
      eventsByHour[tally.hour()] += tally.allTrials();
    }
  }

  /** Residuals and binomial variances of one series by cohort or pane. */
  private static final class Residual {
    private final double[] rates;
    private final int hours;
    private final double[] sums;
    private final double[] variances;

    Residual(double[] rates, int hours, int units) {
      this.rates = rates;
      this.hours = hours;
      sums = new double[units];
      variances = new double[units];
    }

    void set(int unit, Tally tally) {
      double r = 0;
      double v = 0;
      for (int a = 0; a < tally.trials.length; a++) {
        double p = rates[a * hours + (hours == 1 ? 0 : tally.hour())];
        long n = tally.trials[a];
        r = r + (tally.successes[a] - n * p);
        v = v + n * p * (1 - p);
      }
      sums[unit] = r;
      variances[unit] = v;
    }
  }
}
