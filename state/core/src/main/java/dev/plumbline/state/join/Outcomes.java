package dev.plumbline.state.join;

import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How the labels of a prediction make its outcome (FLOW section 2).
 *
 * @param absence what is concluded when no label comes
 * @param isFinal whether a prediction is over when it has a label, and what its partition may still
 *     have in hand has come
 */
public record Outcomes(Combination combination, Optional<Absence> absence, boolean isFinal) {

  /** No outcome: no label has come, or the last one was withdrawn. */
  public static final int NONE = Label.WITHDRAWN;

  /** The last label decides, and nothing follows from its absence. */
  public static final Outcomes OF_LAST = new Outcomes(Combination.LAST, Optional.empty(), false);

  /** Which of several labels decides; those before a withdrawal are gone. */
  public enum Combination {
    /** The last one. */
    LAST,
    /** The first one. */
    FIRST,
    /** The greatest class: of a binary task, one positive label is enough. */
    MAX,
    /** The class of most labels; of equally many the one that came last. */
    MAJORITY
  }

  /**
   * A conclusion from silence.
   *
   * @param after how long after its prediction a label must not have come, milliseconds
   * @param label class that is concluded
   * @param onlyDecision decision of the predictions that it is concluded of; empty: of all
   */
  public record Absence(long after, int label, OptionalInt onlyDecision) {

    public Absence {
      if (after <= 0) {
        throw new IllegalArgumentException("after must be positive, was " + after);
      }
    }

    /** Whether it may be concluded of a prediction. */
    boolean concerns(Prediction prediction) {
      return onlyDecision.isEmpty() || onlyDecision.getAsInt() == prediction.decision();
    }
  }

  /** The outcome of different labels in their order, a class or {@link #NONE}. */
  int of(List<Label> labels) {
    int begin = labels.size();
    while (begin > 0 && labels.get(begin - 1).hasOutcome()) {
      begin--;
    }
    List<Label> valid = labels.subList(begin, labels.size());
    if (valid.isEmpty()) {
      return NONE;
    }
    return switch (combination) {
      case LAST -> valid.get(valid.size() - 1).value();
      case FIRST -> valid.get(0).value();
      case MAX -> valid.stream().mapToInt(Label::value).max().orElseThrow();
      case MAJORITY -> majority(valid);
    };
  }

  private static int majority(List<Label> labels) {
    int winner = NONE;
    long most = 0;
    for (int i = labels.size() - 1; i >= 0; i--) {
      int value = labels.get(i).value();
      long votes = labels.stream().filter(label -> label.value() == value).count();
      if (votes > most) {
        winner = value;
        most = votes;
      }
    }
    return winner;
  }
}
