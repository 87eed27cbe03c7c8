package dev.plumbline.alerts;

import dev.plumbline.state.evidence.Finding.Opened;
import dev.plumbline.state.evidence.Finding.Resolved;
import dev.plumbline.state.record.Sha256;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The open alerts of one model of a monitor: OPEN, then RESOLVED (METHOD section 6). */
public final class AlertBook {

  private final String digest;
  private final String model;
  private final Map<String, Alert> open = new TreeMap<>();

  /**
   * No open alerts.
   *
   * @param digest digest of the monitor file
   */
  public AlertBook(String digest, String model) {
    this.digest = digest;
    this.model = model;
  }

  /** A series has departed. */
  public Alert open(Opened opened) {
    String series = opened.series().text();
    if (open.containsKey(series)) {
      throw new IllegalStateException("series " + series + " departed twice");
    }
    String id = Sha256.hex(digest, model, series, Long.toString(opened.pane()));
    Alert alert = new Alert(id, model, opened, Optional.empty(), 1);
    open.put(series, alert);
    return alert;
  }

  /** A departure is over. */
  public Alert resolve(Resolved resolved) {
    Alert alert = open.remove(resolved.series().text());
    if (alert == null) {
      throw new IllegalStateException(
          "series " + resolved.series().text() + " was resolved but not open");
    }
    return new Alert(
        alert.id(), model, alert.opened(), Optional.of(resolved), alert.revision() + 1);
  }

  /** The open alerts by series, for the engine's changelog. */
  public Map<String, Alert> alerts() {
    return open;
  }

  /** Restores an open alert. */
  public void restore(Opened opened) {
    open(opened);
  }
}
