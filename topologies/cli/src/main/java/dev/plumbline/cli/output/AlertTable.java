package dev.plumbline.cli.output;

import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Owner;
import dev.plumbline.schemas.avro.Phase;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The last word on every alert, one line each, the newest first. */
public final class AlertTable {

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");
  private static final String WITHHELD = "withheld";

  private final Map<String, Alert> last = new TreeMap<>();

  /** No alert yet. */
  public AlertTable() {}

  /** Takes a revision of an alert. */
  public void add(Alert alert) {
    last.merge(
        alert.getAlertId(),
        alert,
        (known, next) -> next.getRevision() >= known.getRevision() ? next : known);
  }

  /** The last revisions, the newest alert first. */
  public List<Alert> alerts(boolean openOnly) {
    return last.values().stream()
        .filter(alert -> !openOnly || isOpen(alert))
        .sorted(
            Comparator.comparing(Alert::getOpenedAt)
                .reversed()
                .thenComparing(alert -> alert.getSeries().getMetric())
                .thenComparing(alert -> alert.getSeries().getSubgroup())
                .thenComparing(Alert::getAlertId))
        .toList();
  }

  /** {@code 3 alerts, 1 of them open}. */
  public String count() {
    long open = last.values().stream().filter(AlertTable::isOpen).count();
    return last.isEmpty()
        ? "alerts: none"
        : "alerts: %d opened, %d resolved, %d open"
            .formatted(last.size(), last.size() - open, open);
  }

  private static boolean isOpen(Alert alert) {
    return alert.getPhase() == Phase.OPEN;
  }

  /** A heading and the alerts; nothing if there are none. */
  public List<String> lines(boolean openOnly) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "since",
            "opened",
            "resolved",
            "severity",
            "model",
            "metric",
            "of",
            "went",
            "to",
            "expected",
            "alert"));
    alerts(openOnly).forEach(alert -> rows.add(row(alert)));
    return rows.size() == 1 ? List.of() : Columns.aligned(rows);
  }

  /** The same, with a line below each alert that names its owner, where it has one. */
  public List<String> linesWithOwners(boolean openOnly) {
    List<String> lines = new ArrayList<>(lines(openOnly));
    List<Alert> alerts = alerts(openOnly);
    for (int i = alerts.size() - 1; i >= 0; i--) {
      String owner = owner(alerts.get(i).getOwner());
      if (!owner.isEmpty()) {
        lines.add(i + 2, "  owner: " + owner);
      }
    }
    return lines;
  }

  private static String owner(Owner owner) {
    return Stream.of(
            stated("team ", owner.getTeam()),
            stated("tier ", owner.getTier()),
            stated("runbook ", owner.getRunbook()))
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(", "));
  }

  /** On one line, as a runbook may be several. */
  private static String stated(String what, String text) {
    String line = SPACE.matcher(text).replaceAll(" ").strip();
    return line.isEmpty() ? "" : what + line;
  }

  private static List<String> row(Alert alert) {
    boolean isWithheld = alert.getEffect().getTrials() == 0;
    Instant resolved = alert.getResolvedAt();
    return List.of(
        MINUTES.format(alert.getChangePoint()),
        MINUTES.format(alert.getOpenedAt()),
        resolved == null ? "open" : MINUTES.format(resolved),
        isWithheld ? WITHHELD : String.format(Locale.ROOT, "%.1f", alert.getSeverity()),
        alert.getModel(),
        alert.getSeries().getMetric(),
        alert.getSeries().getSubgroup(),
        alert.getDirection().name(),
        isWithheld ? WITHHELD : share(alert.getEffect().getRate()),
        share(alert.getEffect().getExpected()),
        alert.getAlertId());
  }

  private static String share(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
