package dev.plumbline.state.metric;

/**
 * A rate put together from sampling strata.
 *
 * @param share in [0, 1]
 * @param complement one minus that
 * @param trials labelled records in its denominator, at least 1
 * @param effectiveTrials size of the plain random sample of the same variance
 */
record Weighted(double share, double complement, long trials, double effectiveTrials)
    implements Proportion {

  @Override
  public double effectiveSuccesses() {
    return share * effectiveTrials;
  }
}
