package dev.plumbline.state.metric.disparity;

import java.util.Collection;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How much accuracy decisions give away against the rule that selects whoever is more likely
 * positive than not, with the probability of a subgroup and score bin taken from its labels
 * (METRICS 7). In [0, 1], desired 0; it inherits the width of the bins and their sampling error.
 *
 * <p>After Biswas et al. (2019), "Quantifying infra-marginality and its trade-off with group
 * fairness".
 *
 * @param groups cells by score bin, by subgroup
 */
public record InfraMarginality(SortedMap<String, SortedMap<Integer, Cell>> groups) {

  /** A bin of fewer records is too small to be relied on. */
  public static final long RELIABLE = 30;

  /**
   * Labelled predictions of a subgroup in a score bin. A commutative monoid under {@link #merge}.
   *
   * @param records at least 0
   * @param positives those with label 1
   * @param selected those with decision 1
   */
  public record Cell(long records, long positives, long selected) {

    public Cell {
      if (Math.min(positives, selected) < 0 || Math.max(positives, selected) > records) {
        throw new IllegalArgumentException(
            "expected positives and selected among the records, were %d and %d of %d"
                .formatted(positives, selected, records));
      }
    }

    /** The records of both. */
    public Cell merge(Cell other) {
      return new Cell(
          Math.addExact(records, other.records),
          Math.addExact(positives, other.positives),
          Math.addExact(selected, other.selected));
    }

    /** Twice the positives minus the records: above 0 the rule selects, at 0 it does not matter. */
    private long lead() {
      return 2 * positives - records;
    }

    /** Records that are decided otherwise than by the rule. */
    long disagreeing() {
      return lead() == 0 ? 0 : lead() > 0 ? records - selected : selected;
    }

    double loss() {
      return records == 0 ? 0 : (double) Math.abs(lead()) / records * disagreeing();
    }
  }

  /**
   * What decisions give away.
   *
   * @param eta expected accuracy lost
   * @param disagreement share of records that are decided otherwise than by the rule
   * @param records number of records, at least 1
   * @param unreliable bins with fewer than {@link #RELIABLE} records
   */
  public record Loss(double eta, double disagreement, long records, int unreliable) {}

  public InfraMarginality {
    SortedMap<String, SortedMap<Integer, Cell>> copy = new TreeMap<>();
    groups.forEach((name, cells) -> copy.put(name, new TreeMap<>(cells)));
    groups = Collections.unmodifiableSortedMap(copy);
  }

  /** The losses of the subgroups that have records. */
  public SortedMap<String, Loss> losses() {
    SortedMap<String, Loss> losses = new TreeMap<>();
    groups.forEach(
        (name, cells) -> {
          if (records(cells.values()) > 0) {
            losses.put(name, loss(cells.values()));
          }
        });
    return losses;
  }

  /** The greatest loss of a subgroup; undefined without a record. */
  public OptionalDouble greatest() {
    return losses().values().stream().mapToDouble(Loss::eta).max();
  }

  /**
   * The loss of all records.
   *
   * @throws IllegalArgumentException without a record
   */
  public Loss overall() {
    return loss(groups.values().stream().flatMap(cells -> cells.values().stream()).toList());
  }

  private static long records(Collection<Cell> cells) {
    return cells.stream().mapToLong(Cell::records).sum();
  }

  private static Loss loss(Collection<Cell> cells) {
    long records = records(cells);
    if (records == 0) {
      throw new IllegalArgumentException("expected records, were none");
    }
    double lost = 0;
    long disagreeing = 0;
    int unreliable = 0;
    for (Cell cell : cells) {
      lost += cell.loss();
      disagreeing += cell.disagreeing();
      unreliable += cell.records > 0 && cell.records < RELIABLE ? 1 : 0;
    }
    return new Loss(lost / records, (double) disagreeing / records, records, unreliable);
  }
}
