package dev.plumbline.e2e.real;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.BookEntry;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.Reject;
import dev.plumbline.state.cube.LabelAge;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that a run published.
 *
 * @param published the revisions of each key in their order
 */
record Outcome(List<Published> published) {

  Outcome {
    published = List.copyOf(published);
  }

  /** The sequence of records of each key: what P1 promises to be the same. */
  Map<String, List<Published>> byKey() {
    Map<String, List<Published>> keys = new TreeMap<>();
    for (Published record : published) {
      keys.computeIfAbsent(record.output() + " " + record.key(), key -> new ArrayList<>())
          .add(record);
    }
    return keys;
  }

  private <T> Stream<T> values(Class<T> type) {
    return published.stream().map(Published::value).filter(type::isInstance).map(type::cast);
  }

  /** All statements, all revisions. */
  List<Metrics> metrics() {
    return values(Metrics.class).toList();
  }

  /** The last revision of every statement at the last label age. */
  List<Metrics> finals() {
    Map<String, Metrics> last = new LinkedHashMap<>();
    for (Published record : published) {
      if (record.value() instanceof Metrics metrics
          && LabelAge.FINAL.equals(metrics.getLabelAge())) {
        last.put(record.key(), metrics);
      }
    }
    return List.copyOf(last.values());
  }

  /** All alerts, all phases. */
  List<Alert> alerts() {
    return values(Alert.class).toList();
  }

  List<Reject> rejects() {
    return values(Reject.class).toList();
  }

  /** The events of one kind on the audit topic. */
  <T> List<T> audit(Class<T> type) {
    return values(Audit.class)
        .map(Audit::getEvent)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  /** The books summed over all panes: by topic, state and, if there is one, reason. */
  Map<String, Long> books() {
    Map<String, Long> sums = new TreeMap<>();
    for (Books books : audit(Books.class)) {
      for (BookEntry entry : books.getEntries()) {
        String reason = entry.getReason() == null ? "" : " " + entry.getReason();
        sums.merge(entry.getTopic() + " " + entry.getState() + reason, entry.getCount(), Long::sum);
      }
    }
    sums.values().removeIf(count -> count == 0);
    return sums;
  }
}
