package dev.plumbline.pipeline.monitor;

/**
 * A place in the monitor file, or in the file of its directory.
 *
 * @param file name of the file beside the monitor file that the place is in; empty: the monitor
 *     file itself
 * @param line from 1
 * @param column from 1
 */
public record Position(String file, int line, int column) {

  /** Stands for the file as a whole. */
  public static final Position START = startOf("");

  /** Stands for a file as a whole. */
  static Position startOf(String file) {
    return new Position(file, 1, 1);
  }
}
