package dev.plumbline.cli.output;

import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.schemas.avro.ReferenceFrozen;
import dev.plumbline.schemas.avro.Series;
import dev.plumbline.schemas.avro.VerdictChanged;
import dev.plumbline.state.evidence.RateSettings;
import dev.plumbline.state.evidence.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last verdict on every series. */
public final class SeriesTable {

  private static final Set<String> NOT_ARMED =
      Set.of(Verdict.Reason.UNARMED.text(), Verdict.Reason.NOT_IDENTIFIED.text());

  private static final Set<String> OF_FEEDS =
      Set.of(dev.plumbline.schemas.avro.Verdict.clear.name(), Verdict.Reason.NO_DATA.text());

  private static final int FEW = 8;

  private final Map<String, Map<String, VerdictChanged>> models = new TreeMap<>();
  private final Map<String, ReferenceFrozen> references = new HashMap<>();

  /** Why a series cannot be judged, whatever its last verdict was. */
  public interface Health {

    /** The reason, in words; empty if its feeds are well. */
    Optional<String> reason(String model, Series series);
  }

  /** Nothing is known yet. */
  public SeriesTable() {}

  /** Takes a change of a verdict, which replaces the one before. */
  public void add(VerdictChanged changed) {
    models
        .computeIfAbsent(changed.getModel(), model -> new TreeMap<>())
        .put(changed.getSeries().getMetric() + " of " + changed.getSeries().getSubgroup(), changed);
  }

  /** What is clear, or without data, is undecided while it depends on a feed that is not well. */
  private static String verdict(VerdictChanged changed, Health health) {
    String verdict =
        changed.getVerdict() == dev.plumbline.schemas.avro.Verdict.undecided
            ? String.valueOf(changed.getReason())
            : changed.getVerdict().name();
    return OF_FEEDS.contains(verdict)
        ? health
            .reason(changed.getModel(), changed.getSeries())
            .map(reason -> "undecided, " + reason)
            .orElse(verdict)
        : verdict;
  }

  /** Takes the word that a model's reference is complete. */
  public void add(ReferenceFrozen frozen) {
    references.put(frozen.getModel(), frozen);
  }

  /**
   * For every model of the monitor whether it is watched, its series by verdict, and what an
   * undecided one lacks.
   *
   * @param health what is undecided because its feeds are not well
   * @param withAll whether all series are named, or a few of each verdict
   */
  public List<String> lines(Monitor monitor, Health health, boolean withAll) {
    if (monitor.watches().isEmpty()) {
      return List.of("series: none, as the monitor has no watches");
    }
    Set<String> names = new TreeSet<>(monitor.models());
    names.addAll(models.keySet());
    List<String> lines = new ArrayList<>();
    for (String model : names) {
      Map<String, String> verdicts = new TreeMap<>();
      models
          .getOrDefault(model, Map.of())
          .forEach((name, changed) -> verdicts.put(name, verdict(changed, health)));
      lines.addAll(lines(model, verdicts, monitor, withAll));
    }
    return lines;
  }

  private List<String> lines(
      String model, Map<String, String> verdicts, Monitor monitor, boolean withAll) {
    if (verdicts.isEmpty()) {
      return List.of(
          "model %s: no series armed, as the reference %s is not complete, or has no prediction of"
                  .formatted(model, reference(monitor))
              + " this model; it is at the end of the pane in which the slowest input passes it");
    }
    long armed = verdicts.values().stream().filter(verdict -> !NOT_ARMED.contains(verdict)).count();
    List<String> lines = new ArrayList<>();
    lines.add(
        "model %s: %d of %d series armed by the reference %s%s"
            .formatted(model, armed, verdicts.size(), reference(monitor), size(model, monitor)));
    Map<String, List<String>> series = new TreeMap<>();
    verdicts.forEach(
        (name, verdict) -> series.computeIfAbsent(verdict, v -> new ArrayList<>()).add(name));
    series.forEach((verdict, those) -> lines.add(line(verdict, those, withAll)));
    if (armed == 0) {
      lines.add("  " + howToArm());
    }
    return lines;
  }

  private static String line(String verdict, List<String> series, boolean withAll) {
    int told = withAll ? series.size() : Math.min(FEW, series.size());
    String more = told < series.size() ? " and %d more".formatted(series.size() - told) : "";
    return "  %d %s: %s%s"
        .formatted(
            series.size(), meaning(verdict), String.join(", ", series.subList(0, told)), more);
  }

  /** The words of the audit; their details tell sizes of small groups, and are not repeated. */
  private static String meaning(String verdict) {
    for (Verdict.Reason reason : Verdict.Reason.values()) {
      if (reason.text().equals(verdict)) {
        return "undecided, " + verdict + " (" + why(reason) + ")";
      }
    }
    return verdict;
  }

  private static String why(Verdict.Reason reason) {
    return switch (reason) {
      case WARM_UP -> "until something predicted after the reference is known";
      case UNARMED -> "until there is a longer reference";
      case NO_DATA -> "until events come again";
      case NOT_IDENTIFIED -> "until there are labels for both decisions";
    };
  }

  private static String howToArm() {
    return String.format(
        Locale.ROOT,
        "a series is armed by a reference with at least %d of its events, %d of either outcome;"
            + " make the reference longer, or subgroups coarser",
        RateSettings.MIN_TRIALS,
        RateSettings.MIN_SIDE);
  }

  private static String reference(Monitor monitor) {
    return monitor
        .reference()
        .map(span -> Instant.ofEpochMilli(span.from()) + " to " + Instant.ofEpochMilli(span.to()))
        .orElse("");
  }

  private String size(String model, Monitor monitor) {
    ReferenceFrozen frozen = references.get(model);
    int fewest = monitor.subgroups().publishMin();
    return frozen == null
        ? ""
        : " (%s predictions, %s labels)"
            .formatted(count(frozen.getPredictions(), fewest), count(frozen.getLabels(), fewest));
  }

  private static String count(long events, int fewest) {
    return events == 0 || events >= fewest
        ? String.format(Locale.ROOT, "%,d", events)
        : "fewer than " + fewest;
  }
}
