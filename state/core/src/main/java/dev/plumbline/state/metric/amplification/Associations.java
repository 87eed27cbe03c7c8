package dev.plumbline.state.metric.amplification;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Contingency;
import dev.plumbline.state.metric.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * How many records of each attribute value have each task value. Task values may exclude each other
 * (classes) or not (items of one record). A commutative monoid under {@link #merge}.
 *
 * @param counts for each attribute value its records by task value, at most its size
 * @param sizes records of each attribute value; together they are all records, so that no value of
 *     the attribute may be left out
 */
public record Associations(List<List<Long>> counts, List<Long> sizes) {

  public Associations {
    counts = counts.stream().map(List::copyOf).toList();
    sizes = List.copyOf(sizes);
    int tasks = counts.isEmpty() ? 0 : counts.get(0).size();
    if (tasks == 0 || counts.size() != sizes.size()) {
      throw new IllegalArgumentException(
          "expected sizes of as many values as counts, were " + counts + " and " + sizes);
    }
    for (int a = 0; a < counts.size(); a++) {
      long size = sizes.get(a);
      if (counts.get(a).size() != tasks
          || counts.get(a).stream().anyMatch(count -> count < 0 || count > size)) {
        throw new IllegalArgumentException(
            "expected " + tasks + " counts from 0 to " + size + ", were " + counts.get(a));
      }
    }
  }

  /**
   * A table with a row for each attribute value and a column for each task value, of records that
   * have one of each.
   */
  public static Associations of(Contingency table) {
    return new Associations(table.counts(), table.rowSums());
  }

  /**
   * What the labels say.
   *
   * @param cells for each attribute value the cells of each task value, against all others; those
   *     of one attribute value are of the same records
   */
  public static Associations ofLabels(List<List<Confusion>> cells) {
    return of(cells, Confusion::positives);
  }

  /** What the predictions say, of the same records. */
  public static Associations ofPredictions(List<List<Confusion>> cells) {
    return of(cells, Confusion::selected);
  }

  private static Associations of(List<List<Confusion>> cells, ToLongFunction<Confusion> hits) {
    List<List<Long>> counts = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (List<Confusion> row : cells) {
      if (row.stream().mapToLong(Confusion::labelled).distinct().count() > 1) {
        throw new IllegalArgumentException(
            "cells of an attribute value must be of the same records, were " + row);
      }
      counts.add(row.stream().map(hits::applyAsLong).toList());
      sizes.add(row.stream().findFirst().orElse(Confusion.EMPTY).labelled());
    }
    return new Associations(counts, sizes);
  }

  /** The records of both, which must have the same values. */
  public Associations merge(Associations other) {
    Contingency merged = new Contingency(counts).merge(new Contingency(other.counts));
    return new Associations(
        merged.counts(),
        IntStream.range(0, sizes.size())
            .mapToObj(a -> Math.addExact(sizes.get(a), other.sizes.get(a)))
            .toList());
  }

  /** The same with these task values alone. */
  public Associations ofTasks(List<Integer> tasks) {
    return new Associations(
        counts.stream().map(row -> tasks.stream().map(row::get).toList()).toList(), sizes);
  }

  /** Number of attribute values. */
  public int attributes() {
    return counts.size();
  }

  /** Number of task values. */
  public int tasks() {
    return counts.get(0).size();
  }

  /** Records of an attribute value with a task value. */
  public long count(int attribute, int task) {
    return counts.get(attribute).get(task);
  }

  /** Records of an attribute value. */
  public long size(int attribute) {
    return sizes.get(attribute);
  }

  /** Records with a task value. */
  public long taskSize(int task) {
    return counts.stream().map(row -> row.get(task)).reduce(0L, Math::addExact);
  }

  /** Records with each task value. */
  public List<Long> taskSizes() {
    return IntStream.range(0, tasks()).mapToObj(this::taskSize).toList();
  }

  /** Number of records. */
  public long total() {
    return sizes.stream().reduce(0L, Math::addExact);
  }

  /**
   * Whether an attribute value comes with a task value more often (1) or less often (-1) than
   * without an association; 0 where it is exactly as often, or never was seen. Decided in whole
   * numbers: {@code n_at n - n_a n_t}.
   */
  public int sign(int attribute, int task) {
    if (size(attribute) == 0) {
      return 0;
    }
    Rate within = new Rate(count(attribute, task), size(attribute));
    return Integer.signum(within.compareValue(new Rate(taskSize(task), total())));
  }

  /**
   * Whether the association is more than chance: chi-square of the value against all others, at 5
   * %.
   */
  public boolean isSignificant(int attribute, int task) {
    long both = count(attribute, task);
    long attributeAlone = size(attribute) - both;
    long taskAlone = taskSize(task) - both;
    long neither = total() - both - attributeAlone - taskAlone;
    Contingency table =
        new Contingency(List.of(List.of(both, attributeAlone), List.of(taskAlone, neither)));
    return table.chiSquare().filter(test -> test.pValue() < 0.05).isPresent();
  }
}
