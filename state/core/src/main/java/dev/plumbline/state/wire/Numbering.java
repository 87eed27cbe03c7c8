package dev.plumbline.state.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Numbers of values in order of first use, so that blocks, tables and entries hold an int for each.
 * Open addressing: asking for the number of a value makes no object.
 *
 * @param <T> a value whose equality is its content
 */
public final class Numbering<T extends Comparable<? super T>> {

  private static final int[] NO_PLACES = {0, 0};

  private final List<T> values = new ArrayList<>();
  private int[] places = NO_PLACES;
  private int[] ranks = {};

  /** The number of a value, the next free one at its first use. */
  public int number(T value) {
    int mask = places.length - 1;
    int place = spread(value.hashCode()) & mask;
    while (places[place] != 0) {
      if (values.get(places[place] - 1).equals(value)) {
        return places[place] - 1;
      }
      place = (place + 1) & mask;
    }
    values.add(value);
    if (3 * values.size() > places.length) {
      grow();
    } else {
      places[place] = values.size();
    }
    return values.size() - 1;
  }

  private void grow() {
    places = new int[8 * Integer.highestOneBit(values.size())];
    int mask = places.length - 1;
    for (int number = 0; number < values.size(); number++) {
      int place = spread(values.get(number).hashCode()) & mask;
      while (places[place] != 0) {
        place = (place + 1) & mask;
      }
      places[place] = number + 1;
    }
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
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
  public int[] ranks() {
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
