package dev.plumbline.state.metric.drift;

import dev.plumbline.state.metric.ChiSquare;
import dev.plumbline.state.metric.Contingency;
import dev.plumbline.state.numeric.Tails;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Counts of a reference and of a window over the same cells: bins of a number, or categories.
 *
 * <p>Every distance is 0 for equal shares and undefined if a side has no record. Cells without a
 * record on both sides say nothing and are left out of everything that is read from the counts.
 *
 * @param reference count of each cell, never negative
 * @param window count of each cell, in the same order
 */
public record SamplePair(List<Long> reference, List<Long> window) {

  /** Share that stands for an empty cell in a logarithm; where shares are rarer, far less. */
  private static final double FILLING = 1e-4;

  private static final double RARER = 1e6;

  public SamplePair {
    reference = List.copyOf(reference);
    window = List.copyOf(window);
    if (reference.size() != window.size()
        || reference.stream().anyMatch(count -> count < 0)
        || window.stream().anyMatch(count -> count < 0)) {
      throw new IllegalArgumentException(
          "expected counts of the same cells, none negative, were " + reference + " and " + window);
    }
  }

  private boolean isDefined() {
    return total(reference) > 0 && total(window) > 0;
  }

  private static long total(List<Long> counts) {
    return counts.stream().reduce(0L, Math::addExact);
  }

  private IntStream filled() {
    return IntStream.range(0, reference.size())
        .filter(cell -> reference.get(cell) > 0 || window.get(cell) > 0);
  }

  private double[] shares(List<Long> counts) {
    double total = total(counts);
    return filled().mapToDouble(cell -> counts.get(cell) / total).toArray();
  }

  /**
   * Population stability index, {@code sum (r - c) ln(r/c)}, at least 0; by practice 0.1 is a
   * change and 0.25 a great one. Empty cells are filled as Evidently does: with a share of 1e-4, or
   * with a millionth of the smallest share where that is not above 1e-4.
   */
  public OptionalDouble psi() {
    return distance(
        (r, c) -> {
          fill(r);
          fill(c);
          double sum = 0;
          for (int i = 0; i < r.length; i++) {
            sum += (r[i] - c[i]) * StrictMath.log(r[i] / c[i]);
          }
          return sum;
        });
  }

  /**
   * Kullback-Leibler divergence of the window from the reference, {@code sum r ln(r/c)}, at least
   * 0. Empty cells are filled as for {@link #psi}, and both sides brought back to a sum of 1.
   */
  public OptionalDouble kullbackLeibler() {
    return distance(
        (r, c) -> {
          fill(r);
          fill(c);
          double sumR = sum(r);
          double sumC = sum(c);
          double sum = 0;
          for (int i = 0; i < r.length; i++) {
            sum += r[i] / sumR * StrictMath.log(r[i] / sumR / (c[i] / sumC));
          }
          return sum;
        });
  }

  /** Jensen-Shannon divergence in nats, in [0, ln 2]. */
  public OptionalDouble jensenShannon() {
    return distance(
        (r, c) -> {
          double sum = 0;
          for (int i = 0; i < r.length; i++) {
            double middle = (r[i] + c[i]) / 2;
            sum += term(r[i], middle) + term(c[i], middle);
          }
          return Math.max(0, sum / 2);
        });
  }

  private static double term(double share, double middle) {
    return share == 0 ? 0 : share * StrictMath.log(share / middle);
  }

  /** Root of the divergence in nats, as Evidently has it, in [0, 0.833]. */
  public OptionalDouble jensenShannonDistance() {
    return root(jensenShannon(), 1);
  }

  /** Root of the divergence in bits, as NannyML has it, in [0, 1]. */
  public OptionalDouble jensenShannonDistanceBase2() {
    return root(jensenShannon(), StrictMath.log(2));
  }

  private static OptionalDouble root(OptionalDouble divergence, double unit) {
    return divergence.isPresent()
        ? OptionalDouble.of(Math.sqrt(divergence.getAsDouble() / unit))
        : divergence;
  }

  /** Hellinger's distance, in [0, 1]. */
  public OptionalDouble hellinger() {
    return distance(
        (r, c) -> {
          double sum = 0;
          for (int i = 0; i < r.length; i++) {
            sum += Math.sqrt(r[i] * c[i]);
          }
          return Math.sqrt(Math.max(0, 1 - sum));
        });
  }

  /** Total variation distance: half the sum of all differences of shares, in [0, 1]. */
  public OptionalDouble totalVariation() {
    return distance(
        (r, c) -> IntStream.range(0, r.length).mapToDouble(i -> Math.abs(r[i] - c[i])).sum() / 2);
  }

  /** Greatest difference of the shares of a cell, in [0, 1]. */
  public OptionalDouble greatestDifference() {
    return distance(
        (r, c) ->
            IntStream.range(0, r.length).mapToDouble(i -> Math.abs(r[i] - c[i])).max().orElse(0));
  }

  private interface Distance {
    double of(double[] reference, double[] window);
  }

  private OptionalDouble distance(Distance distance) {
    return isDefined()
        ? OptionalDouble.of(distance.of(shares(reference), shares(window)))
        : OptionalDouble.empty();
  }

  private static double sum(double[] shares) {
    double sum = 0;
    for (double share : shares) {
      sum += share;
    }
    return sum;
  }

  private static void fill(double[] shares) {
    double smallest = Double.POSITIVE_INFINITY;
    for (double share : shares) {
      smallest = share > 0 ? Math.min(smallest, share) : smallest;
    }
    double filling = smallest <= FILLING ? smallest / RARER : FILLING;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = shares[i] == 0 ? filling : shares[i];
    }
  }

  /** Reference and window as the two rows of a table: its chi-square tests whether they differ. */
  public Contingency table() {
    return new Contingency(List.of(reference, window));
  }

  /**
   * Chi-square of the window against the shares of the reference, taken as known; infinite if a
   * cell has records in the window alone. Undefined with fewer than two cells.
   */
  public Optional<ChiSquare> goodnessOfFit() {
    int[] cells = filled().toArray();
    if (!isDefined() || cells.length < 2) {
      return Optional.empty();
    }
    double scale = (double) total(window) / total(reference);
    double sum = 0;
    for (int cell : cells) {
      double expected = reference.get(cell) * scale;
      double distance = window.get(cell) - expected;
      sum += distance == 0 ? 0 : distance * distance / expected;
    }
    return Optional.of(new ChiSquare(sum, cells.length - 1L));
  }

  /**
   * Two-sided p-value of equal shares of two cells by the pooled z test, as Evidently computes it:
   * twice a difference from 1, and so of few digits below 1e-9. Undefined for another number of
   * cells.
   */
  public OptionalDouble pooledPValue() {
    Optional<ChiSquare> test = filled().count() == 2 ? table().chiSquare() : Optional.empty();
    if (test.isEmpty()) {
      return OptionalDouble.empty();
    }
    double below = 1 - Tails.normal(Math.sqrt(test.get().statistic())) / 2;
    return OptionalDouble.of(2 * (1 - below));
  }
}
