package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.wire.Numbering;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sums of deltas; a sum of zero is no delta. Confined to one task.
 *
 * <p>Open addressing over arrays of primitives, with cells by number: a sum costs 48 bytes and two
 * to four ints of index, and adding to it makes no object.
 */
public final class Deltas implements DeltaSink {

  /*
   * An entry is six longs: arrival pane; kind and number of the cell (or of the books' counter);
   * prediction pane; age step, decision and label; score bin and whether it is a correction; sum.
   */
  private static final int ENTRY = 6;

  private static final int OWNER = 1;
  private static final int PANE = 2;
  private static final int CLASSES = 3;
  private static final int BIN = 4;
  private static final int SUM = 5;
  private static final long PREDICTED = 0;
  private static final long LABELLED = 1;
  private static final long BOOKED = 2;
  private static final int CLASS_BITS = 24;
  private static final int CLASS_MASK = (1 << CLASS_BITS) - 1;
  private static final int SMALL = 64;
  private static final int RECENT = 64;

  /** Numbers by which sums are ordered. */
  private static final int FIELDS = 8;

  /** Cells that keep their numbers when all sums are forgotten. */
  private static final int NUMBERS_KEPT = 4096;

  private static final Cell NO_CELL = new Cell("", "", List.of());

  private Numbering<Cell> cells = new Numbering<>();
  private Numbering<Booked> books = new Numbering<>();
  private long[] entries = new long[SMALL * ENTRY];
  private int[] index = new int[2 * SMALL];
  private int used;
  private int size;
  private int[] order = {};
  private boolean isSorted;
  private Cell lastCell = NO_CELL;
  private int lastNumber = -1;
  private final @Nullable Booked[] recent = new Booked[RECENT];
  private final int[] recentNumbers = new int[RECENT];
  private final int[] recentPlaces = new int[RECENT];

  @Override
  public void add(long pane, Counter counter, long amount) {
    if (counter instanceof Predicted c) {
      long owner = (PREDICTED << Integer.SIZE) | number(c.cell());
      add(pane, owner, c.pane(), classes(0, c.decision(), 0), (long) c.bin() << 1, amount);
    } else if (counter instanceof Labelled c) {
      long owner = (LABELLED << Integer.SIZE) | number(c.cell());
      long bin = ((long) c.bin() << 1) | (c.correction() ? 1 : 0);
      add(pane, owner, c.pane(), classes(c.step(), c.decision(), c.label()), bin, amount);
    } else if (counter instanceof Booked c) {
      book(pane, c, amount);
    }
  }

  /** Books repeat, some few of them in every event: where the last of each went is kept. */
  private void book(long pane, Booked booked, long amount) {
    int recently = booked.hashCode() & (RECENT - 1);
    if (!booked.equals(recent[recently])) {
      recent[recently] = booked;
      recentNumbers[recently] = books.number(booked);
      recentPlaces[recently] = 0;
    }
    long owner = (BOOKED << Integer.SIZE) | recentNumbers[recently];
    int at = recentPlaces[recently] * ENTRY;
    if (at < used * ENTRY && entries[at] == pane && entries[at + OWNER] == owner) {
      addAt(at, amount);
    } else {
      recentPlaces[recently] = add(pane, owner, 0, 0, 0, amount);
    }
  }

  private int number(Cell cell) {
    if (!cell.equals(lastCell)) {
      lastNumber = cells.number(cell);
      lastCell = cell;
    }
    return lastNumber;
  }

  private static long classes(int step, int decision, int label) {
    return ((long) step << (2 * CLASS_BITS)) | ((long) decision << CLASS_BITS) | label;
  }

