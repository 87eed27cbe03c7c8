package dev.plumbline.state.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Numbers of values in order of first use, so that tables and entries hold an int for each.
 *
 * @param <T> a value whose equality is its content
 */
public final class Numbering<T extends Comparable<? super T>> {

  private final List<T> values = new ArrayList<>();
  private final Map<T, Integer> numbers = new HashMap<>();
  private int[] ranks = {};

  /** The number of a value, the next free one at its first use. */
  public int number(T value) {
    Integer number = numbers.putIfAbsent(value, values.size());
    if (number != null) {
      return number;
    }
    values.add(value);
    return values.size() - 1;
  }

  /** The value of a number. */
  public T value(int number) {
    return values.get(number);
  }

  /** The value that was numbered first among those equal to this one. */
  public T known(T value) {
    return values.get(number(value));
  }

  /** How many values have a number. */
  public int size() {
    return values.size();
  }

  /** For each number the place of its value in ascending order; a view until the next value. */
  int[] ranks() {
    if (ranks.length != values.size()) {
      Integer[] ascending = new Integer[values.size()];
      for (int i = 0; i < ascending.length; i++) {
        ascending[i] = i;
      }
      Arrays.sort(ascending, Comparator.comparing(values::get));
      ranks = new int[ascending.length];
      for (int rank = 0; rank < ascending.length; rank++) {
        ranks[ascending[rank]] = rank;
      }
    }
    return ranks;
  }
}
