package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import org.jspecify.annotations.Nullable;

/**
 * Counters of the books, the same instance for one that was asked for lately: some few of them
 * repeat in every event, and need not be made and compared again.
 */
final class KnownBooks {

  private static final int PLACES = 128;

  private final @Nullable Booked[] recent = new Booked[PLACES];

  /** The counter of records of a partition that were not rejected. */
  Booked of(int partition, RecordState state, String model) {
    int place = (31 * partition + state.hashCode()) & (PLACES - 1);
    Booked known = recent[place];
    if (known == null
        || known.partition() != partition
        || known.state() != state
        || !known.model().equals(model)) {
      known = new Booked(partition, state, RejectReason.NONE, model);
      recent[place] = known;
    }
    return known;
  }
}
