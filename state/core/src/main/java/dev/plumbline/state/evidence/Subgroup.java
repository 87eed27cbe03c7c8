package dev.plumbline.state.evidence;

/**
 * A subgroup as the evidence knows it: by its place in the list, and by name.
 *
 * @param name text such as {@code sex=F&region=north}, or {@code all}
 * @param attributes number of attributes named; 0 for all
 */
public record Subgroup(String name, int attributes) {

  /** The whole model. */
  public static final Subgroup ALL = new Subgroup("all", 0);

  public Subgroup {
    if (attributes < 0) {
      throw new IllegalArgumentException(
          "attributes of subgroup " + name + " must be 0 or more, were " + attributes);
    }
  }
}
