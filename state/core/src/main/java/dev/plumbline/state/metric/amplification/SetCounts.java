package dev.plumbline.state.metric.amplification;

import dev.plumbline.state.metric.Contingency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Records by the exact set of their items and their group, true and predicted (METRICS 0.1). One
 * increment for each record; how many records have a set among their items is summed when it is
 * asked. A commutative monoid under {@link #merge}.
 *
 * @param groups number of groups
 * @param counts records by what they are, each at least 1
 */
public record SetCounts(int groups, SortedMap<Row, Long> counts) {

  /** Most items, which are bits of a set. */
  public static final int MOST_ITEMS = Long.SIZE - 1;

  /** Most items of a set of {@link #allSubsets} by default. */
  public static final int DEFAULT_MOST = 3;

  /**
   * Most sets that {@link #allSubsets} may have to look at: those of {@link #DEFAULT_MOST} out of
   * {@link #MOST_ITEMS}, and all of 15 items.
   */
  public static final int MOST_SUBSETS = 50_000;

  /**
   * What a record is.
   *
   * @param labels true items as bits
   * @param predictions predicted items as bits
   * @param group true group, from 0
   * @param predictedGroup predicted group, the true one where none is predicted
   */
  public record Row(long labels, long predictions, int group, int predictedGroup)
      implements Comparable<Row> {

    private static final Comparator<Row> ORDER =
        Comparator.comparingLong(Row::labels)
            .thenComparingLong(Row::predictions)
            .thenComparingInt(Row::group)
            .thenComparingInt(Row::predictedGroup);

    @Override
    public int compareTo(Row other) {
      return ORDER.compare(this, other);
    }
  }

  /** Which of its sets and groups a record is counted by. */
  public enum View {
    /** True items, true group. */
    TRUE(false, false),
    /** Predicted items, predicted group. */
    PREDICTED(true, true),
    /** Predicted items, true group. */
    PREDICTED_ITEMS(true, false),
    /** True items, predicted group. */
    PREDICTED_GROUP(false, true);

    private final boolean hasPredictedItems;
    private final boolean hasPredictedGroup;

    View(boolean hasPredictedItems, boolean hasPredictedGroup) {
      this.hasPredictedItems = hasPredictedItems;
      this.hasPredictedGroup = hasPredictedGroup;
    }

    private long items(Row row) {
      return hasPredictedItems ? row.predictions : row.labels;
    }

    private int group(Row row) {
      return hasPredictedGroup ? row.predictedGroup : row.group;
    }
  }

  public SetCounts {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    counts.forEach(
        (row, count) -> {
          if (Math.min(row.labels, row.predictions) < 0
              || Math.min(row.group, row.predictedGroup) < 0
              || Math.max(row.group, row.predictedGroup) >= groups
              || count < 1) {
            throw new IllegalArgumentException(
                "expected at most %d items and groups below %d, was %s %d times"
                    .formatted(MOST_ITEMS, groups, row, count));
          }
        });
  }

  /** No record. */
  public static SetCounts empty(int groups) {
    return new SetCounts(groups, new TreeMap<>());
  }

  /** These records and those. */
  public SetCounts merge(SetCounts other) {
    if (groups != other.groups) {
      throw new IllegalArgumentException(
          "only counts of the same groups merge, were " + groups + " and " + other.groups);
    }
    SortedMap<Row, Long> merged = new TreeMap<>(counts);
    other.counts.forEach((row, count) -> merged.merge(row, count, Math::addExact));
    return new SetCounts(groups, merged);
  }

  /** Records of each true group. */
  public List<Long> groupSizes() {
    return sizes(row -> true, View.TRUE);
  }

  private List<Long> sizes(Predicate<Row> which, View view) {
    long[] sizes = new long[groups];
    counts.forEach(
        (row, count) -> {
          if (which.test(row)) {
            int group = view.group(row);
            sizes[group] = Math.addExact(sizes[group], count);
          }
        });
    return LongStream.of(sizes).boxed().toList();
  }

  /** For each set the records that have all its items, by group; at least one set. */
  public Contingency having(List<Long> sets, View view) {
    List<List<Long>> table = new ArrayList<>();
    for (long set : sets) {
      table.add(sizes(row -> (view.items(row) & set) == set, view));
    }
    return new Contingency(table);
  }

  private long having(long set) {
    return sizes(row -> (row.labels & set) == set, View.TRUE).stream().reduce(0L, Math::addExact);
  }

  /**
   * The sets that are all the items of more than {@code threshold} reference records, and among the
   * items of more than {@code threshold} records of the window; by their items.
   *
   * @param least fewest items of a set, at least 1
   */
  public static List<Long> observedFullSets(
      SetCounts reference, SetCounts window, long threshold, int least) {
    SortedMap<Long, Long> full = new TreeMap<>();
    reference.counts.forEach((row, count) -> full.merge(row.labels, count, Math::addExact));
    return ordered(
        full.entrySet().stream()
            .filter(entry -> entry.getValue() > threshold)
            .map(Map.Entry::getKey)
            .filter(set -> Long.bitCount(set) >= Math.max(1, least))
            .filter(set -> window.having(set) > threshold)
            .toList());
  }

  /**
   * All sets that occur in the reference and in the window; by their items. There are up to {@code
   * 2^n - 1} of n items, so their size has a bound.
   *
   * @param least fewest items of a set, at least 1
   * @param most most items of a set
   * @throws IllegalArgumentException if the items of the reference have more than {@link
   *     #MOST_SUBSETS} subsets of this size
   */
  public static List<Long> allSubsets(SetCounts reference, SetCounts window, int least, int most) {
    long items = 0;
    SortedSet<Long> full = new TreeSet<>();
    for (Row row : reference.counts.keySet()) {
      items |= row.labels;
      full.add(row.labels);
    }
    requireFew(Long.bitCount(items), most);
    Set<Long> sets = new TreeSet<>();
    full.forEach(labels -> subsets(labels, 0, most, sets));
    return ordered(
        sets.stream()
            .filter(set -> Long.bitCount(set) >= Math.max(1, least))
            .filter(set -> window.having(set) > 0)
            .toList());
  }

  private static void requireFew(int items, int most) {
    long subsets = 0;
    long ofThisSize = 1;
    for (int size = 1; size <= Math.min(items, most) && subsets <= MOST_SUBSETS; size++) {
      ofThisSize = ofThisSize * (items - size + 1) / size;
      subsets += ofThisSize;
    }
    if (subsets > MOST_SUBSETS) {
      throw new IllegalArgumentException(
          "expected at most %d subsets, were more: of %d items, at most %d each"
              .formatted(MOST_SUBSETS, items, most));
    }
  }

  private static void subsets(long left, long taken, int most, Set<Long> sets) {
    sets.add(taken);
    if (most == 0) {
      return;
    }
    for (long rest = left; rest != 0; rest &= rest - 1) {
      long item = Long.lowestOneBit(rest);
      subsets(rest & ~item, taken | item, most - 1, sets);
    }
  }

  /** The items of a set, ascending. */
  public static List<Integer> items(long set) {
    return IntStream.range(0, MOST_ITEMS).filter(i -> (set >>> i & 1) == 1).boxed().toList();
  }

  private static List<Long> ordered(List<Long> sets) {
    return sets.stream().sorted(SetCounts::compareItems).toList();
  }

  private static int compareItems(long a, long b) {
    List<Integer> one = items(a);
    List<Integer> other = items(b);
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return Integer.compare(one.get(i), other.get(i));
      }
    }
    return Integer.compare(one.size(), other.size());
  }
}
