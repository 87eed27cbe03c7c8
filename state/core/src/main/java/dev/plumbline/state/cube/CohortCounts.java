package dev.plumbline.state.cube;

import dev.plumbline.state.evidence.Counts;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The counters that evidence is a function of: first labels by cohort, predictions by pane, for
 * every subgroup, all versions of the model together. Corrections are no evidence (METHOD section
 * 4).
 */
public final class CohortCounts implements Counts {

  private static final long[] NO_PREDICTIONS = new long[2];

  private final Shape shape;
  private final long panesPerCohort;
  private final Subgroups subgroups;
  private final long[] noLabels;
  private final NavigableMap<Long, List<long[]>> cohorts = new TreeMap<>();
  private final NavigableMap<Long, List<long[]>> panes = new TreeMap<>();
  private final TreeSet<Long> touched = new TreeSet<>();

  public CohortCounts(Shape shape, long panesPerCohort, Subgroups subgroups) {
    this.shape = shape;
    this.panesPerCohort = panesPerCohort;
    this.subgroups = subgroups;
    this.noLabels = new long[shape.labelled()];
  }

  /** Applies a change at an arrival pane. */
  public void apply(long arrival, Counter counter, long amount) {
    if (counter instanceof Predicted predicted && predicted.pane() == arrival) {
      List<long[]> arrays = panes.computeIfAbsent(predicted.pane(), p -> new ArrayList<>());
      for (int subgroup : subgroups.of(predicted.cell().values())) {
        array(arrays, subgroup, shape.classes())[predicted.decision()] += amount;
      }
    } else if (counter instanceof Labelled labelled && !labelled.correction()) {
      long cohort = Math.floorDiv(labelled.pane(), panesPerCohort);
      touched.add(cohort);
      int index = shape.index(labelled.step(), labelled.decision(), labelled.label());
      List<long[]> arrays = cohorts.computeIfAbsent(cohort, c -> new ArrayList<>());
      for (int subgroup : subgroups.of(labelled.cell().values())) {
        array(arrays, subgroup, shape.labelled())[index] += amount;
      }
    }
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
    for (long at : panes.tailMap(pane, true).keySet()) {
      predictions += Arrays.stream(predicted(0, at)).sum();
    }
    long labels = 0;
    for (long at : cohorts.tailMap(Math.floorDiv(pane, panesPerCohort), true).keySet()) {
      labels += Arrays.stream(labelled(0, at)).sum();
    }
    return predictions == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1.0, (double) labels / predictions));
  }

  /** Forgets what lies before a pane. */
  public void forgetBefore(long pane) {
    panes.headMap(pane, false).clear();
    cohorts.headMap(Math.floorDiv(pane, panesPerCohort), false).clear();
  }

  @Override
  public long[] labelled(int subgroup, long cohort) {
    return find(cohorts, cohort, subgroup, noLabels);
  }

  @Override
  public long[] predicted(int subgroup, long pane) {
    return find(panes, pane, subgroup, NO_PREDICTIONS);
  }

  private static long[] find(
      NavigableMap<Long, List<long[]>> map, long at, int subgroup, long[] none) {
    List<long[]> arrays = map.getOrDefault(at, List.of());
    return subgroup < arrays.size() && arrays.get(subgroup).length > 0
        ? arrays.get(subgroup)
        : none;
  }

  private static long[] array(List<long[]> arrays, int subgroup, int length) {
    while (arrays.size() <= subgroup) {
      arrays.add(new long[0]);
    }
    if (arrays.get(subgroup).length == 0) {
      arrays.set(subgroup, new long[length]);
    }
    return arrays.get(subgroup);
  }
}
