package dev.plumbline.state.metric;

import dev.plumbline.state.numeric.Tails;

/**
 * Pearson's chi-square of counts against what is expected of them.
 *
 * @param statistic at least 0; infinite where something occurs that is never expected
 * @param degrees degrees of freedom, at least 1
 */
public record ChiSquare(double statistic, long degrees) {

  public ChiSquare {
    if (!(statistic >= 0) || degrees < 1) {
      throw new IllegalArgumentException(
          "expected a statistic of at least 0 and a degree of freedom, were "
              + statistic
              + " and "
              + degrees);
    }
  }

  /** Probability of a statistic at least as high if the expectation holds. */
  public double pValue() {
    return Tails.chiSquare(statistic, (double) degrees);
  }
}
