package dev.plumbline.state.metric.comparison;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** The class that most models predict (METRICS 10). */
public final class ModalLabel {

  private ModalLabel() {}

  /**
   * The most frequent class; of several the largest.
   *
   * @param votes predicted classes, at least one
   */
  public static int of(Collection<Integer> votes) {
    if (votes.isEmpty()) {
      throw new IllegalArgumentException("expected at least one vote, was none");
    }
    SortedMap<Integer, Integer> counts = new TreeMap<>();
    votes.forEach(vote -> counts.merge(vote, 1, Integer::sum));
    int most = 0;
    int modal = 0;
    for (var entry : counts.entrySet()) {
      if (entry.getValue() >= most) {
        most = entry.getValue();
        modal = entry.getKey();
      }
    }
    return modal;
  }
}
