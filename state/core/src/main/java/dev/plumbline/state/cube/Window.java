package dev.plumbline.state.cube;

/**
 * One window.
 *
 * @param start first pane; {@code Long.MIN_VALUE} for the window of everything
 */
public record Window(WindowSpec spec, long start) implements Comparable<Window> {

  /** The pane after the last one. */
  public long end() {
    return spec.isAll() ? Long.MAX_VALUE : start + spec.size();
  }

  @Override
  public int compareTo(Window other) {
    int order = spec.name().compareTo(other.spec.name());
    return order != 0 ? order : Long.compare(start, other.start);
  }
}
