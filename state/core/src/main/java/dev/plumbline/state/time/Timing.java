package dev.plumbline.state.time;

/**
 * The time rules of a monitor, in milliseconds (FLOW sections 1 and 2).
 *
 * @param pane length of a pane
 * @param grace how much older than the newest record of its partition a prediction may be
 * @param skew how much earlier than its prediction a label may have happened
 * @param horizon how long after its prediction a label may have happened
 * @param lateBy how long after it happened a label may become known
 * @param recall how far back predictions of a partition that was idle are taken
 * @param jump how far ahead of its partition a single record is not believed
 * @param copies most records of one kind that an id may have in one retention interval
 */
public record Timing(
    long pane,
    long grace,
    long skew,
    long horizon,
    long lateBy,
    long recall,
    long jump,
    int copies) {

  public Timing {
    require(pane > 0, "pane", pane);
    require(grace >= 0, "grace", grace);
    require(skew >= 0, "skew", skew);
    require(horizon > 0, "horizon", horizon);
    require(lateBy >= 0, "lateBy", lateBy);
    require(recall >= 0, "recall", recall);
    require(jump > 0, "jump", jump);
    require(copies >= 1, "copies", copies);
  }

  private static void require(boolean holds, String name, long value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be positive, was " + value);
    }
  }

  /** Pane of a time. */
  public long paneOf(long time) {
    return Math.floorDiv(time, pane);
  }

  /**
   * Last arrival at which a record of the same id may still change what a prediction contributes.
   */
  public long lastTouchOfPrediction(long time) {
    return time + horizon + Math.max(lateBy, skew + recall);
  }

  /** Last arrival at which a prediction may still come for a label. */
  public long lastTouchOfLabel(long happened, long arrival) {
    return Math.max(arrival, happened + skew + recall);
  }

  /** How long after a final label records may still belong to its prediction. */
  public long linger() {
    return Math.max(pane, skew + recall);
  }

  /** How long after a prediction a record of its id may still change what it contributes. */
  public long retention() {
    return horizon + Math.max(lateBy, skew + recall);
  }
}
