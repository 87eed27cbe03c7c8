package dev.plumbline.testkit;

/** What a generator hides in a log (FLOW section 7). */
public enum Planted {
  /** A record older than the newest of its partition by less than the grace. */
  DISORDER_WITHIN_GRACE(true),
  /** A prediction older than the newest of its partition by more than the grace. */
  DISORDER_BEYOND_GRACE(true),
  /** A label known before its prediction, by less than a pane. */
  LABEL_BEFORE_PREDICTION(true),
  /** A label that waits for panes until its prediction comes after all. */
  LABEL_WAITING(true),
  /** A label that comes with many others at once, in random order. */
  BULK_LABEL(true),
  /** The same record again in its partition. */
  COPY_IN_PLACE(true),
  /** The same record again in another partition. */
  COPY_ELSEWHERE(true),
  /** Another content of an identity in another partition, with an earlier time. */
  EARLIER_CONTENT_ELSEWHERE(true),
  /** Another content of an identity in another partition, with a later time. */
  LATER_CONTENT_ELSEWHERE(true),
  /** A label whose earlier value is read after it. */
  REVISION_OUT_OF_ORDER(true),
  /** A label revised in a later pane. */
  REVISION(true),
  /** A label that takes back those before it, and perhaps is followed by another. */
  WITHDRAWAL(true),
  /** A label that says nothing of the outcome. */
  IGNORED_LABEL(true),
  /** A label known too long after it happened. */
  LATE_LABEL(true),
  /** A label without a prediction. */
  ORPHAN(true),
  /** Offsets used up by an aborted transaction and its marker. */
  OFFSET_HOLE(true),
  /** A record without value. */
  NULL_VALUE(true),
  /** A record that mapping rejects for another reason. */
  OTHER_REJECT(true),
  /** A record that is not of the feed. */
  FILTERED(true),
  /** A prediction of a model that the monitor does not name. */
  OTHER_MODEL(true),
  /** The same id scored by a second version. */
  SECOND_VERSION(true),
  /** An id used again more than a horizon later. */
  ID_REUSED(true),
  /** Labels of one id, equal time and different value, in one partition; without sequence. */
  TIE_IN_ONE_PARTITION(true),
  /** The same in two partitions. */
  TIE_IN_SEVERAL_PARTITIONS(true),
  /** Labels of one id, equal time and different value, with a sequence, at times an equal one. */
  TIE_WITH_SEQUENCE(true),
  /** A prediction that lacks the value of an attribute. */
  MISSING_VALUE(true),
  /** A prediction without a score. */
  MISSING_SCORE(true),
  /** A prediction that is not selected for a label. */
  UNSELECTED(true),
  /** Attributes of a subject that are known before its prediction. */
  EARLY_ATTRIBUTES(true),
  /** Attributes of a subject that become known after its prediction. */
  LATE_ATTRIBUTES(true),
  /** A deletion of a subject, at the time of an earlier word on it or later. */
  DELETED_ATTRIBUTES(true),
  /** An id with more records than the bound. */
  TOO_MANY_COPIES(false),
  /** Days without any record. */
  GAP(false),
  /** One record days ahead of its partition. */
  FAR_FUTURE(false),
  /** Two records days ahead of their partition, near its end, and late ones after them. */
  DOUBLE_FAR_FUTURE(false),
  /** A partition without records. */
  EMPTY_PARTITION(false),
  /** A partition whose first record comes in the middle of the others. */
  LATE_STARTING_PARTITION(false);

  private final boolean single;

  Planted(boolean single) {
    this.single = single;
  }

  /** True for things of single records, which are in at least 1 % of them; others are a few. */
  public boolean single() {
    return single;
  }

  /** True if logs of a plan can have it. */
  public boolean possible(Plan plan) {
    return switch (this) {
      case TIE_IN_ONE_PARTITION, TIE_IN_SEVERAL_PARTITIONS -> !plan.sequence();
      case TIE_WITH_SEQUENCE -> plan.sequence();
      case UNSELECTED -> plan.sampled();
      case EARLY_ATTRIBUTES, LATE_ATTRIBUTES, DELETED_ATTRIBUTES -> plan.elsewhere();
      default -> true;
    };
  }
}
