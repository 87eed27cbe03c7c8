package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Booked;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How many predictions await a label, by the last pane in which one may come: when that is over
 * they have expired, and nobody has to look at each of them.
 */
final class Awaiting {

  private final NavigableMap<Long, Map<Booked, long[]>> panes = new TreeMap<>();

  /** Adds to the number of those that await a label until the end of a pane. */
  void add(long lastPane, Booked booked, long amount) {
    panes.computeIfAbsent(lastPane, p -> new HashMap<>())
            .computeIfAbsent(booked, b -> new long[1])[0] +=
        amount;
  }

  /** Gives and forgets those of the panes before the frontier. */
  void until(long frontier, DeltaSink expired) {
    NavigableMap<Long, Map<Booked, long[]>> over = panes.headMap(frontier, false);
    over.forEach(
        (pane, counts) -> counts.forEach((booked, count) -> expired.add(pane, booked, count[0])));
    over.clear();
  }
}
