package dev.plumbline.state.cube;

import java.util.Arrays;

/**
 * Counts by a small non-negative key: the score histogram of a cell or subgroup. Few keys are kept
 * sorted beside their counts, many in an array by key.
 */
public final class Bins {

  private static final int DENSE_SHARE = 4;

  private final int capacity;
  private int[] keys = new int[4];
  private long[] counts = new long[4];
  private int size;
  private boolean isDense;

  /**
   * No counts.
   *
   * @param capacity keys are less than this
   */
  public Bins(int capacity) {
    this.capacity = capacity;
  }

  /** Hears counts. */
  @FunctionalInterface
  public interface Visitor {

    /** A key and its count, not zero. */
    void bin(int key, long count);
  }

  /** Number of keys that were added to, or all keys where these are many. */
  public int size() {
    return isDense ? capacity : size;
  }

  /** Adds to the count of a key. */
  public void add(int key, long amount) {
    if (isDense) {
      counts[key] += amount;
      return;
    }
    int at = size > 0 && keys[size - 1] < key ? -size - 1 : Arrays.binarySearch(keys, 0, size, key);
    if (at >= 0) {
      counts[at] += amount;
    } else if (size >= capacity / DENSE_SHARE) {
      makeDense();
      counts[key] += amount;
    } else {
      insert(-at - 1, key, amount);
    }
  }

  /** Adds all counts of another histogram of the same capacity. */
  public void addAll(Bins other) {
    if (!isDense && size + other.size >= capacity / DENSE_SHARE) {
      makeDense();
    }
    if (other.isDense) {
      makeDense();
      for (int key = 0; key < capacity; key++) {
        counts[key] += other.counts[key];
      }
      return;
    }
    for (int i = 0; i < other.size; i++) {
      add(other.keys[i], other.counts[i]);
    }
  }

  /** Gives every count that is not zero, keys ascending. */
  public void forEach(Visitor visitor) {
    for (int i = 0; i < (isDense ? capacity : size); i++) {
      if (counts[i] != 0) {
        visitor.bin(isDense ? i : keys[i], counts[i]);
      }
    }
  }

  private void makeDense() {
    if (isDense) {
      return;
    }
    long[] dense = new long[capacity];
    for (int i = 0; i < size; i++) {
      dense[keys[i]] = counts[i];
    }
    counts = dense;
    keys = new int[0];
    isDense = true;
  }

  private void insert(int at, int key, long amount) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    System.arraycopy(counts, at, counts, at + 1, size - at);
    keys[at] = key;
    counts[at] = amount;
    size++;
  }
}
