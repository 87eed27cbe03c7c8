package dev.plumbline.state.join;

import dev.plumbline.state.record.Event;

/**
 * A counted record on its way to the join.
 *
 * @param partition index of its input partition
 * @param offset its offset there
 * @param arrival when it counts, epoch milliseconds
 */
public record Arrived(int partition, long offset, long arrival, Event event) {

  /** The same record arriving no earlier than {@code floor}. */
  public Arrived noEarlierThan(long floor) {
    return arrival >= floor ? this : new Arrived(partition, offset, floor, event);
  }
}
