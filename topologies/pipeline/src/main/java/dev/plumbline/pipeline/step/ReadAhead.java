package dev.plumbline.pipeline.step;

import java.util.Arrays;

/**
 * Which input partitions must not be read on for now: those whose clock is more than {@code ahead}
 * beyond the frontier (FLOW section 1). It bounds what the merges hold back, and decides nothing.
 *
 * <p>The frontier is the lowest clock as the intakes themselves say it, here or in other processes:
 * it is there long before it has passed the joins and the merges. A partition whose clock is the
 * lowest is never beyond it, nor is one without a clock, so somebody always reads on. As long as
 * one has none, all that have are beyond. Clocks of other processes may be old, and then too low: a
 * partition waits a little longer than it must.
 *
 * <p>A partition that is beyond may still bring a batch of records. Most are never paused so, and
 * the others not at every step of the frontier.
 *
 * <p>Safe for use by several threads.
 */
public final class ReadAhead {

  private final long ahead;
  private final int batch;

  // All that follows is guarded by this.
  private final long[] clocks;
  private final long[] beyond;
  private long frontier = Intake.UNKNOWN;
  private boolean isFrontierOld;

  /**
   * No clock is known.
   *
   * @param partitions number of input partitions
   * @param ahead see {@link Steps#ahead}
   * @param batch records that a partition may bring while it is beyond
   */
  public ReadAhead(int partitions, long ahead, int batch) {
    this.ahead = ahead;
    this.batch = batch;
    this.clocks = new long[partitions];
    this.beyond = new long[partitions];
    Arrays.fill(clocks, Intake.UNKNOWN);
  }

  /** An intake says its {@link Intake#clock}; one of partitions that are no more is not heard. */
  public synchronized void clock(int partition, long clock) {
    if (partition < clocks.length) {
      clocks[partition] = clock;
      isFrontierOld = true;
    }
  }

  /** So many records of a partition were read. */
  public synchronized void read(int partition, int records) {
    beyond[partition] = isBeyond(partition) ? beyond[partition] + records : 0;
  }

  /** Whether a partition must not be read on for now. */
  public synchronized boolean mustWait(int partition) {
    return isBeyond(partition) && beyond[partition] >= batch;
  }

  private boolean isBeyond(int partition) {
    long clock = clocks[partition];
    return clock != Intake.UNKNOWN
        && clock != Intake.NOT_AWAITED
        && (frontier() == Intake.UNKNOWN || clock - frontier() > ahead);
  }

  /** Never goes back: a partition that wakes is waited for where the others are. */
  private long frontier() {
    if (isFrontierOld) {
      isFrontierOld = false;
      long lowest = Arrays.stream(clocks).min().orElse(Intake.NOT_AWAITED);
      frontier = lowest == Intake.NOT_AWAITED ? frontier : Math.max(frontier, lowest);
    }
    return frontier;
  }
}
