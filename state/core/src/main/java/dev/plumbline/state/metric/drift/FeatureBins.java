package dev.plumbline.state.metric.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Edges that make cells of a number. They are frozen with the reference, so that windows compare.
 *
 * @param edges ascending
 * @param isOpen true: a cell below the first edge and one from the last, {@code edges + 1} in all;
 *     false: cells between the edges alone, the last one closed, and a last one for what lies
 *     outside, {@code edges} in all
 */
public record FeatureBins(List<Double> edges, boolean isOpen) {

  private static final int DECILES = 10;

  public FeatureBins {
    edges = List.copyOf(edges);
    for (int i = 1; i < edges.size(); i++) {
      if (!(edges.get(i - 1) <= edges.get(i))) {
        throw new IllegalArgumentException("edges must ascend, were " + edges);
      }
    }
    if (edges.size() < (isOpen ? 1 : 2)) {
      throw new IllegalArgumentException(
          "expected at least " + (isOpen ? 1 : 2) + " edges, were " + edges);
    }
  }

  /**
   * Deciles of a reference, with open ends: the bins of a numeric feature.
   *
   * @param reference not empty
   */
  public static FeatureBins deciles(Distribution reference) {
    List<Double> edges = new ArrayList<>();
    for (int i = 1; i < DECILES; i++) {
      edges.add(reference.quantile((double) i / DECILES).orElseThrow());
    }
    return new FeatureBins(edges, true);
  }

  /**
   * Equal cells by Sturges' rule, {@code ceil(log2(n) + 1)} for n records, from the smallest to the
   * greatest value.
   *
   * <p>Source: Sturges (1926), "The choice of a class interval".
   *
   * @param values not empty
   */
  public static FeatureBins sturges(Distribution values) {
    return equal(values, 1 + Long.SIZE - Long.numberOfLeadingZeros(values.total() - 1));
  }

  /**
   * Equal cells by Doane's rule, which adds cells for skewness, from the smallest to the greatest
   * value.
   *
   * <p>Source: Doane (1976), "Aesthetic frequency classifications".
   *
   * @param values of at least 3 records, not all equal
   */
  public static FeatureBins doane(Distribution values) {
    double n = values.total();
    double scale = Math.sqrt(6 * (n - 2) / ((n + 1) * (n + 3)));
    double skewness = Math.abs(values.skewness().orElseThrow());
    return equal(values, (int) Math.ceil(1 + log2(n) + log2(1 + skewness / scale)));
  }

  private static double log2(double x) {
    return StrictMath.log(x) / StrictMath.log(2);
  }

  private static FeatureBins equal(Distribution values, int cells) {
    double first = values.counts().firstKey();
    double last = values.counts().lastKey();
    double low = first == last ? first - 0.5 : first;
    double high = first == last ? last + 0.5 : last;
    double width = (high - low) / cells;
    List<Double> edges = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      edges.add(low + i * width);
    }
    edges.add(high);
    return new FeatureBins(edges, false);
  }

  /** Number of cells. */
  public int cells() {
    return isOpen ? edges.size() + 1 : edges.size();
  }

  /** The cell of a value, from 0. */
  public int cell(double value) {
    int upTo = upTo(value);
    if (isOpen) {
      return upTo;
    }
    int last = edges.size() - 1;
    if (value == edges.get(last)) {
      return last - 1;
    }
    return upTo == 0 || upTo > last ? last : upTo - 1;
  }

  /** Number of edges that are not above a value. */
  private int upTo(double value) {
    int low = 0;
    int high = edges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (edges.get(middle) <= value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Records of each cell. */
  public List<Long> counts(Distribution values) {
    long[] counts = new long[cells()];
    for (Map.Entry<Double, Long> entry : values.counts().entrySet()) {
      counts[cell(entry.getKey())] += entry.getValue();
    }
    return Arrays.stream(counts).boxed().toList();
  }

  /** Counts of a reference and a window in these cells. */
  public SamplePair pair(Distribution reference, Distribution window) {
    return new SamplePair(counts(reference), counts(window));
  }
}
