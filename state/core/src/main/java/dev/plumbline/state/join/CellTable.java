package dev.plumbline.state.join;

import dev.plumbline.state.record.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers of the cells that pending entries name, in order of first use; part of a join's state.
 */
final class CellTable {

  private final List<Cell> cells = new ArrayList<>();
  private final Map<Cell, Integer> numbers = new HashMap<>();

  int number(Cell cell) {
    Integer number = numbers.get(cell);
    if (number == null) {
      number = cells.size();
      numbers.put(cell, number);
      cells.add(cell);
    }
    return number;
  }

  Cell cell(int number) {
    return cells.get(number);
  }

  int size() {
    return cells.size();
  }
}
