package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Booked;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many predictions await a label, by the last pane in which one may come: when that is over
 * they have expired, and nobody has to look at each of them.
 */
final class Awaiting {

  private static final int RECENT = 64;

  private final NavigableMap<Long, Map<Booked, long[]>> panes = new TreeMap<>();

  /** Panes and books repeat, some few of them in every event: where the last of each went. */
  private final @Nullable Recent[] recent = new Recent[RECENT];

  @SuppressWarnings("ArrayRecordComponent") // A number that changes; never compared.
  private record Recent(long pane, Booked booked, long[] count) {}

  /** Adds to the number of those that await a label until the end of a pane. */
  void add(long lastPane, Booked booked, long amount) {
    int place = (31 * booked.partition() + (int) lastPane) & (RECENT - 1);
    Recent known = recent[place];
    if (known == null || known.pane != lastPane || !known.booked.equals(booked)) {
      long[] count =
          panes
              .computeIfAbsent(lastPane, p -> new HashMap<>())
              .computeIfAbsent(booked, b -> new long[1]);
      known = new Recent(lastPane, booked, count);
      recent[place] = known;
    }
    known.count[0] += amount;
  }

  /** Gives and forgets those of the panes before the frontier. */
  void until(long frontier, DeltaSink expired) {
    NavigableMap<Long, Map<Booked, long[]>> over = panes.headMap(frontier, false);
    over.forEach(
        (pane, counts) -> counts.forEach((booked, count) -> expired.add(pane, booked, count[0])));
    if (!over.isEmpty()) {
      over.clear();
      Arrays.fill(recent, null);
    }
  }
}
