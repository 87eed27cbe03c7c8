package dev.plumbline.state.join;

import dev.plumbline.state.time.Timing;

/**
 * Up to when words on subjects are over for all predictions that may still ask for them.
 *
 * @param frontier the pane before which nothing arrives any more
 * @param window so many panes lie between the frontier and whatever a prediction may still ask
 * @param pane length of a pane
 */
record Past(long frontier, long window, long pane) {

  /** Nothing is over yet. */
  static Past none(Timing timing) {
    long retention = -Math.floorDiv(-timing.retention(), timing.pane());
    return new Past(-farthest(timing.pane()), 2 * retention, timing.pane());
  }

  /** The frontier has reached a pane. */
  Past until(long reached) {
    long farthest = farthest(pane);
    return new Past(Math.max(-farthest, Math.min(farthest, reached)), window, pane);
  }

  /** A pane beyond all, and so far from the edge that sums do not flow over. */
  private static long farthest(long pane) {
    return Long.MAX_VALUE / 4 / pane;
  }

  /** The last pane whose end is over: no prediction that arrived until then is pending. */
  long floor() {
    return frontier - window - 1;
  }

  /** No pending prediction, and none that comes, is from before this time. */
  long floorTime() {
    return floor() * pane;
  }

  /** The first frontier at which everybody counts with a word. */
  long settles(Word word) {
    long since = Math.max(word.said().since(), -farthest(pane) * pane);
    return Math.max(word.pane(), -Math.floorDiv(-since, pane)) + window + 1;
  }

  /** Whether everybody counts with a word, or with what outweighs it. */
  boolean isSettled(Word word) {
    return word.pane() <= floor() && isOld(word);
  }

  /** Whether a word holds for all predictions that may still ask. */
  boolean isOld(Word word) {
    return word.said().since() <= floorTime();
  }
}
