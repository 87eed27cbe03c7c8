package dev.plumbline.state.evidence;

/**
 * The family of a model's series and how it shares the budget of false alarms (METHOD section 5).
 */
final class Family {

  /** Classes of series: up to one attribute named, two, more, and drift-like series. */
  static final int CLASSES = 4;

  private static final double[] SHARE = {0.4, 0.3, 0.2, 0.1};

  private Family() {}

  /** Class, from 0, of a performance series by the number of attributes that it names. */
  static int classOf(Subgroup subgroup) {
    return Math.min(Math.max(subgroup.attributes() - 1, 0), 2);
  }

  /**
   * Weight of a member of each class; an empty class gives its share to the first that is not.
   *
   * @param members armed series of each class
   */
  static double[] weights(int[] members) {
    double[] share = SHARE.clone();
    int first = 0;
    while (first < CLASSES && members[first] == 0) {
      first++;
    }
    double[] weights = new double[CLASSES];
    if (first == CLASSES) {
      return weights;
    }
    for (int c = 0; c < CLASSES; c++) {
      if (members[c] == 0) {
        share[first] = share[first] + share[c];
      }
    }
    for (int c = 0; c < CLASSES; c++) {
      weights[c] = members[c] == 0 ? 0 : share[c] / members[c];
    }
    return weights;
  }

  /** {@code ln c} of one series alone: its S alarms at this logarithm. */
  static double logThreshold(double panesPerMonth, double budget, double weight) {
    return StrictMath.log(panesPerMonth / (budget * weight));
  }
}
