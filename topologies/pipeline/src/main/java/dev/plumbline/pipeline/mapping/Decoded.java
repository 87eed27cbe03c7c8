package dev.plumbline.pipeline.mapping;

import dev.plumbline.state.record.RejectReason;

/** What bytes turned out to be. */
public sealed interface Decoded {

  /** A record. */
  record Read(Row row) implements Decoded {}

  /** Nothing that can be read. */
  record Failed(RejectReason reason, String detail) implements Decoded {}
}
