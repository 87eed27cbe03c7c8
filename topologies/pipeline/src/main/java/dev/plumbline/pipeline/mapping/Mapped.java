package dev.plumbline.pipeline.mapping;

import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.RejectReason;
import java.util.function.Function;

/** What an input record means. */
public sealed interface Mapped {

  /** Takes the two cases apart. */
  <T> T fold(Function<Admitted, T> admitted, Function<Rejected, T> rejected);

  /** A prediction or a label. */
  record Admitted(Event event) implements Mapped {

    @Override
    public <T> T fold(Function<Admitted, T> admitted, Function<Rejected, T> rejected) {
      return admitted.apply(this);
    }
  }

  /**
   * Not admitted.
   *
   * @param detail what was expected where, and the kind of what came; never the payload
   */
  record Rejected(RejectReason reason, String detail) implements Mapped {

    @Override
    public <T> T fold(Function<Admitted, T> admitted, Function<Rejected, T> rejected) {
      return rejected.apply(this);
    }
  }
}
