package dev.plumbline.state.record;

/**
 * One label: the truth about a prediction, known later, perhaps revised.
 *
 * @param time when it became known
 * @param happened when it happened; decides the horizon and nothing else
 * @param value true class: 0 or 1 for a binary task, 1 being the positive class; or {@link
 *     #WITHDRAWN} or {@link #IGNORED}
 */
public record Label(IdHash id, long time, long happened, long sequence, int value)
    implements Event {

  /** Takes back every label before it: the prediction has no outcome again. */
  public static final int WITHDRAWN = -1;

  /** Says nothing of the outcome, such as a pending status; it moves the clock and is counted. */
  public static final int IGNORED = -2;

  /** Whether it names a class. */
  public boolean hasOutcome() {
    return value >= 0;
  }

  /** Canonical order of contents: value, then time of happening. */
  public int compareContent(Label other) {
    int order = Integer.compare(value, other.value);
    return order != 0 ? order : Long.compare(happened, other.happened);
  }
}
