package dev.plumbline.state.cube;

import dev.plumbline.state.evidence.Counts;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.metric.Stratum;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Sampling;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The counters that evidence is a function of: first labels by cohort, predictions by pane, all
 * versions of the model together. Corrections are no evidence (METHOD section 4).
 *
 * <p>Until the reference is complete they are kept by cell, as it is not known yet which values are
 * {@code other}; from {@link #arm} on by subgroup, for the subgroups of the reference.
 */
public final class CohortCounts implements Counts {

  /** Predictions of a pane by decision, and those that were not selected for a label. */
  private static final int UNSELECTED = 2;

  private static final long[] NO_PREDICTIONS = new long[UNSELECTED + 1];
  private static final long[][] NO_ROWS = {};

  private final Shape shape;
  private final long panesPerCohort;
  private final Folding folding;
  private final Subgroups subgroups;
  private final long[] noLabels;
  private final Table cohorts;
  private final Table panes;
  private final List<Sampling> samplings;
  private final SampledReference sampled = new SampledReference();
  private final TreeSet<Long> touched = new TreeSet<>();
  private Optional<List<List<String>>> referenceCells = Optional.empty();
  private int watched;

  public CohortCounts(CubeRules rules, long panesPerCohort, Folding folding) {
    this.shape = rules.shape();
    this.panesPerCohort = panesPerCohort;
    this.folding = folding;
    this.subgroups = new Subgroups(rules.attributes(), rules.intersections());
    this.samplings = rules.samplings();
    int counters = (samplings.size() * (shape.steps() - 1) + 1) * shape.pairs();
    this.noLabels = new long[counters];
    this.cohorts = new Table(counters);
    this.panes = new Table(NO_PREDICTIONS.length);
  }

  /** Applies a change at an arrival pane. */
  public void apply(long arrival, Counter counter, long amount) {
    if (counter instanceof Predicted predicted && predicted.pane() == arrival) {
      Cell cell = predicted.cell();
      List<String> values = folding.fold(arrival, cell.values());
      panes.add(arrival, values, predicted.decision(), amount);
      if (!cell.sampling().awaited()) {
        panes.add(arrival, values, UNSELECTED, amount);
      }
      sample(cell.sampling(), predicted.decision(), amount, false);
    } else if (counter instanceof Labelled labelled && !labelled.correction()) {
      long cohort = Math.floorDiv(labelled.pane(), panesPerCohort);
      touched.add(cohort);
      Sampling sampling = labelled.cell().sampling();
      List<String> values = folding.fold(labelled.pane(), labelled.cell().values());
      cohorts.add(cohort, values, index(sampling, labelled), amount);
      sample(sampling, labelled.decision(), amount, true);
    }
  }

  private int index(Sampling sampling, Labelled labelled) {
    int ages = shape.steps() - 1;
    boolean isEvidence = labelled.step() < ages;
    int before = isEvidence ? samplings.indexOf(sampling) * ages : (samplings.size() - 1) * ages;
    return shape.index(before + labelled.step(), labelled.decision(), labelled.label());
  }

  private void sample(Sampling sampling, int decision, long amount, boolean isLabelled) {
    if (samplings.size() > 1 && watched == 0) {
      sampled.add(sampling, decision, amount, isLabelled);
    }
  }

  @Override
  public List<Stratum> strata() {
    return sampled.strata();
  }

  /**
   * The reference is complete, and its values are frozen: from here on counts are by subgroup.
   * Later combinations of values count for the subgroups that the reference holds.
   */
  public void arm() {
    SortedSet<List<String>> cells = new TreeSet<>(Cell::compareValues);
    cohorts.cells.values().forEach(of -> of.keySet().forEach(c -> cells.add(folding.frozen(c))));
    panes.cells.values().forEach(of -> of.keySet().forEach(c -> cells.add(folding.frozen(c))));
    restoreReferenceCells(List.copyOf(cells));
    cohorts.arm();
    panes.arm();
  }

  /** The cells of the reference, known from {@link #arm} on; for the engine's changelog. */
  public Optional<List<List<String>>> referenceCells() {
    return referenceCells;
  }

  /** Restores what {@link #referenceCells} said, before any change is applied. */
  public void restoreReferenceCells(List<List<String>> cells) {
    referenceCells = Optional.of(cells);
    cells.forEach(subgroups::of);
    watched = subgroups.size();
  }

  /** Number of subgroups of the reference, everybody included; 0 before it is complete. */
  public int watched() {
    return watched;
  }

  /** A subgroup of the reference. */
  public Subgroup subgroup(int number) {
    return subgroups.subgroup(number);
  }

  /** Cohorts that changed since this was last asked, ascending. */
  public long[] takeTouched() {
    long[] taken = touched.stream().mapToLong(Long::longValue).toArray();
    touched.clear();
    return taken;
  }

  /** Share of all predictions since a pane that have a label; empty without predictions. */
  public OptionalDouble coverageSince(long pane) {
    long predictions = 0;
    for (long at : panes.rows.tailMap(pane, true).keySet()) {
      long[] counts = predicted(0, at);
      predictions += counts[0] + counts[1] - counts[UNSELECTED];
    }
    long labels = 0;
    for (long at : cohorts.rows.tailMap(Math.floorDiv(pane, panesPerCohort), true).keySet()) {
      labels += Arrays.stream(labelled(0, at)).sum();
    }
    return predictions == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1.0, (double) labels / predictions));
  }

  /** Forgets what lies before a pane. */
  public void forgetBefore(long pane) {
    panes.forgetBefore(pane);
    cohorts.forgetBefore(Math.floorDiv(pane, panesPerCohort));
  }

  @Override
  public long[] labelled(int subgroup, long cohort) {
    return cohorts.find(subgroup, cohort, noLabels);
  }

  @Override
  public long[] predicted(int subgroup, long pane) {
    return panes.find(subgroup, pane, NO_PREDICTIONS);
  }

  /** Counters by cohort or pane: of cells until the reference is complete, then of subgroups. */
  private final class Table {
    private final int length;
    private final NavigableMap<Long, Map<List<String>, long[]>> cells = new TreeMap<>();
    private final NavigableMap<Long, long[][]> rows = new TreeMap<>();

    // Where the last delta went: the next one, in the order of deltas, mostly goes there too.
    private List<String> lastValues = List.of();
    private int[] lastMembers = {};
    private long lastAt;
    private long[][] lastRows = NO_ROWS;

    Table(int length) {
      this.length = length;
    }

    void add(long at, List<String> values, int index, long amount) {
      if (watched == 0) {
        cells.computeIfAbsent(at, a -> new HashMap<>())
                .computeIfAbsent(values, v -> new long[length])[index] +=
            amount;
        return;
      }
      if (!values.equals(lastValues) || lastMembers.length == 0) {
        lastMembers = subgroups.of(folding.frozen(values));
        lastValues = values;
      }
      long[][] counters = rows(at);
      if (counters.length == 0) {
        counters = new long[watched][];
        rows.put(at, counters);
        lastRows = counters;
      }
      for (int member : lastMembers) {
        if (member < watched) {
          long[] row = counters[member];
          if (row == null) {
            row = new long[length];
            counters[member] = row;
          }
          row[index] += amount;
        }
      }
    }

    private long[][] rows(long at) {
      if (at != lastAt || lastRows.length == 0) {
        lastRows = rows.getOrDefault(at, NO_ROWS);
        lastAt = at;
      }
      return lastRows;
    }

    long[] find(int subgroup, long at, long[] none) {
      long[][] counters = rows(at);
      if (counters.length == 0) {
        return none;
      }
      long[] row = counters[subgroup];
      return row == null ? none : row;
    }

    void arm() {
      cells.forEach(
          (at, of) ->
              of.forEach(
                  (values, counts) -> {
                    for (int index = 0; index < length; index++) {
                      if (counts[index] != 0) {
                        add(at, values, index, counts[index]);
                      }
                    }
                  }));
      cells.clear();
    }

    void forgetBefore(long at) {
      rows.headMap(at, false).clear();
      lastRows = NO_ROWS;
    }
  }
}
