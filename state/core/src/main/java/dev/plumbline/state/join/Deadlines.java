package dev.plumbline.state.join;

import dev.plumbline.state.record.IdHash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Panes at which an id has something to settle or to forget: 16 bytes for each. */
final class Deadlines {

  /** Ids that are given at once, so that their entries are loaded at once. */
  private static final int TOGETHER = 64;

  private final TreeMap<Long, Ids> panes = new TreeMap<>();
  private @Nullable Ids lastIds;
  private long lastPane;

  /** Takes some ids at a pane. */
  interface Due {
    void at(long pane, List<IdHash> ids);
  }

  /** Notes an id at a pane; twice is no harm. */
  void add(long pane, IdHash id) {
    Ids ids = lastIds;
    if (ids == null || pane != lastPane) {
      ids = panes.computeIfAbsent(pane, p -> new Ids());
      lastIds = ids;
      lastPane = pane;
    }
    ids.add(id);
  }

  /**
   * Gives and forgets all ids of panes before the frontier, some at once, oldest pane first; may
   * add meanwhile.
   */
  void until(long frontier, Due due) {
    Map.Entry<Long, Ids> first = panes.firstEntry();
    while (first != null && first.getKey() < frontier) {
      long pane = first.getKey();
      panes.remove(pane);
      lastIds = null;
      first.getValue().forEachOnce(ids -> due.at(pane, ids));
      first = panes.firstEntry();
    }
  }

  /** A list of ids as pairs of longs. */
  private static final class Ids {
    private long[] words = new long[8];
    private int size;

    void add(IdHash id) {
      if (size == words.length) {
        words = Arrays.copyOf(words, 2 * size);
      }
      words[size++] = id.high();
      words[size++] = id.low();
    }

    /** Gives each id once, in the order of its first note. */
    void forEachOnce(Consumer<List<IdHash>> visitor) {
      List<IdHash> together = new ArrayList<>(TOGETHER);
      int mask = Integer.highestOneBit(Math.max(2, size)) * 2 - 1;
      int[] places = new int[mask + 1];
      for (int i = 0; i < size; i += 2) {
        int place = (int) words[i + 1] & mask;
        while (places[place] != 0 && !isSame(places[place] - 1, i)) {
          place = (place + 1) & mask;
        }
        if (places[place] == 0) {
          places[place] = i + 1;
          together.add(new IdHash(words[i], words[i + 1]));
        }
        if (together.size() == TOGETHER || i + 2 == size) {
          visitor.accept(together);
          together.clear();
        }
      }
    }

    private boolean isSame(int one, int other) {
      return words[one] == words[other] && words[one + 1] == words[other + 1];
    }
  }
}
