package dev.plumbline.state.health;

/**
 * The numbers of a condition: shares in millionths, times in milliseconds, else counts.
 *
 * @param observed what was seen, or {@link #NONE}
 * @param usual what is usual, or {@link #NONE}
 * @param about of {@link Condition#LABEL_COVERAGE} the age in panes; of {@link Condition#LAG} the
 *     records that wait, else 0; {@link #NONE} where that is not known
 */
public record Seen(long observed, long usual, long about) {

  /** Stands for a number that is not known, or not told. */
  public static final long NONE = -1;

  /** Nothing is known. */
  public static final Seen NOTHING = new Seen(NONE, NONE, 0);
}
