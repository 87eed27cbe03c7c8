package dev.plumbline.state.join;

import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The bound on records of one id. It counts raw records per id, kind and interval of arrival, and
 * the first by arrival stay: a later one then never changes what was known earlier, so the bound is
 * a function of the set.
 */
record Copies(JoinRules rules) {

  private static final Comparator<Arrived> ARRIVAL_ORDER =
      Comparator.comparingLong(Arrived::arrival)
          .thenComparingLong(a -> a.event().time())
          .thenComparingLong(a -> a.event().sequence())
          .thenComparing(Copies::compareContent)
          .thenComparingInt(Arrived::partition);

  /** The record that is one too many now that one was added. */
  Optional<Arrived> beyondBound(Arrived added, List<Arrived> records) {
    Retention retention = new Retention(rules);
    List<Arrived> rivals = new ArrayList<>();
    for (Arrived record : records) {
      if (Retention.isLabel(record) == Retention.isLabel(added)
          && retention.interval(record) == retention.interval(added)) {
        rivals.add(record);
      }
    }
    return rivals.size() <= rules.timing().copies()
        ? Optional.empty()
        : rivals.stream().max(ARRIVAL_ORDER);
  }

  private static int compareContent(Arrived a, Arrived b) {
    return a.event() instanceof Label label
        ? label.compareContent((Label) b.event())
        : ((Prediction) a.event()).compareContent((Prediction) b.event());
  }
}
