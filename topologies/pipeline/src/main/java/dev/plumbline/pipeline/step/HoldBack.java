package dev.plumbline.pipeline.step;

import dev.plumbline.state.flow.MergeBlock.Leaver;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Deltas;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Deltas by arrival pane, until the frontier has passed the pane's end. */
final class HoldBack {

  private final NavigableMap<Long, Pane> panes = new TreeMap<>();
  private @Nullable Pane last;
  private long lastPane;

  /** What arrived in one pane. */
  static final class Pane {
    private final Deltas cells = new Deltas();
    private final Deltas books = new Deltas();
    private final List<Leaver> leavers = new ArrayList<>();

    /** Changes of cells. */
    Deltas cells() {
      return cells;
    }

    /** Changes of the books. */
    Deltas books() {
      return books;
    }

    /** Records that left, in no particular order. */
    List<Leaver> leavers() {
      return leavers;
    }
  }

  void add(long pane, Counter counter, long amount) {
    Pane held = last;
    if (held == null || pane != lastPane) {
      held = panes.computeIfAbsent(pane, p -> new Pane());
      last = held;
      lastPane = pane;
    }
    (counter instanceof Booked ? held.books : held.cells).add(pane, counter, amount);
  }

  void left(Leaver leaver) {
    panes.computeIfAbsent(leaver.pane(), p -> new Pane()).leavers.add(leaver);
  }

  /** The first pane at or after this one that holds anything, or {@code Long.MAX_VALUE}. */
  long next(long from) {
    Long next = panes.ceilingKey(from);
    return next == null ? Long.MAX_VALUE : next;
  }

  /** What is held of a pane, which stays held. */
  Pane peek(long pane) {
    return panes.getOrDefault(pane, new Pane());
  }

  /** What is held of a pane, which is let go. */
  Pane take(long pane) {
    last = null;
    Pane held = panes.remove(pane);
    return held == null ? new Pane() : held;
  }
}
