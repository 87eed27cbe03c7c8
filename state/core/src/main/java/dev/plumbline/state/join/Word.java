package dev.plumbline.state.join;

import dev.plumbline.state.record.Attributes;

/** What a record said of a subject, and the arrival pane from which that is known. */
record Word(long pane, Attributes said) {

  /** Whether predictions of a time may count with it at the end of a pane. */
  boolean isKnown(long time, long end) {
    return pane <= end && said.since() <= time;
  }

  /** Whether it is the word on an attribute rather than another value. */
  boolean outweighs(Word other) {
    return said.compareWeight(other.said) > 0;
  }

  /** Whether this says later what another one has said, of the same time. */
  boolean repeats(Word other) {
    return pane >= other.pane
        && said.since() == other.said.since()
        && said.values().equals(other.said.values());
  }

  /**
   * Whether this deletion takes back another word.
   *
   * <p>That must have become known until then, and must not arrive long after the deletion: a
   * deletion is not kept for ever, as it names whom nobody wants to be remembered.
   */
  boolean takesBack(Word other, Past past) {
    return other.said.time() <= said.time() && other.pane <= pane + past.window();
  }
}
