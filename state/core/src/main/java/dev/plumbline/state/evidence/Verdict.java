package dev.plumbline.state.evidence;

import java.util.Locale;
import java.util.function.Function;

/** What is said of a series at the end of a pane. Having no data is never "clear". */
public sealed interface Verdict {

  /** Takes the verdict apart. */
  <T> T fold(
      Function<Clear, T> clear, Function<Departed, T> departed, Function<Undecided, T> undecided);

  /** The text used in topics and files: clear, departed, or why nothing is decided. */
  default String kind() {
    return fold(c -> "clear", d -> "departed", u -> u.reason().text());
  }

  /**
   * Watched, and within what the reference allows.
   *
   * @param logEvidence natural logarithm of the evidence against that; -infinity before the first
   *     pane
   */
  record Clear(double logEvidence) implements Verdict {
    @Override
    public <T> T fold(
        Function<Clear, T> clear,
        Function<Departed, T> departed,
        Function<Undecided, T> undecided) {
      return clear.apply(this);
    }
  }

  /**
   * Has left the reference, and has not been seen to be back.
   *
   * @param since pane at whose end the alarm was raised
   * @param recovering whether there is some evidence that it is back
   */
  record Departed(long since, Direction direction, boolean recovering) implements Verdict {
    @Override
    public <T> T fold(
        Function<Clear, T> clear,
        Function<Departed, T> departed,
        Function<Undecided, T> undecided) {
      return departed.apply(this);
    }
  }

  /**
   * Nothing can be said.
   *
   * @param detail what is lacking, and when or how that may change
   */
  record Undecided(Reason reason, String detail) implements Verdict {
    @Override
    public <T> T fold(
        Function<Clear, T> clear,
        Function<Departed, T> departed,
        Function<Undecided, T> undecided) {
      return undecided.apply(this);
    }
  }

  /** Why nothing can be said. */
  enum Reason {
    /** The reference is not complete yet, or no monitored event has come since. */
    WARM_UP,
    /** The reference is too small for this series. */
    UNARMED,
    /** Silent for three times longer than the reference leads to expect. */
    NO_DATA,
    /** The labels that exist cannot tell, however many come. */
    NOT_IDENTIFIED;

    /** The text used in topics and files. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
