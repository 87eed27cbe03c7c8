package dev.plumbline.state.metric.drift;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Tests of many features at once, as alibi-detect decides them (METRICS 11.2).
 *
 * @param pValues one of each feature, at least one, each in [0, 1]
 */
public record MultipleTests(List<Double> pValues) {

  public MultipleTests {
    pValues = pValues.stream().sorted().toList();
    if (pValues.isEmpty() || !pValues.stream().allMatch(p -> p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("expected p-values in [0, 1], were " + pValues);
    }
  }

  /** Bonferroni's limit of a single p-value at this level. */
  public double bonferroni(double level) {
    return level / pValues.size();
  }

  /** Whether a p-value is below Bonferroni's limit. */
  public boolean isRejectedByBonferroni(double level) {
    return pValues.get(0) < bonferroni(level);
  }

  /**
   * The greatest {@code level i/d} above the p-value of rank i; what is below it is rejected at
   * this false discovery rate. Undefined if there is none.
   *
   * <p>Source: Benjamini and Hochberg (1995), "Controlling the false discovery rate".
   */
  public OptionalDouble falseDiscovery(double level) {
    for (int rank = pValues.size(); rank > 0; rank--) {
      double limit = level * rank / pValues.size();
      if (pValues.get(rank - 1) < limit) {
        return OptionalDouble.of(limit);
      }
    }
    return OptionalDouble.empty();
  }
}
