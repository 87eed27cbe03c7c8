package dev.plumbline.state.evidence;

import java.util.Arrays;

/**
 * What is known of the open cohorts of a subgroup, to tell which of the touched cohorts really
 * changed for it. Holds the low 32 bits of each counter: no counter moves by 2^32 within a pane.
 */
final class KnownCounts {

  private final OpenCohorts open;
  private final int width;
  private final int[] known;

  /** Nothing known; {@code width} counters by cohort. */
  KnownCounts(OpenCohorts open, int width) {
    this.open = open;
    this.width = width;
    known = new int[open.capacity() * width];
  }

  /** A new cohort, empty so far. */
  void admit(long cohort) {
    int from = open.slot(cohort) * width;
    Arrays.fill(known, from, from + width, 0);
  }

  /** Takes the counters of an open cohort; whether they are others than before. */
  boolean changes(long cohort, long[] counts) {
    int from = open.slot(cohort) * width;
    boolean changed = false;
    for (int i = 0; i < width; i++) {
      int low = (int) counts[i];
      changed |= known[from + i] != low;
      known[from + i] = low;
    }
    return changed;
  }
}
