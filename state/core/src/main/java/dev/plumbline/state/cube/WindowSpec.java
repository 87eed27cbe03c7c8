package dev.plumbline.state.cube;

/**
 * A window of the monitor: {@code size} panes long, starting at every multiple of {@code advance}
 * panes since the epoch. The window {@code all} has no start and no end; it is stated anew at
 * multiples of its advance.
 *
 * @param name as in the monitor file: {@code 1d}, {@code all}
 * @param size in panes; 0 for {@code all}
 * @param advance in panes
 */
public record WindowSpec(String name, long size, long advance) {

  /** Whether this is the window of everything. */
  public boolean isAll() {
    return size == 0;
  }
}