  /** Adds to a sum, and returns its place among the entries. */
  private int add(long arrival, long owner, long pane, long classes, long bin, long amount) {
    int mask = index.length - 1;
    int place = hash(arrival, owner, pane, classes, bin) & mask;
    while (index[place] != 0) {
      int at = (index[place] - 1) * ENTRY;
      if (entries[at] == arrival
          && entries[at + OWNER] == owner
          && entries[at + PANE] == pane
          && entries[at + CLASSES] == classes
          && entries[at + BIN] == bin) {
        addAt(at, amount);
        return at / ENTRY;
      }
      place = (place + 1) & mask;
    }
    index[place] = used + 1;
    int at = used++ * ENTRY;
    entries[at] = arrival;
    entries[at + OWNER] = owner;
    entries[at + PANE] = pane;
    entries[at + CLASSES] = classes;
    entries[at + BIN] = bin;
    entries[at + SUM] = amount;
    size += amount == 0 ? 0 : 1;
    isSorted = false;
    if (2 * used == index.length) {
      grow();
    }
    return used - 1;
  }

  private void addAt(int at, long amount) {
    long before = entries[at + SUM];
    entries[at + SUM] = before + amount;
    size += before == 0 ? 1 : 0;
    size -= before + amount == 0 ? 1 : 0;
    isSorted &= before != 0 && before + amount != 0;
  }

