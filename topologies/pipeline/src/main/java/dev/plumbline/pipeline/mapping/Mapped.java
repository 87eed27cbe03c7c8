package dev.plumbline.pipeline.mapping;

import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.RejectReason;
import java.util.List;

/** What an input record means. */
public sealed interface Mapped {

  /** A prediction or a label. */
  record Admitted(Event event) implements Mapped {}

  /** Nothing for this feed: a record of another kind in the same topic. */
  record Filtered() implements Mapped {}

  /**
   * Several in one record.
   *
   * @param elements in their order, at least one; none of them several again
   */
  record Several(List<Mapped> elements) implements Mapped {

    public Several {
      elements = List.copyOf(elements);
    }
  }

  /** The only instance needed. */
  Mapped FILTERED = new Filtered();

  /**
   * Not admitted.
   *
   * @param detail what was expected where, and the kind of what came; never the payload
   */
  record Rejected(RejectReason reason, String detail) implements Mapped {}
}
