package dev.plumbline.state.flow;

/**
 * A partition's clock has passed panes.
 *
 * @param pane the first pane it has not passed; {@link #END} at the end of a bounded partition
 * @param offset offset of the record that moved the clock
 * @param timestamp largest Kafka timestamp read from the partition up to that record
 */
public record Crossing(long pane, long offset, long timestamp) {

  /** Stands for "every pane": the partition is complete. */
  public static final long END = Long.MAX_VALUE;

  /** The clock of a partition of which nothing is known. */
  public static final Crossing NONE = new Crossing(Long.MIN_VALUE, -1, Long.MIN_VALUE);
}
