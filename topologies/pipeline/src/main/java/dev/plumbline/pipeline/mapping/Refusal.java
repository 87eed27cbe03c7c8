package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.state.record.RejectReason;

/**
 * Ends the mapping of one record from inside a field. Never leaves this package: {@link Mapping}
 * turns it into a {@link Mapped.Rejected}. Without stack trace, as bad input may come in millions.
 */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final RejectReason reason;
  private final String detail;

  Refusal(RejectReason reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
    this.detail = detail;
  }

  /** The usual sentence: where, what was expected, what kind of thing came. */
  static Refusal at(FieldPath path, RejectReason reason, String expected, String came) {
    return new Refusal(reason, path.text() + ": expected " + expected + ", was " + came);
  }

  static Refusal missing(FieldPath path, String expected, Value came) {
    return at(path, RejectReason.MISSING_FIELD, expected, came.kind());
  }

  static Refusal wrongType(FieldPath path, String expected, Value came) {
    return at(path, RejectReason.WRONG_TYPE, expected, came.kind());
  }

  Decoded.Failed failed() {
    return new Decoded.Failed(reason, detail);
  }

  Mapped.Rejected rejected() {
    return new Mapped.Rejected(reason, detail);
  }
}
