package dev.plumbline.state.evidence;

/** When a series that brings nothing is said to have no data (METHOD section 6). */
final class Silence {

  private static final long EXPECTED_GAPS = 3;

  private Silence() {}

  /**
   * Whether a silence is three times longer than the time between events in the reference.
   *
   * @param empty empty panes in a row, up to now
   * @param events reference events of the series in this hour of day
   * @param panes reference panes of this hour of day
   */
  static boolean speaks(long empty, long events, long panes) {
    return empty >= 1 && (double) empty * events >= (double) EXPECTED_GAPS * panes;
  }
}