  private static int hash(long arrival, long owner, long pane, long classes, long bin) {
    long hash = arrival * 0x9E3779B97F4A7C15L + owner;
    hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L + pane;
    hash = (hash ^ (hash >>> 32)) * 0x94D049BB133111EBL + (classes * 31 + bin);
    hash *= 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 32);
  }

  private void grow() {
    entries = Arrays.copyOf(entries, 2 * entries.length);
    index = new int[2 * index.length];
    int mask = index.length - 1;
    for (int i = 0; i < used; i++) {
      int at = i * ENTRY;
      int place =
          hash(
                  entries[at],
                  entries[at + OWNER],
                  entries[at + PANE],
                  entries[at + CLASSES],
                  entries[at + BIN])
              & mask;
      while (index[place] != 0) {
        place = (place + 1) & mask;
      }
      index[place] = i + 1;
    }
  }

  /** Number of sums that are not zero. */
  public int size() {
    return size;
  }

  /** Forgets all sums. */
  public void clear() {
    if (used == 0) {
      return;
    }
    if (index.length > 2 * SMALL && 8 * used < index.length) {
      entries = new long[SMALL * ENTRY];
      index = new int[2 * SMALL];
    } else {
      Arrays.fill(index, 0);
    }
    used = 0;
    size = 0;
    isSorted = false;
    if (cells.size() > NUMBERS_KEPT) {
      cells = new Numbering<>();
      lastCell = NO_CELL;
    }
    if (books.size() > NUMBERS_KEPT) {
      books = new Numbering<>();
      Arrays.fill(recent, null);
    }
  }

  /**
   * Gives all sums in an order that is a function of their set: by arrival, kind, cell, prediction
   * pane and the rest of the counter; books by partition, state, reason and model.
   */
  public void forEach(DeltaSink sink) {
    sort();
    for (int i = 0; i < size; i++) {
      int at = order[i] * ENTRY;
      sink.add(entries[at], counter(at), entries[at + SUM]);
    }
  }

  /** Gives the sums of predictions alone, in the same order. */
  public void forEachPredicted(PredictedSink sink) {
    sort();
    for (int i = 0; i < size; i++) {
      int at = order[i] * ENTRY;
      if (entries[at + OWNER] >> Integer.SIZE == PREDICTED) {
        sink.add(entries[at], (Predicted) counter(at), entries[at + SUM]);
      }
    }
  }

  /** Takes the sums of predictions. */
  public interface PredictedSink {
    void add(long pane, Predicted counter, long amount);
  }

  /** The cells that any sum is of, each once, in no particular order. */
  public List<Cell> cells() {
    BitSet numbers = new BitSet();
    for (int at = 0; at < used * ENTRY; at += ENTRY) {
      if (entries[at + SUM] != 0 && entries[at + OWNER] >> Integer.SIZE != BOOKED) {
        numbers.set((int) entries[at + OWNER]);
      }
    }
    return numbers.stream().mapToObj(cells::value).toList();
  }

  private Counter counter(int at) {
    long kind = entries[at + OWNER] >> Integer.SIZE;
    int number = (int) entries[at + OWNER];
    if (kind == BOOKED) {
      return books.value(number);
    }
    long classes = entries[at + CLASSES];
    int decision = (int) (classes >> CLASS_BITS) & CLASS_MASK;
    int bin = (int) (entries[at + BIN] >> 1);
    long pane = entries[at + PANE];
    return kind == PREDICTED
        ? new Predicted(cells.value(number), pane, decision, bin)
        : new Labelled(
            cells.value(number),
            pane,
            (int) (classes >> (2 * CLASS_BITS)),
            (entries[at + BIN] & 1) == 1,
            decision,
            (int) classes & CLASS_MASK,
            bin);
  }

  private void sort() {
    if (isSorted) {
      return;
    }
    order = new int[size];
    int count = 0;
    for (int i = 0; i < used; i++) {
      if (entries[i * ENTRY + SUM] != 0) {
        order[count++] = i;
      }
    }
    int[][] ranks = {cells.ranks(), cells.ranks(), books.ranks()};
    if (!sortPacked(ranks)) {
      mergeSort(order.clone(), order, 0, size, ranks);
    }
    isSorted = true;
  }

  /** Sorts by packed keys; false if these do not fit, and nothing is sorted. */
  private boolean sortPacked(int[][] ranks) {
    PackedKeys packed = new PackedKeys(FIELDS);
    long[] fields = new long[FIELDS];
    for (int place : order) {
      read(place * ENTRY, ranks, fields);
      packed.see(fields);
    }
    if (!packed.fit(size)) {
      return false;
    }
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      read(order[i] * ENTRY, ranks, fields);
      keys[i] = packed.key(fields) + i;
    }
    Arrays.sort(keys);
    int[] unsorted = order.clone();
    for (int i = 0; i < size; i++) {
      order[i] = unsorted[PackedKeys.position(keys[i], size)];
    }
    return true;
  }

  /** What {@link #compare} compares, one after the other; panes as seen from the arrival. */
  private void read(int at, int[][] ranks, long[] fields) {
    long owner = entries[at + OWNER];
    int kind = (int) (owner >> Integer.SIZE);
    long classes = entries[at + CLASSES];
    fields[0] = entries[at];
    fields[1] = kind;
    fields[2] = ranks[kind][(int) owner];
    fields[3] = kind == BOOKED ? 0 : entries[at + PANE] - entries[at];
    fields[4] = classes >> (2 * CLASS_BITS);
    fields[5] = (classes >> CLASS_BITS) & CLASS_MASK;
    fields[6] = classes & CLASS_MASK;
    fields[7] = entries[at + BIN];
  }

  /** Sorts {@code to} in [low, high), given that {@code from} is a copy of it. */
  private void mergeSort(int[] from, int[] to, int low, int high, int[][] ranks) {
    if (high - low < 2) {
      return;
    }
    int middle = (low + high) >>> 1;
    mergeSort(to, from, low, middle, ranks);
    mergeSort(to, from, middle, high, ranks);
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takesLeft =
          right == high || (left < middle && compare(from[left], from[right], ranks) <= 0);
      to[i] = takesLeft ? from[left++] : from[right++];
    }
  }

  private int compare(int one, int other, int[][] ranks) {
    int a = one * ENTRY;
    int b = other * ENTRY;
    if (entries[a] != entries[b]) {
      return Long.compare(entries[a], entries[b]);
    }
    if (entries[a + OWNER] != entries[b + OWNER]) {
      int kindA = (int) (entries[a + OWNER] >> Integer.SIZE);
      int kindB = (int) (entries[b + OWNER] >> Integer.SIZE);
      return kindA != kindB
          ? Integer.compare(kindA, kindB)
          : Integer.compare(
              ranks[kindA][(int) entries[a + OWNER]], ranks[kindB][(int) entries[b + OWNER]]);
    }
    for (int i = PANE; i < SUM; i++) {
      if (entries[a + i] != entries[b + i]) {
        return Long.compare(entries[a + i], entries[b + i]);
      }
    }
    return 0;
  }
}
