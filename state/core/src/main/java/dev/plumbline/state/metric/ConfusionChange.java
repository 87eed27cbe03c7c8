package dev.plumbline.state.metric;

/**
 * A signed change of a {@link Confusion}: what corrected, revised or leaving labels do to it.
 *
 * <p>An abelian group under {@link #plus} with {@link #NONE} and {@link #negated}.
 */
public record ConfusionChange(long tp, long fp, long fn, long tn) {

  /** No change. */
  public static final ConfusionChange NONE = new ConfusionChange(0, 0, 0, 0);

  /** {@code count} more records of this decision and label; fewer if negative. */
  public static ConfusionChange of(int decision, int label, long count) {
    requireBinary("decision", decision);
    requireBinary("label", label);
    return new ConfusionChange(
        decision == 1 && label == 1 ? count : 0,
        decision == 1 && label == 0 ? count : 0,
        decision == 0 && label == 1 ? count : 0,
        decision == 0 && label == 0 ? count : 0);
  }

  private static void requireBinary(String name, int value) {
    if (value != 0 && value != 1) {
      throw new IllegalArgumentException(name + " must be 0 or 1, was " + value);
    }
  }

  /** Both changes, in any order. */
  public ConfusionChange plus(ConfusionChange other) {
    return new ConfusionChange(
        Math.addExact(tp, other.tp),
        Math.addExact(fp, other.fp),
        Math.addExact(fn, other.fn),
        Math.addExact(tn, other.tn));
  }

  /** The change that undoes this one. */
  public ConfusionChange negated() {
    return new ConfusionChange(
        Math.negateExact(tp), Math.negateExact(fp), Math.negateExact(fn), Math.negateExact(tn));
  }
}
