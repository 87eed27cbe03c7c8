package dev.plumbline.state.evidence;

/** Which way a rate left its band. */
public enum Direction {
  /** Above. */
  UP,
  /** Below. */
  DOWN;

  /** The text used in topics and files. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /** +1 or -1. */
  int sign() {
    return this == UP ? 1 : -1;
  }
}
