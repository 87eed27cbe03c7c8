package dev.plumbline.state.evidence;

import dev.plumbline.state.time.AgeSteps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A simulated binary classifier with late labels, as the counters that a watch reads. Attributes:
 * sex (F, M) and region (N, S); subgroups: all, each value, and sex with region.
 */
final class Stream implements Counts {

  static final List<Subgroup> SUBGROUPS =
      List.of(
          Subgroup.ALL,
          new Subgroup("sex=F", 1),
          new Subgroup("sex=M", 1),
          new Subgroup("sex=F&region=N", 2),
          new Subgroup("sex=F&region=S", 2));

  private static final double PREVALENCE = 0.3;

  /** What the world is like; each test changes what it is about. */
  static class World {
    double events(long pane) {
      return 60;
    }

    double decides(long pane, boolean female, int label) {
      return label == 1 ? 0.8 : 0.12;
    }

    /** Mean delay of a label in panes. */
    double delay(int label) {
      return label == 1 ? 30 : 8;
    }

    boolean labels(long pane, int decision) {
      return true;
    }
  }

  private record Arrival(long pane, boolean female, boolean north, int decision, int label) {}

  private final World world;
  private final AgeSteps ages;
  private final int panesPerCohort;
  private final SplittableRandom random;
  private final long[] zeros;
  private final List<Map<Long, long[]>> labelled = new ArrayList<>();
  private final List<Map<Long, long[]>> predicted = new ArrayList<>();
  private final Map<Long, List<Arrival>> due = new HashMap<>();

  Stream(RateSettings settings, World world, long seed) {
    this.world = world;
    ages = settings.ages();
    panesPerCohort = settings.panesPerCohort();
    random = new SplittableRandom(seed);
    zeros = new long[(ages.count() + 1) * 4];
    for (int s = 0; s < SUBGROUPS.size(); s++) {
      labelled.add(new HashMap<>());
      predicted.add(new HashMap<>());
    }
  }

  /** Lets a pane happen; returns the cohorts touched. Panes ascend. */
  long[] happen(long pane) {
    int events = poisson(world.events(pane));
    for (int i = 0; i < events; i++) {
      predict(pane);
    }
    TreeSet<Long> touched = new TreeSet<>();
    List<Arrival> arrivals = due.remove(pane);
    if (arrivals != null) {
      arrivals.forEach(arrival -> touched.add(label(arrival, pane)));
    }
    return touched.stream().mapToLong(Long::longValue).toArray();
  }

  private void predict(long pane) {
    boolean female = random.nextDouble() < 0.4;
    boolean north = random.nextDouble() < 0.5;
    int label = random.nextDouble() < PREVALENCE ? 1 : 0;
    int decision = random.nextDouble() < world.decides(pane, female, label) ? 1 : 0;
    Arrival arrival = new Arrival(pane, female, north, decision, label);
    members(arrival)
        .forEach(s -> predicted.get(s).computeIfAbsent(pane, p -> new long[2])[decision]++);
    double delay = -Math.log(1 - random.nextDouble()) * world.delay(label);
    if (world.labels(pane, decision)) {
      due.computeIfAbsent(pane + (long) delay, p -> new ArrayList<>()).add(arrival);
    }
  }

  private long label(Arrival arrival, long pane) {
    long cohort = Math.floorDiv(arrival.pane, (long) panesPerCohort);
    int index = ages.step(pane - arrival.pane) * 4 + arrival.decision * 2 + arrival.label;
    members(arrival)
        .forEach(s -> labelled.get(s).computeIfAbsent(cohort, c -> zeros.clone())[index]++);
    return cohort;
  }

  private static List<Integer> members(Arrival arrival) {
    return arrival.female ? List.of(0, 1, arrival.north ? 3 : 4) : List.of(0, 2);
  }

  private int poisson(double mean) {
    int count = 0;
    for (double product = random.nextDouble(); product > Math.exp(-mean); count++) {
      product *= random.nextDouble();
    }
    return count;
  }

  @Override
  public long[] labelled(int subgroup, long cohort) {
    return labelled.get(subgroup).getOrDefault(cohort, zeros);
  }

  @Override
  public long[] predicted(int subgroup, long pane) {
    return predicted.get(subgroup).getOrDefault(pane, new long[2]);
  }
}
