package dev.plumbline.cli.output;

import dev.plumbline.schemas.avro.Affects;
import dev.plumbline.schemas.avro.Health;
import dev.plumbline.schemas.avro.HealthKind;
import dev.plumbline.schemas.avro.HealthState;
import dev.plumbline.schemas.avro.Series;
import dev.plumbline.state.evidence.RateMetric;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whether monitors run and are fed, by the last word of each condition and the last heartbeat. */
public final class HealthTable {

  /** So many heartbeats may be missing before a monitor counts as not running. */
  private static final int MISSING = 3;

  private final Map<String, Health> last = new TreeMap<>();

  /** Nothing is known. */
  public HealthTable() {}

  /** Takes a record, in whatever order they come. */
  public void add(Health record) {
    String key =
        "%s|%s|%s|%s|%s|%s"
            .formatted(
                record.getMonitor(),
                record.getKind(),
                record.getModel(),
                record.getTopic(),
                record.getPartition(),
                record.getAttribute());
    last.merge(key, record, (known, next) -> next.getAt().isBefore(known.getAt()) ? known : next);
  }

  /**
   * What is wrong with the heartbeat; nothing if the monitor runs, or has never written one.
   *
   * @param interval between two heartbeats
   */
  public Optional<String> missing(Instant now, Duration interval) {
    Optional<Health> beat =
        last.values().stream().filter(r -> r.getKind() == HealthKind.heartbeat).findFirst();
    if (beat.isEmpty()) {
      return Optional.empty();
    }
    Instant at = beat.get().getAt().truncatedTo(ChronoUnit.SECONDS);
    if (beat.get().getState() == HealthState.closed) {
      return Optional.of(
          "the monitor is not running since %s: it was told to stop; start it with plumbline run"
              .formatted(at));
    }
    return at.plus(interval.multipliedBy(MISSING)).isBefore(now)
        ? Optional.of(
            "the monitor is not running since %s: its heartbeat is missing; look what became of"
                    .formatted(at)
                + " plumbline run, and start it again")
        : Optional.empty();
  }

  /** The conditions that are open. */
  public List<Health> open() {
    return last.values().stream()
        .filter(record -> record.getKind() != HealthKind.heartbeat)
        .filter(record -> record.getState() == HealthState.open)
        .toList();
  }

  /** A line for each open condition, with its remedy. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    List<Health> open = open();
    if (last.isEmpty()) {
      return lines;
    }
    lines.add("feed alerts: " + (open.isEmpty() ? "none open" : open.size() + " open"));
    for (Health record : open) {
      lines.add(
          "  %s: %s since %s: %s; %s"
              .formatted(
                  record.getMonitor(),
                  record.getKind(),
                  record.getSince().truncatedTo(ChronoUnit.SECONDS),
                  record.getMessage(),
                  record.getRemedy()));
    }
    return lines;
  }

  /** Why a series of a model cannot be judged now: the first open condition that it depends on. */
  public Optional<String> reason(String model, Series series) {
    return open().stream()
        .filter(record -> record.getModel() == null || record.getModel().equals(model))
        .filter(record -> dependsOn(series, record))
        .map(record -> record.getKind() + " (" + record.getMessage() + ")")
        .findFirst();
  }

  private static boolean dependsOn(Series series, Health record) {
    Affects affects = record.getAffects();
    return switch (affects) {
      case everything -> true;
      case labelled -> isLabelled(series.getMetric());
      case attribute -> names(series.getSubgroup(), String.valueOf(record.getAttribute()));
      case nothing -> false;
    };
  }

  private static boolean isLabelled(String metric) {
    return Arrays.stream(RateMetric.values())
        .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(metric))
        .allMatch(RateMetric::labelled);
  }

  private static boolean names(String subgroup, String attribute) {
    return Arrays.stream(subgroup.split(" [&:] ", -1))
        .anyMatch(term -> term.startsWith(attribute + "="));
  }
}
