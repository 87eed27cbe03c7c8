package dev.plumbline.pipeline.monitor;

/**
 * A place in the monitor file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Position(int line, int column) {

  /** Stands for the file as a whole. */
  public static final Position START = new Position(1, 1);
}
