package dev.plumbline.alerts;

import dev.plumbline.state.evidence.Finding.Opened;
import dev.plumbline.state.evidence.Finding.Resolved;
import java.util.Optional;

/**
 * One revision of an alert: a departure of a series, open or resolved.
 *
 * @param id the same for all revisions, a function of monitor, series and opening pane
 * @param opened what was found when it opened
 * @param resolved what was found when it was over
 * @param revision 1 when it opens
 */
public record Alert(
    String id, String model, Opened opened, Optional<Resolved> resolved, int revision) {

  /** Where an alert is in its life. */
  public enum Phase {
    OPEN,
    RESOLVED
  }

  /** Where this revision is in the alert's life. */
  public Phase phase() {
    return resolved.isPresent() ? Phase.RESOLVED : Phase.OPEN;
  }

  /** Arrival pane at whose close this revision was made. */
  public long pane() {
    return resolved.map(Resolved::pane).orElse(opened.pane());
  }
}
