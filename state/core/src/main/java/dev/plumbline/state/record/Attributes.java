package dev.plumbline.state.record;

import java.util.List;

/**
 * What a third kind of input says of a subject or item: values of attributes of all predictions
 * that are about it.
 *
 * @param id of the subject, by another key than ids of predictions
 * @param time when it became known, less the wait: predictions of that time count with it at once
 * @param since from when it holds; {@link #ALWAYS}: for all predictions, until something else is
 *     known
 * @param values one for each attribute of the monitor; {@link #UNSAID} where it says nothing
 */
public record Attributes(IdHash id, long time, long sequence, long since, List<String> values)
    implements Event {

  /** It holds for predictions of any time. */
  public static final long ALWAYS = Long.MIN_VALUE;

  /** Stands for the value of an attribute that the record says nothing of. */
  public static final String UNSAID = "";

  public Attributes {
    values = List.copyOf(values);
  }

  /** Whether this takes back what was known before: nothing is known, by no order of its own. */
  private boolean deletes() {
    return sequence == NO_SEQUENCE
        && values.stream().allMatch(v -> v.equals(Cell.MISSING) || v.equals(UNSAID));
  }

  /**
   * Which of two is the word on an attribute: what holds since later, then what was known later; a
   * deletion, which knows no sequence, comes after all that became known with it.
   */
  public int compareWeight(Attributes other) {
    int order = Long.compare(since, other.since);
    if (order == 0) {
      order = Long.compare(time, other.time);
    }
    if (order == 0) {
      order = Boolean.compare(deletes(), other.deletes());
    }
    if (order == 0) {
      order = Long.compare(sequence, other.sequence);
    }
    return order != 0 ? order : Cell.compareValues(values, other.values);
  }
}
