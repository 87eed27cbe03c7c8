package dev.plumbline.state.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Records by two categorical variables; counts, never negative. Rows and columns without a record
 * say nothing and are left out of everything that is read from it.
 *
 * @param counts for each row its counts by column; at least one row, all of one length
 */
public record Contingency(List<List<Long>> counts) {

  public Contingency {
    counts = counts.stream().map(List::copyOf).toList();
    int columns = counts.isEmpty() ? 0 : counts.get(0).size();
    if (columns == 0
        || counts.stream().anyMatch(row -> row.size() != columns)
        || counts.stream().flatMap(List::stream).anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "expected rows of one length without a negative count, were " + counts);
    }
  }

  /** The records of both, which must have the same rows and columns. */
  public Contingency merge(Contingency other) {
    if (counts.size() != other.counts.size() || columns() != other.columns()) {
      throw new IllegalArgumentException(
          "only tables of one shape merge, were " + counts + " and " + other.counts);
    }
    List<List<Long>> merged = new ArrayList<>();
    for (int row = 0; row < counts.size(); row++) {
      List<Long> mine = counts.get(row);
      List<Long> theirs = other.counts.get(row);
      merged.add(
          IntStream.range(0, columns())
              .mapToObj(column -> Math.addExact(mine.get(column), theirs.get(column)))
              .toList());
    }
    return new Contingency(merged);
  }

  private int columns() {
    return counts.get(0).size();
  }

  /** Number of records. */
  public long total() {
    return rowSums().stream().reduce(0L, Math::addExact);
  }

  /** Records of each row. */
  public List<Long> rowSums() {
    return counts.stream().map(row -> row.stream().reduce(0L, Math::addExact)).toList();
  }

  /** Records of each column. */
  public List<Long> columnSums() {
    return IntStream.range(0, columns())
        .mapToObj(column -> counts.stream().map(row -> row.get(column)).reduce(0L, Math::addExact))
        .toList();
  }

  private static long filled(List<Long> sums) {
    return sums.stream().filter(sum -> sum > 0).count();
  }

  /**
   * Chi-square of independence, without a correction; undefined unless two rows and two columns
   * have records.
   */
  public Optional<ChiSquare> chiSquare() {
    return chiSquare(0);
  }

  /**
   * Chi-square of independence with Yates' correction where there is one degree of freedom: each
   * distance from what is expected is taken less by 1/2, at least 0.
   */
  public Optional<ChiSquare> corrected() {
    return degrees() == 1 ? chiSquare(0.5) : chiSquare(0);
  }

  private long degrees() {
    return (filled(rowSums()) - 1) * (filled(columnSums()) - 1);
  }

  private Optional<ChiSquare> chiSquare(double correction) {
    if (degrees() < 1) {
      return Optional.empty();
    }
    List<Long> rows = rowSums();
    List<Long> columns = columnSums();
    double total = total();
    double sum = 0;
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < columns.size(); column++) {
        if (rows.get(row) > 0 && columns.get(column) > 0) {
          double expected = (double) rows.get(row) * columns.get(column) / total;
          double distance = Math.abs(counts.get(row).get(column) - expected);
          double left = distance - Math.min(correction, distance);
          sum += left * left / expected;
        }
      }
    }
    return Optional.of(new ChiSquare(sum, degrees()));
  }

  /**
   * Cramer's V: strength of association, in [0, 1], without Yates' correction; undefined where
   * {@link #chiSquare} is.
   *
   * <p>Source: Cramer (1946), "Mathematical methods of statistics".
   */
  public OptionalDouble cramersV() {
    long least = Math.min(filled(rowSums()), filled(columnSums())) - 1;
    return chiSquare()
        .map(it -> OptionalDouble.of(Math.sqrt(it.statistic() / total() / least)))
        .orElseGet(OptionalDouble::empty);
  }

  /**
   * Cramer's V without the bias that independent variables of few records show; 0 where that bias
   * is all there is. Undefined with fewer than two records, too.
   *
   * <p>Source: Bergsma (2013), "A bias-correction for Cramer's V and Tschuprow's T".
   */
  public OptionalDouble correctedCramersV() {
    Optional<ChiSquare> test = chiSquare();
    long left = total() - 1;
    if (test.isEmpty() || left < 1) {
      return OptionalDouble.empty();
    }
    double r = filled(rowSums());
    double k = filled(columnSums());
    double phi = Math.max(0, test.get().statistic() / total() - (r - 1) * (k - 1) / left);
    double rows = r - (r - 1) * (r - 1) / left;
    double columns = k - (k - 1) * (k - 1) / left;
    double least = Math.min(rows - 1, columns - 1);
    return phi == 0
        ? OptionalDouble.of(0)
        : least > 0 ? OptionalDouble.of(Math.sqrt(phi / least)) : OptionalDouble.empty();
  }
}
