package dev.plumbline.state.evidence;

/**
 * The start at which the evidence since then is largest: suffix sums of log factors from the newest
 * to the oldest, ties giving the latest (METHOD section 6). Confined to one search.
 */
final class ChangePoint {

  private double sum;
  private double best = Double.NEGATIVE_INFINITY;
  private long at;

  /** Nothing seen yet: the answer is {@code newest}. */
  ChangePoint(long newest) {
    at = newest;
  }

  /** Takes the next older step. */
  void older(long step, double logFactor) {
    sum = sum + logFactor;
    if (sum > best) {
      best = sum;
      at = step;
    }
  }

  /** First step of the change. */
  long at() {
    return at;
  }

  /** Evidence since then. */
  double evidence() {
    return best;
  }
}
