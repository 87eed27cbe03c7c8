package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.Attribute;
import dev.plumbline.pipeline.monitor.Fields.Coding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What a monitor may cost at most, if every attribute has as many values as its cap allows and all
 * combinations occur, in one version of each model (FLOW section 3). Numbers are exact products,
 * saturating.
 *
 * @param cohorts kept at a time: as many as the longest window or the horizon reaches back
 * @param cells finest attribute combinations of all models, and ways in which labels are sampled
 * @param ageSteps steps of label age, with the one beyond the horizon
 * @param subgroups including everybody
 * @param series watched for a change
 * @param stateBytes counters of labelled cells, without score histograms
 * @param statementsPerDay metrics records for new windows, one for each age step and one without
 */
public record Sizes(
    long cohorts,
    long cells,
    long ageSteps,
    long subgroups,
    long series,
    long stateBytes,
    long statementsPerDay) {

  /** Most bytes of labelled counters, at worst: 64 GiB. */
  public static final long MAX_STATE_BYTES = 64L << 30;

  /** Most metrics records a day, at worst. */
  public static final long MAX_STATEMENTS_PER_DAY = 20_000_000;

  /* Decision times label, first labels and corrections. */
  private static final long COUNTERS = 8;

  /* A value of an attribute with a cap may also be other or missing. */
  private static final int OTHER_AND_MISSING = 2;

  /** Sizes of a monitor. */
  static Sizes of(Monitor monitor) {
    Windows windows = monitor.windows();
    long models = monitor.models().size();
    long steps = monitor.ages().count() + 1L;
    long cohorts = cohorts(monitor);
    List<Long> values = valueCounts(monitor);
    long cells = times(times(models, samplings(monitor)), values.stream().reduce(1L, Sizes::times));
    long subgroups = subgroups(values, monitor.subgroups().intersections());
    long metrics =
        monitor.watches().stream()
            .mapToLong(watch -> ((Watch.Performance) watch).metrics().size())
            .sum();
    long bytes = times(times(times(cohorts, cells), times(steps, COUNTERS)), Long.BYTES);
    long kinds = windows.sizes().size() + (windows.all() ? 1L : 0L);
    long perDay = Math.max(1, Span.DAY.millis() / windows.advance().millis());
    return new Sizes(
        cohorts,
        cells,
        steps,
        subgroups,
        times(times(metrics, subgroups), monitor.models().size()),
        bytes,
        times(times(times(perDay, kinds), times(subgroups, models)), steps + 1));
  }

  /** Ways in which labels are sampled, and whether at all. */
  private static long samplings(Monitor monitor) {
    boolean isSelective =
        monitor.predictions().stream().anyMatch(feed -> !feed.review().selected().isEmpty());
    return Flows.samplings(monitor).size() * (isSelective ? 2L : 1L);
  }

  private static long cohorts(Monitor monitor) {
    long reach = monitor.labels().horizon().millis();
    for (Span size : monitor.windows().sizes()) {
      reach = Math.max(reach, size.millis());
    }
    return -Math.floorDiv(-reach, monitor.cohort().millis());
  }

  private static List<Long> valueCounts(Monitor monitor) {
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i < monitor.subgroups().attributes().size(); i++) {
      long values = 0;
      for (Feed.Predictions feed : monitor.predictions()) {
        values = Math.max(values, valueCount(feed.attributes().get(i), monitor.subgroups().cap()));
      }
      String name = monitor.subgroups().attributes().get(i);
      for (Feed.Attributes feed : monitor.attributes()) {
        Optional<Attribute> attribute = feed.attribute(name);
        if (attribute.isPresent()) {
          values = Math.max(values, valueCount(attribute.get(), monitor.subgroups().cap()));
        }
      }
      counts.add(values + OTHER_AND_MISSING);
    }
    return counts;
  }

  private static long valueCount(Attribute attribute, long cap) {
    if (attribute.coding() instanceof Coding.Binned binned) {
      return Math.min(cap, binned.names().size());
    }
    if (attribute.coding() instanceof Coding.Elsewhere) {
      return 0;
    }
    return attribute.coding() instanceof Coding.Renamed renamed
        ? Math.min(cap, new HashSet<>(renamed.map().values()).size())
        : cap;
  }

  /* Elementary symmetric sums of the value counts, up to the number of attributes named at once. */
  private static long subgroups(List<Long> values, int intersections) {
    long[] sums = new long[intersections + 1];
    sums[0] = 1;
    for (long count : values) {
      for (int named = intersections; named > 0; named--) {
        sums[named] = plus(sums[named], times(sums[named - 1], count));
      }
    }
    long total = 0;
    for (long sum : sums) {
      total = plus(total, sum);
    }
    return total;
  }

  private static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  private static long times(long a, long b) {
    return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
  }

  /** The limits that are exceeded. */
  List<Problem> refused(Source source) {
    List<Problem> problems = new ArrayList<>();
    if (stateBytes > MAX_STATE_BYTES) {
      problems.add(
          new Problem(
              source.position("subgroups.cap"),
              "subgroups.cap",
              "at most MAX_STATE_BYTES = " + MAX_STATE_BYTES + " bytes of counters",
              String.format(
                  "%d cohorts x %d cells x %d age steps x %d counters = %d bytes",
                  cohorts, cells, ageSteps, COUNTERS, stateBytes),
              "lower subgroups.cap, or name fewer attributes or ages"));
    }
    if (statementsPerDay > MAX_STATEMENTS_PER_DAY) {
      problems.add(
          new Problem(
              source.position("subgroups.intersections"),
              "subgroups.intersections",
              "at most MAX_STATEMENTS_PER_DAY = " + MAX_STATEMENTS_PER_DAY,
              statementsPerDay + " for " + subgroups + " subgroups",
              "lower subgroups.intersections or subgroups.cap, or raise windows.advance"));
    }
    return problems;
  }
}
