package dev.plumbline.cli.replay;

import java.util.Arrays;

/**
 * Decides which of several files is read next: the one that is behind in time, so that what waits
 * for the others stays little. Decides nothing else: the result does not depend on it.
 */
final class Pace {

  private static final long UNKNOWN = Long.MIN_VALUE;

  private final long jump;
  private final long[] times;
  private final long[] suspects;
  private final boolean[] ended;

  /**
   * Nothing is read.
   *
   * @param files how many there are
   * @param jump a single time so far ahead of the others of its file is not believed, milliseconds
   */
  Pace(int files, long jump) {
    this.jump = jump;
    this.times = new long[files];
    this.suspects = new long[files];
    this.ended = new boolean[files];
    Arrays.fill(times, UNKNOWN);
    Arrays.fill(suspects, UNKNOWN);
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
    return next() < 0;
  }

  /** The file to read next, the first of those that are equally far; none is left: less than 0. */
  int next() {
    int next = -1;
    for (int file = 0; file < times.length; file++) {
      if (!ended[file] && (next < 0 || times[file] < times[next])) {
        next = file;
      }
    }
    return next;
  }
}
