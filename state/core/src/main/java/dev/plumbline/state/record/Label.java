package dev.plumbline.state.record;

/**
 * One label: the truth about a prediction, known later, perhaps revised.
 *
 * @param time when it became known
 * @param happened when it happened; decides the horizon and nothing else
 * @param value true class: 0 or 1 for a binary task, 1 being the positive class
 */
public record Label(IdHash id, long time, long happened, long sequence, int value)
    implements Event {

  /** Canonical order of contents: value, then time of happening. */
  public int compareContent(Label other) {
    int order = Integer.compare(value, other.value);
    return order != 0 ? order : Long.compare(happened, other.happened);
  }
}
