package dev.plumbline.state.cube;

import java.util.Arrays;

/** Sparse counts by a small non-negative key, ascending; the histogram of a cell or subgroup. */
public final class Bins {

  private int[] keys = new int[4];
  private long[] counts = new long[4];
  private int size;

  /** Adds to the count of a key; counts that become zero stay as zero. */
  public void add(int key, long amount) {
    int at = size > 0 && keys[size - 1] < key ? -size - 1 : Arrays.binarySearch(keys, 0, size, key);
    if (at >= 0) {
      counts[at] += amount;
      return;
    }
    insert(-at - 1, key, amount);
  }

  /** Adds all counts of another histogram. */
  public void addAll(Bins other) {
    if (other.size == 0) {
      return;
    }
    int[] mergedKeys = new int[size + other.size];
    long[] mergedCounts = new long[size + other.size];
    int merged = 0;
    int i = 0;
    int j = 0;
    while (i < size || j < other.size) {
      boolean mine = j == other.size || (i < size && keys[i] <= other.keys[j]);
      boolean theirs = i == size || (j < other.size && other.keys[j] <= keys[i]);
      mergedKeys[merged] = mine ? keys[i] : other.keys[j];
      mergedCounts[merged++] = (mine ? counts[i++] : 0) + (theirs ? other.counts[j++] : 0);
    }
    keys = mergedKeys;
    counts = mergedCounts;
    size = merged;
  }

  /** Number of keys. */
  public int size() {
    return size;
  }

  /** The i-th key, ascending. */
  public int key(int i) {
    return keys[i];
  }

  /** The count of the i-th key. */
  public long count(int i) {
    return counts[i];
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
