package dev.plumbline.state.evidence;

/** Which cohorts are open: [first, newest]; shared by all labelled series of a model. */
final class OpenCohorts {

  private final int capacity;
  private long first;
  private long newest;

  OpenCohorts(int capacity, long first) {
    this.capacity = capacity;
    this.first = first;
    this.newest = first - 1;
  }

  int capacity() {
    return capacity;
  }

  long first() {
    return first;
  }

  long newest() {
    return newest;
  }

  boolean contains(long cohort) {
    return cohort >= first && cohort <= newest;
  }

  /** Place of an open cohort in arrays of {@link #capacity}. */
  int slot(long cohort) {
    return (int) Math.floorMod(cohort, (long) capacity);
  }

  void admitNext() {
    newest++;
  }

  void dropFirst() {
    first++;
  }

  /** Nothing open; the next cohort is this one. */
  void restartAt(long cohort) {
    first = cohort;
    newest = cohort - 1;
  }

  void restore(long oldest, long youngest) {
    first = oldest;
    newest = youngest;
  }
}
