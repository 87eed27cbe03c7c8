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
 * @param deletes whether it is a deletion: of what became known until then nothing is known any
 *     more; also not of what became known at the same time, whatever the sequence
 * @param values one for each attribute of the monitor; {@link #UNSAID} where it says nothing
 */
public record Attributes(
    IdHash id, long time, long sequence, long since, boolean deletes, List<String> values)
    implements Event {

  /** It holds for predictions of any time. */
  public static final long ALWAYS = Long.MIN_VALUE;

  /** Stands for the value of an attribute that the record says nothing of. */
  public static final String UNSAID = "";

  public Attributes {
    values = List.copyOf(values);
  }

  /** Says values. */
  public Attributes(IdHash id, long time, long sequence, long since, List<String> values) {
    this(id, time, sequence, since, false, values);
  }

  /** Whether it says something of an attribute, by its number. */
  public boolean says(int attribute) {
    return !values.get(attribute).equals(UNSAID);
  }

  /** Whether it says something of every attribute of which another does. */
  public boolean saysAsMuchAs(Attributes other) {
    for (int i = 0; i < values.size(); i++) {
      if (other.says(i) && !says(i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Which of two values is the word on an attribute: what holds since later, then what was known
   * later.
   */
  public int compareWeight(Attributes other) {
    int order = Long.compare(since, other.since);
    if (order == 0) {
      order = Long.compare(time, other.time);
    }
    if (order == 0) {
      order = Long.compare(sequence, other.sequence);
    }
    return order != 0 ? order : Cell.compareValues(values, other.values);
  }
}
