package dev.plumbline.state.cube;

import dev.plumbline.state.cube.Subgroup.Term;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The subgroups that have been seen, numbered, and the subgroups of each combination of values.
 * Number 0 is everybody.
 */
public final class Subgroups {

  private final List<String> attributes;
  private final int intersections;
  private final List<Subgroup> subgroups = new ArrayList<>();
  private final Map<Subgroup, Integer> numbers = new HashMap<>();
  private final Map<List<String>, int[]> ofCells = new LinkedHashMap<>();

  /**
   * No subgroups but everybody.
   *
   * @param intersections most attributes that a subgroup names
   */
  public Subgroups(List<String> attributes, int intersections) {
    this.attributes = List.copyOf(attributes);
    this.intersections = intersections;
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

  /** The distinct combinations of values, in the order in which they were first asked for. */
  public Iterable<List<String>> seen() {
    return ofCells.keySet();
  }

  /** The subgroups of values: all their conjunctions up to the depth, everybody first. */
  public int[] of(List<String> values) {
    return ofCells.computeIfAbsent(values, this::enumerate);
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
