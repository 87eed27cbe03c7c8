package dev.plumbline.cli.demo;

import dev.plumbline.cli.demo.Scenario.Planted;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Estimate;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.Phase;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prints windows and alerts as they come, and at the end what became of what was planted. */
final class Screen {

  private static final String ROW = "%-12s %-22s %-34s %s";
  private static final int DATE_LENGTH = "2026-01-01".length();

  private final PrintWriter out;
  private final Scenario scenario;
  private final List<Alert> opened = new ArrayList<>();
  private final Set<Instant> windows = new HashSet<>();

  Screen(PrintWriter out, Scenario scenario) {
    this.out = out;
    this.scenario = scenario;
  }

  void show(Published published) {
    if (published.value() instanceof Alert alert) {
      show(alert);
    } else if (published.value() instanceof Metrics metrics) {
      show(metrics);
    }
    out.flush();
  }

  /** One line for each day, when its labels can no longer change. */
  private void show(Metrics metrics) {
    Instant start = metrics.getWindowStart();
    boolean isWanted =
        metrics.getWindowSize().equals("1d")
            && metrics.getSubgroup().equals("all")
            && "final".equals(metrics.getLabelAge());
    if (isWanted && start != null && metrics.getMaturity() >= 1 && windows.add(start)) {
      out.printf(
          Locale.ROOT,
          "window %s  predictions %,d  labelled %s  selection %s  accuracy %s  tpr %s  fpr %s%n",
          start.toString().substring(0, DATE_LENGTH),
          metrics.getCounters().getPredictions(),
          metrics.getCounters().getLabelled(),
          value(metrics, "selection_rate"),
          value(metrics, "accuracy"),
          value(metrics, "tpr"),
          value(metrics, "fpr"));
    }
  }

  private static String value(Metrics metrics, String name) {
    return metrics.getMetrics().stream()
        .filter(estimate -> estimate.getName().equals(name))
        .findFirst()
        .map(Estimate::getValue)
        .map(Screen::share)
        .orElse("-");
  }

  private static String share(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  private void show(Alert alert) {
    boolean isOpen = alert.getPhase() == Phase.OPEN;
    if (isOpen) {
      opened.add(alert);
    }
    out.printf(
        "ALERT %s %s  %s of %s went %s: %s, expected %s%s, since %s%n",
        isOpen ? "opened " : "resolved",
        isOpen ? alert.getOpenedAt() : alert.getResolvedAt(),
        alert.getSeries().getMetric(),
        alert.getSeries().getSubgroup(),
        alert.getDirection(),
        share(alert.getEffect().getRate()),
        share(alert.getEffect().getExpected()),
        alert.getComplement() == null
            ? ""
            : ", complement " + share(alert.getComplement().getRate()),
        alert.getChangePoint());
  }

  /** Prints the table "planted / found, after how long"; true if all is as it must be. */
  boolean conclude() {
    out.println();
    out.println(ROW.formatted("planted", "where", "since", "found"));
    boolean isRight = true;
    for (Planted planted : scenario.planted()) {
      List<Alert> alerts = found(planted);
      isRight &= alerts.isEmpty() != planted.isFault();
      String metric = planted.isFault() ? planted.metric() + " of " : "";
      out.println(
          ROW.formatted(
              planted.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
              metric + planted.subgroup(),
              planted.since() + (planted.isFault() ? "" : ", must not alarm"),
              verdict(planted, alerts)));
    }
    List<Alert> early = early();
    out.printf(
        "%d alerts opened, %d of them before anything that may raise one was planted%n",
        opened.size(), early.size());
    out.flush();
    return isRight && early.isEmpty();
  }

  private static String verdict(Planted planted, List<Alert> alerts) {
    if (!planted.isFault()) {
      return alerts.isEmpty() ? "no alert, as it must be" : alerts.size() + " false alerts";
    }
    return alerts.isEmpty() ? "not found" : after(planted, alerts.get(0));
  }

  private static String after(Planted planted, Alert alert) {
    Duration time = Duration.between(planted.since(), alert.getOpenedAt());
    return "after %d d %d h".formatted(time.toDays(), time.toHoursPart());
  }

  private List<Alert> found(Planted planted) {
    if (!planted.isFault()) {
      return early();
    }
    return opened.stream()
        .filter(alert -> alert.getSeries().getMetric().equals(planted.metric()))
        .filter(alert -> alert.getSeries().getSubgroup().equals(planted.subgroup()))
        .filter(alert -> alert.getDirection() == planted.direction())
        .filter(alert -> alert.getOpenedAt().isAfter(planted.since()))
        .toList();
  }

  /** Alerts before the first fault: nothing that was planted can have raised them. */
  private List<Alert> early() {
    Instant first =
        scenario.planted().stream()
            .filter(Planted::isFault)
            .map(Planted::since)
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    return opened.stream().filter(alert -> alert.getOpenedAt().isBefore(first)).toList();
  }
}
