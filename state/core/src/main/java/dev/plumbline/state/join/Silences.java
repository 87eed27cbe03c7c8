package dev.plumbline.state.join;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Panes that closed while a partition of labels stood still. Nothing is concluded from the absence
 * of a label in them, but in the pane that waits for the partition again.
 */
public final class Silences {

  private final List<Silence> silences = new ArrayList<>();

  /** From a pane on nothing was known of a partition, until the pane {@code to}. */
  private record Silence(long from, long to) {}

  /** Notes that nothing was known of a partition from one pane until another. */
  public void add(long from, long to) {
    if (from < to) {
      silences.add(new Silence(from, to));
    }
  }

  /** The first pane, this one or later, in which no partition stood still. */
  long after(long pane) {
    long after = pane;
    boolean isRaised = true;
    while (isRaised) {
      isRaised = false;
      for (Silence silence : silences) {
        if (silence.from <= after && after < silence.to) {
          after = silence.to;
          isRaised = true;
        }
      }
    }
    return after;
  }

  /** Forgets those that ended before a pane. */
  void forgetBefore(long pane) {
    silences.removeIf(silence -> silence.to < pane);
  }

  /** Writes all. */
  public void write(ByteWriter out) {
    out.unsigned(silences.size());
    silences.forEach(silence -> out.fixed(silence.from).fixed(silence.to));
  }

  /** Reads what {@link #write} wrote, in place of what was noted. */
  public void read(ByteReader in) {
    silences.clear();
    for (int i = in.count(); i > 0; i--) {
      silences.add(new Silence(in.fixed(), in.fixed()));
    }
  }
}
