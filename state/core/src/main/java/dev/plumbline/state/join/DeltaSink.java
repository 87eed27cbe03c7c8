package dev.plumbline.state.join;

/** Takes changes of counters; the amounts of one (pane, counter) add up. */
@FunctionalInterface
public interface DeltaSink {

  /**
   * Adds to a counter.
   *
   * @param pane arrival pane of the change
   */
  void add(long pane, Counter counter, long amount);
}
