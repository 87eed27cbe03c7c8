package dev.plumbline.state.record;

/**
 * What became of an input record (FLOW section 4). Every record read is in exactly one of the
 * states of its kind, so the books balance: read = sum of states.
 */
public enum RecordState {
  /** Counted once for every record read: the left side of the balance. */
  READ,
  /** Not admitted, with a {@link RejectReason}. */
  REJECTED,
  /** Not of this feed: a record of another kind in the same topic. */
  FILTERED,
  /** A prediction of a model that the monitor does not name. */
  OTHER,
  /**
   * Too old for its partition's clock (prediction), or known too long after it happened (label).
   */
  LATE,
  /** A label whose value is mapped to none, such as a pending status. */
  IGNORED,
  /** The prediction that counts for its identity; also in exactly one of the next five. */
  ACCEPTED,
  /** Accepted, and not selected for a label: none is awaited, and none is looked for. */
  UNSELECTED,
  /** Accepted, without a label so far, or with one that was withdrawn. */
  AWAITING,
  /** Accepted, with a label. */
  LABELLED,
  /** Accepted, with an outcome that was concluded from the absence of a label. */
  CONCLUDED,
  /** Accepted, and no label can come any more. */
  EXPIRED,
  /**
   * A copy, or another prediction of an identity that counts already; a label equal to the last.
   */
  DUPLICATE,
  /** The first label that counts for a prediction. */
  MATCHED,
  /** A later label with another value. */
  REVISED,
  /** A later label that takes back those before it. */
  WITHDRAWN,
  /** A label whose prediction has not come yet. */
  WAITING,
  /** A label whose prediction can no longer come. */
  ORPHAN,
  /** An orphan whose prediction may lie before the first record that was read. */
  ORPHAN_BEFORE_START,
  /** A record of attributes that was taken. */
  ATTRIBUTES,
  /** Not a state: labels ordered by position or content for want of a sequence. */
  TIED;

  /** The text used in topics and files. */
  public String text() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
