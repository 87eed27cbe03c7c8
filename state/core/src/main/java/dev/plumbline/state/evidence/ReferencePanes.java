package dev.plumbline.state.evidence;

/**
 * The reference period in panes.
 *
 * @param from first pane
 * @param to pane after the last; the monitored panes begin here
 */
public record ReferencePanes(long from, long to) {

  public ReferencePanes {
    if (to <= from) {
      throw new IllegalArgumentException(
          "the reference must end after it begins, was panes [" + from + ", " + to + ")");
    }
  }

  /** Number of panes. */
  public long count() {
    return to - from;
  }
}
