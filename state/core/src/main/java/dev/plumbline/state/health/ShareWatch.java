package dev.plumbline.state.health;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;

/**
 * A share compared with what it usually is. Events are counted in blocks of a fewest size, and each
 * is judged when it is full. The blocks that were well are what is usual, old ones half as much as
 * new ones in the end; of the first block only a share of one half is too much.
 */
final class ShareWatch {

  private static final long ONE = HealthRules.ONE;
  private static final int MEMORY = 200;
  private static final long WEEK = 7 * 24 * 3_600_000L;

  /** Standard errors beyond the limit that a block must be. */
  private static final double SURE = 3;

  private final Condition condition;
  private final Where where;
  private final HealthRules rules;
  private final long fewestHits;
  private long hits;
  private long total;
  private long usualHits;
  private long usualTotal;

  /** A share of people, of whom fewer than may be published are not told, or of records. */
  ShareWatch(Condition condition, Where where, HealthRules rules, boolean isOfPeople) {
    this.condition = condition;
    this.where = where;
    this.rules = rules;
    this.fewestHits = isOfPeople ? rules.publishMin() : 0;
  }

  /** What became of a block. */
  enum Judged {
    NOT_YET,
    WELL,
    UNWELL
  }

  /** Takes events, so many of which are hits; whether a block is full now, and well. */
  Judged add(long newHits, long newTotal, Conditions conditions) {
    hits += newHits;
    total += newTotal;
    if (total < Math.max(rules.fewest(), fewestHits)) {
      return Judged.NOT_YET;
    }
    boolean wasOpen = conditions.isOpen(condition, where);
    boolean isUnwell = wasOpen ? isStillUnwell() : isUnwell();
    if (isUnwell) {
      conditions.open(condition, where, seen());
    } else {
      conditions.close(condition, where, seen());
      learn();
    }
    hits = 0;
    total = 0;
    return isUnwell ? Judged.UNWELL : Judged.WELL;
  }

  private boolean isUnwell() {
    double limit = limit() * total;
    return hits >= fewestHits && hits > limit + SURE * Math.sqrt(limit);
  }

  /** It must come half of the way back to the usual share. */
  private boolean isStillUnwell() {
    return hits > (limit() + usual() / (double) ONE) / 2 * total;
  }

  private double limit() {
    long limit = isKnown() ? Math.max(rules.share(), rules.timesShare() * usual()) : ONE / 2;
    return Math.min(limit, ONE) / (double) ONE;
  }

  /** Whether a block has been well, so that something is usual. */
  boolean isKnown() {
    return usualTotal > 0;
  }

  private long usual() {
    return isKnown() ? ONE * usualHits / usualTotal : 0;
  }

  private Seen seen() {
    long usual = isKnown() && isTold(usualHits, usualTotal) ? usual() : Seen.NONE;
    return new Seen(isTold(hits, total) ? ONE * hits / total : Seen.NONE, usual, 0);
  }

  /** Neither of the two groups is one that is too small to be told. */
  private boolean isTold(long part, long whole) {
    return (part == 0 || part >= fewestHits)
        && (part == whole || whole - part >= fewestHits || fewestHits == 0);
  }

  private void learn() {
    usualHits += hits;
    usualTotal += total;
    if (usualTotal > MEMORY * Math.max(1, rules.fewest())) {
      usualHits /= 2;
      usualTotal /= 2;
    }
  }

  /** What has lasted a week is usual from now on: everything before is forgotten. */
  void accept(long now, Conditions conditions) {
    if (now - WEEK >= conditions.since(condition, where)) {
      usualHits = 0;
      usualTotal = 0;
      hits = 0;
      total = 0;
      conditions.close(condition, where, Seen.NOTHING);
    }
  }

  void write(ByteWriter out) {
    out.unsigned(hits).unsigned(total).unsigned(usualHits).unsigned(usualTotal);
  }

  void read(ByteReader in) {
    hits = in.unsigned();
    total = in.unsigned();
    usualHits = in.unsigned();
    usualTotal = in.unsigned();
  }
}
