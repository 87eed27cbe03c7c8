package dev.plumbline.state.cube;

import dev.plumbline.state.cube.Subgroup.Term;
import dev.plumbline.state.record.Cell;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The subgroups that have been seen, numbered, and the subgroups of each cell. Number 0 is
 * everybody.
 *
 * <p>An attribute has at most {@code cap} values; those after it, in the order in which panes close
 * and by text within a pane, are {@link Cell#OTHER}.
 */
public final class Subgroups {

  private final List<String> attributes;
  private final int intersections;
  private final int cap;
  private final List<Set<String>> admitted = new ArrayList<>();
  private final List<Subgroup> subgroups = new ArrayList<>();
  private final Map<Subgroup, Integer> numbers = new HashMap<>();
  private final Map<List<String>, int[]> ofCells = new LinkedHashMap<>();

  /**
   * No subgroups but everybody.
   *
   * @param intersections most attributes that a subgroup names
   * @param cap most values of an attribute, {@code other} not counted
   */
  public Subgroups(List<String> attributes, int intersections, int cap) {
    this.attributes = List.copyOf(attributes);
    this.intersections = intersections;
    this.cap = cap;
    attributes.forEach(a -> admitted.add(new TreeSet<>()));
    number(Subgroup.ALL);
  }

  /** Number of subgroups seen. */
  public int size() {
    return subgroups.size();
  }

  /** The subgroup of a number. */
  public Subgroup subgroup(int number) {
    return subgroups.get(number);
  }

  /** For each attribute the values that are not folded, for the engine's changelog. */
  public List<Set<String>> admitted() {
    return admitted.stream().map(Set::copyOf).toList();
  }

  /**
   * Restores what {@link #admitted} said, before any cell is seen: which values were the first does
   * not follow from the cells that are still remembered.
   */
  public void restoreAdmitted(List<? extends Set<String>> values) {
    for (int i = 0; i < admitted.size(); i++) {
      admitted.get(i).clear();
      admitted.get(i).addAll(values.get(i));
    }
  }

  /** The distinct capped values of cells, in the order in which they were first asked for. */
  public Iterable<List<String>> seen() {
    return ofCells.keySet();
  }

  /** The subgroups of a cell: all conjunctions of its values up to the depth, everybody first. */
  public int[] of(List<String> values) {
    List<String> capped = capped(values);
    return ofCells.computeIfAbsent(capped, this::enumerate);
  }

  /** Values with those beyond an attribute's cap folded into {@link Cell#OTHER}. */
  public List<String> capped(List<String> values) {
    List<String> capped = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      Set<String> names = admitted.get(i);
      String value = values.get(i);
      if (names.size() < cap && !value.equals(Cell.OTHER)) {
        names.add(value);
      }
      capped.add(names.contains(value) ? value : Cell.OTHER);
    }
    return capped;
  }

  private int[] enumerate(List<String> values) {
    List<List<Term>> conjunctions = new ArrayList<>();
    conjunctions.add(List.of());
    for (int i = 0; i < attributes.size(); i++) {
      Term term = new Term(attributes.get(i), values.get(i));
      for (List<Term> shorter : List.copyOf(conjunctions)) {
        if (shorter.size() < intersections) {
          List<Term> longer = new ArrayList<>(shorter);
          longer.add(term);
          conjunctions.add(longer);
        }
      }
    }
    return conjunctions.stream().mapToInt(terms -> number(new Subgroup(terms))).toArray();
  }

  private int number(Subgroup subgroup) {
    Integer number = numbers.putIfAbsent(subgroup, subgroups.size());
    if (number == null) {
      subgroups.add(subgroup);
      return subgroups.size() - 1;
    }
    return number;
  }
}
