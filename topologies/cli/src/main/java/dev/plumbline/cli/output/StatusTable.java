package dev.plumbline.cli.output;

import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Health;
import dev.plumbline.schemas.avro.ReferenceFrozen;
import dev.plumbline.schemas.avro.Refused;
import dev.plumbline.schemas.avro.VerdictChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;

/** Where a monitor stands, from what it has published: the last word on everything. */
public final class StatusTable {

  private final Monitor monitor;
  private final SeriesTable series = new SeriesTable();
  private final AlertTable alerts = new AlertTable();
  private final HealthTable health = new HealthTable();
  private final Set<String> refusals = new TreeSet<>();
  private final NavigableMap<Instant, Books> panes = new TreeMap<>();
  private long others;
  private long records;

  /** Nothing is known of the monitor yet. */
  public StatusTable(Monitor monitor) {
    this.monitor = monitor;
  }

  /** Takes an output; those of other monitors, and of other contents of this file, do not count. */
  public void add(SpecificRecord record) {
    if (record instanceof Alert alert && alert.getMonitor().equals(monitor.name())) {
      if (isOurs(alert.getMonitorDigest())) {
        alerts.add(alert);
      }
    } else if (record instanceof Audit audit && audit.getMonitor().equals(monitor.name())) {
      if (isOurs(audit.getMonitorDigest())) {
        event(audit);
      }
    } else if (record instanceof Health told && told.getMonitor().equals(monitor.name())) {
      if (told.getMonitorDigest().equals(monitor.digest())) {
        health.add(told);
      }
    }
  }

  private boolean isOurs(String digest) {
    boolean isOurs = digest.equals(monitor.digest());
    records += isOurs ? 1 : 0;
    others += isOurs ? 0 : 1;
    return isOurs;
  }

  private void event(Audit audit) {
    Object event = audit.getEvent();
    if (event instanceof Books books) {
      panes.put(Objects.requireNonNullElse(audit.getPaneEnd(), Instant.EPOCH), books);
    } else if (event instanceof VerdictChanged changed) {
      series.add(changed);
    } else if (event instanceof ReferenceFrozen frozen) {
      series.add(frozen);
    } else if (event instanceof Refused refused) {
      refusals.add(refused.getProblem() + "; " + refused.getRemedy());
    }
  }

  /** Whether anything is known of the monitor. */
  public boolean isKnown() {
    return records > 0;
  }

  /**
   * The tables; what stops everything is said first.
   *
   * @param now the time by which a heartbeat is missing
   * @param withAll whether every series is named
   */
  public List<String> lines(Instant now, boolean withAll) {
    List<String> lines = new ArrayList<>();
    Duration interval = Duration.ofMillis(monitor.settings().health().heartbeat());
    Optional<String> missing = health.missing(now, interval);
    missing.ifPresent(lines::add);
    lines.add("monitor " + monitor.name() + ", digest " + monitor.digest());
    if (others > 0) {
      lines.add(
          "%,d records of other contents of this monitor file are left out".formatted(others));
    }
    if (!isKnown()) {
      lines.add("nothing is published yet: no pane has closed, or plumbline run has not begun");
      return lines;
    }
    refusals.forEach(why -> lines.add("refused: " + why));
    lines.addAll(health.lines());
    lines.addAll(
        series.lines(
            monitor,
            (model, of) ->
                missing.isPresent()
                    ? Optional.of("monitor_stopped (nothing is judged)")
                    : health.reason(model, of),
            withAll));
    lines.add(alerts.count());
    lines.addAll(alerts.lines(true));
    if (panes.isEmpty()) {
      lines.add("books: none, as no pane has closed");
      return lines;
    }
    BookTable last = new BookTable();
    last.add(panes.lastEntry().getValue());
    lines.add("books of the last closed pane, which ended at " + panes.lastKey());
    lines.addAll(last.lines(Map.of(), true));
    BookTable all = new BookTable();
    panes.values().forEach(all::add);
    lines.add("books of all %,d panes with records".formatted(panes.size()));
    lines.addAll(all.lines(Map.of(), true));
    Advice.of(all, monitor, Map.of()).forEach(advice -> lines.add("warning: " + advice));
    return lines;
  }
}
