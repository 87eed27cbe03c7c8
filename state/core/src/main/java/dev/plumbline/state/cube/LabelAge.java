package dev.plumbline.state.cube;

/**
 * An age at which a window's labelled statement is made.
 *
 * @param name text in keys: {@code 7d}, {@code final}; empty for the label-free statement
 * @param panes how long after the window's end
 */
public record LabelAge(String name, long panes) {

  /** Name of the age after which nothing can change any more. */
  public static final String FINAL = "final";

  /** The statement that needs no labels, made at the window's end. */
  public static final LabelAge LABEL_FREE = new LabelAge("", 0);

  /** Whether this is the label-free statement. */
  public boolean isLabelFree() {
    return name.isEmpty();
  }
}
