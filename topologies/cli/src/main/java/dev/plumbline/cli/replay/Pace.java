package dev.plumbline.cli.replay;

/**
 * Decides which of two files is read next: the one that is behind in time, so that what waits for
 * the other stays little. Decides nothing else: the result does not depend on it.
 */
final class Pace {

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final long jump;
  private final long[] times = {UNKNOWN, UNKNOWN};
  private final long[] suspects = {UNKNOWN, UNKNOWN};
  private final boolean[] ended = {false, false};

  /**
   * Nothing is read.
   *
   * @param jump a single time so far ahead of the others of its file is not believed, milliseconds
   */
  Pace(long jump) {
    this.jump = jump;
  }

  /** A record of a file has this time. */
  void read(int file, long time) {
    boolean isJump = times[file] != UNKNOWN && time - times[file] > jump;
    if (isJump && (suspects[file] == UNKNOWN || time - suspects[file] > jump)) {
      suspects[file] = time;
    } else {
      suspects[file] = UNKNOWN;
      times[file] = Math.max(times[file], time);
    }
  }

  void end(int file) {
    ended[file] = true;
  }

  boolean isOver() {
    return ended[0] && ended[1];
  }

  /** The file to read next. */
  int next() {
    if (ended[0] || ended[1]) {
      return ended[0] ? 1 : 0;
    }
    return times[0] <= times[1] ? 0 : 1;
  }
}
