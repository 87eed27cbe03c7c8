package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.Attribute;
import dev.plumbline.pipeline.monitor.Fields.Coding;
import dev.plumbline.pipeline.monitor.Flow.Exclusion;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.state.cube.CubeRules;
import dev.plumbline.state.cube.LabelAge;
import dev.plumbline.state.cube.Shape;
import dev.plumbline.state.cube.WindowSpec;
import dev.plumbline.state.evidence.RateMetric;
import dev.plumbline.state.evidence.ReferencePanes;
import dev.plumbline.state.evidence.Watched;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Sampling;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A monitor as its steps see it. */
public final class Flows {

  private static final int BINARY = 2;

  private Flows() {}

  /**
   * The flow of a run.
   *
   * @param inputs all partitions of the monitor's topics, predictions first
   * @param exclusions idle decisions of an earlier run that this one repeats; else empty
   */
  public static Flow of(Monitor monitor, List<InputPartition> inputs, List<Exclusion> exclusions) {
    return new Flow(
        monitor.name(),
        monitor.digest(),
        Set.copyOf(monitor.models()),
        monitor.joinRules(),
        cube(monitor),
        watch(monitor),
        monitor.windows().idle().millis(),
        monitor.windows().ahead().millis(),
        monitor.settings().shards(),
        inputs,
        exclusions,
        monitor.settings().health(),
        monitor.owner());
  }

  private static CubeRules cube(Monitor monitor) {
    Windows windows = monitor.windows();
    long pane = windows.pane().millis();
    List<WindowSpec> specs = new ArrayList<>();
    long advance = windows.advance().millis() / pane;
    long block = advance;
    for (Span size : windows.sizes()) {
      specs.add(new WindowSpec(size.toString(), size.millis() / pane, advance));
      block = greatestCommonDivisor(block, size.millis() / pane);
    }
    if (windows.all()) {
      specs.add(new WindowSpec("all", 0, advance));
    }
    return new CubeRules(
        monitor.subgroups().attributes(),
        monitor.subgroups().intersections(),
        monitor.subgroups().cap(),
        named(monitor),
        elsewhere(monitor),
        monitor.subgroups().publishMin(),
        new Shape(BINARY, monitor.ages().beyond() + 1, monitor.joinRules().bins()),
        samplings(monitor),
        block,
        specs,
        ages(monitor));
  }

  /** How labels may be sampled in one of the feeds. */
  static List<Sampling> samplings(Monitor monitor) {
    SortedSet<Sampling> samplings = new TreeSet<>();
    for (Feed.Predictions feed : monitor.predictions()) {
      Set<String> strata = new HashSet<>();
      feed.review().stratum().ifPresent(attribute -> strata.addAll(strata(attribute)));
      for (String stratum : strata.isEmpty() ? Set.of("") : strata) {
        if (feed.review().acted().isPresent()) {
          samplings.add(new Sampling(stratum, 0, true));
          samplings.add(new Sampling(stratum, 1, true));
        } else {
          samplings.add(new Sampling(stratum, Sampling.DECIDED, true));
        }
      }
    }
    return List.copyOf(samplings);
  }

  private static Set<String> strata(Attribute attribute) {
    Set<String> strata = new HashSet<>(named(attribute));
    strata.addAll(List.of(Cell.OTHER, Cell.MISSING));
    return strata;
  }

  /** For each attribute the values that one of the feeds names. */
  private static List<Set<String>> named(Monitor monitor) {
    List<Set<String>> named = new ArrayList<>();
    for (int i = 0; i < monitor.subgroups().attributes().size(); i++) {
      Set<String> values = new HashSet<>();
      for (Feed.Predictions feed : monitor.predictions()) {
        values.addAll(named(feed.attributes().get(i)));
      }
      String name = monitor.subgroups().attributes().get(i);
      for (Feed.Attributes feed : monitor.attributes()) {
        feed.attribute(name).ifPresent(attribute -> values.addAll(named(attribute)));
      }
      named.add(values);
    }
    return named;
  }

  private static Set<String> elsewhere(Monitor monitor) {
    Set<String> names = new HashSet<>();
    for (Feed.Attributes feed : monitor.attributes()) {
      feed.attributes().forEach(attribute -> names.add(attribute.name()));
    }
    names.retainAll(monitor.subgroups().attributes());
    return names;
  }

  private static Set<String> named(Attribute attribute) {
    if (attribute.coding() instanceof Coding.Binned binned) {
      return Set.copyOf(binned.names());
    }
    return attribute.coding() instanceof Coding.Renamed renamed
        ? Set.copyOf(renamed.map().values())
        : Set.of();
  }

  private static List<LabelAge> ages(Monitor monitor) {
    Timing timing = monitor.timing();
    List<LabelAge> ages = new ArrayList<>();
    for (Span age : monitor.labels().ages()) {
      ages.add(new LabelAge(age.toString(), age.millis() / timing.pane()));
    }
    long last = -Math.floorDiv(-timing.retention(), timing.pane()) + 1;
    ages.add(new LabelAge(LabelAge.FINAL, last));
    return ages;
  }

  private static Optional<WatchRules> watch(Monitor monitor) {
    if (monitor.reference().isEmpty() || monitor.watches().isEmpty()) {
      return Optional.empty();
    }
    long pane = monitor.windows().pane().millis();
    Monitor.Interval reference = monitor.reference().get();
    return Optional.of(
        new WatchRules(
            (int) (monitor.cohort().millis() / pane),
            new ReferencePanes(reference.from() / pane, reference.to() / pane),
            monitor.falseAlarms().perThirtyDays(),
            metrics(monitor),
            polarity(monitor)));
  }

  private static List<Watched> metrics(Monitor monitor) {
    List<Watched> metrics = new ArrayList<>();
    for (Watch watch : monitor.watches()) {
      if (watch instanceof Watch.Performance performance) {
        double tolerance = performance.tolerate().orElse(Watched.DEFAULT_TOLERANCE);
        for (Watch.Metric metric : performance.metrics()) {
          metrics.add(new Watched(RateMetric.valueOf(metric.name()), tolerance));
        }
      }
    }
    return metrics;
  }

  private static WatchRules.Polarity polarity(Monitor monitor) {
    return new WatchRules.Polarity() {
      @Override
      public Optional<WatchRules.Refusal> byLabel(long[] positives, long[] negatives) {
        return PolarityCheck.score(monitor, positives, negatives).map(Flows::refusal);
      }

      @Override
      public Optional<WatchRules.Refusal> byDecision(long[] positives, long[] negatives) {
        return PolarityCheck.decision(monitor, positives, negatives).map(Flows::refusal);
      }
    };
  }

  private static WatchRules.Refusal refusal(Problem problem) {
    return new WatchRules.Refusal(problem.text(), problem.remedy());
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
