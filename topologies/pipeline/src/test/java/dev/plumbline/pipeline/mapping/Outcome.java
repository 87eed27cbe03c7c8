package dev.plumbline.pipeline.mapping;

import dev.plumbline.state.record.Event;
import java.nio.charset.StandardCharsets;

/** What a mapping made of a record, taken apart. */
final class Outcome {

  private Outcome() {}

  static Event event(Mapped mapped) {
    if (mapped instanceof Mapped.Admitted admitted) {
      return admitted.event();
    }
    throw new AssertionError(mapped.toString());
  }

  static Mapped.Rejected rejected(Mapped mapped) {
    if (mapped instanceof Mapped.Rejected rejected) {
      return rejected;
    }
    throw new AssertionError(mapped.toString());
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
