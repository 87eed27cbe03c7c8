package dev.plumbline.state.cube;

/**
 * Layout of a tally's counters.
 *
 * @param classes number of classes of the task: 2 for a binary one
 * @param steps number of label age steps, the one beyond the evidence horizon included
 * @param bins number of score bins
 */
public record Shape(int classes, int steps, int bins) {

  /** Number of (decision, label) pairs. */
  public int pairs() {
    return classes * classes;
  }

  /** Number of counters of labelled predictions. */
  public int labelled() {
    return steps * pairs();
  }

  /** Place of a labelled counter. */
  public int index(int step, int decision, int label) {
    return step * pairs() + decision * classes + label;
  }
}
