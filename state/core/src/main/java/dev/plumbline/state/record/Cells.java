package dev.plumbline.state.record;

import java.util.HashMap;
import java.util.Map;

/** One instance for each cell that was met lately: comparing it with itself costs nothing. */
public final class Cells {

  private static final int LIMIT = 1 << 14;

  private final Map<Cell, Cell> known = new HashMap<>();

  /** The one instance of a cell. */
  public Cell known(Cell cell) {
    Cell before = known.get(cell);
    if (before != null) {
      return before;
    }
    if (known.size() == LIMIT) {
      known.clear();
    }
    known.put(cell, cell);
    return cell;
  }
}
