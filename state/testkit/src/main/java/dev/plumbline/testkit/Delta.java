package dev.plumbline.testkit;

import dev.plumbline.state.join.Counter;
import java.util.Comparator;

/**
 * The key of an amount: a counter at an arrival pane.
 *
 * @param arrivalPane arrival divided by the pane length
 */
public record Delta(long arrivalPane, Counter counter) implements Comparable<Delta> {

  /** By arrival pane, then by the text of the counter: an order for the eyes, not for speed. */
  private static final Comparator<Delta> ORDER =
      Comparator.comparingLong(Delta::arrivalPane).thenComparing(delta -> delta.counter.toString());

  @Override
  public int compareTo(Delta other) {
    return ORDER.compare(this, other);
  }
}
