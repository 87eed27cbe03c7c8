package dev.plumbline.state.time;

import org.jspecify.annotations.Nullable;

/**
 * The clock of one input partition: the highest confirmed time read from it, minus the grace. It
 * never goes back (FLOW section 1).
 *
 * <p>A single record far ahead would move it for good, so a record more than {@code jump} above the
 * highest confirmed time, or the first of a partition, is withheld until the next one has been
 * seen.
 *
 * <p>Where records are rare by nature and none of them closes a pane, as attributes of subjects
 * are, {@link #countingAtOnce} holds none of them back: each counts when it is read, and what one
 * far ahead waits for is only to move the clock. If it turns out to be alone, it has not.
 *
 * <p>Why this makes the output a pure function of the log: a counted record's arrival is never
 * below the clock of its partition just before it, hence never below any frontier (the lowest
 * clock) that was reached before it was read. A pane that closes when the frontier passes its end
 * can therefore receive nothing afterwards, in whatever order partitions are read.
 *
 * @param <R> what the caller wants back with the decision
 */
public final class PartitionClock<R> {

  /** The clock before any time is confirmed. */
  public static final long BEFORE_ALL = Long.MIN_VALUE;

  /** What was decided about a record that was read; a record is decided about exactly once. */
  public interface Decisions<R> {

    /**
     * The record counts.
     *
     * @param arrival the later of its time and the clock just before it
     * @param clock the clock just before it
     */
    void counted(R record, long arrival, long clock);

    /** The record was alone in being far ahead; it arrives at the clock. */
    void jumped(R record, long clock);
  }

  /** A record waiting for the next one. */
  public record Withheld<R>(long time, R record) {}

  private final long grace;
  private final long jump;
  private final boolean countsAtOnce;
  private long confirmed = BEFORE_ALL;
  private @Nullable Withheld<R> withheld;

  public PartitionClock(Timing timing) {
    this(timing, false);
  }

  private PartitionClock(Timing timing, boolean countsAtOnce) {
    this.grace = timing.grace();
    this.jump = timing.jump();
    this.countsAtOnce = countsAtOnce;
  }

  /** A clock whose records all count when they are read; one far ahead does not move it alone. */
  public static <R> PartitionClock<R> countingAtOnce(Timing timing) {
    return new PartitionClock<>(timing, true);
  }

  /** Restores a clock from what {@link #confirmed} and {@link #withheld} said. */
  public void restore(long highestConfirmed, @Nullable Withheld<R> waiting) {
    this.confirmed = highestConfirmed;
    this.withheld = waiting;
  }

  /** Highest confirmed time, or {@link #BEFORE_ALL}. */
  public long confirmed() {
    return confirmed;
  }

  /** The record that waits for the next one, if any. */
  public @Nullable Withheld<R> withheld() {
    return withheld;
  }

  /** The clock in epoch milliseconds, or {@link #BEFORE_ALL}. */
  public long clock() {
    return confirmed == BEFORE_ALL ? BEFORE_ALL : confirmed - grace;
  }

  /** Reads the next record of the partition. */
  public void read(long time, R record, Decisions<R> decisions) {
    Withheld<R> next = new Withheld<>(time, record);
    if (countsAtOnce) {
      tell(next, decisions);
    }
    Withheld<R> waiting = withheld;
    withheld = null;
    if (waiting == null) {
      judge(next, decisions);
    } else if (isFarAhead(time)) {
      boolean waitingFirst = waiting.time <= time;
      count(waitingFirst ? waiting : next, decisions);
      judge(waitingFirst ? next : waiting, decisions);
    } else {
      if (!countsAtOnce) {
        decisions.jumped(waiting.record, clock());
      }
      judge(next, decisions);
    }
  }

  /** The partition ends here: a record still withheld counts. */
  public void end(Decisions<R> decisions) {
    Withheld<R> waiting = withheld;
    withheld = null;
    if (waiting != null) {
      count(waiting, decisions);
    }
  }

  private void judge(Withheld<R> next, Decisions<R> decisions) {
    if (isFarAhead(next.time)) {
      withheld = next;
    } else {
      count(next, decisions);
    }
  }

  private boolean isFarAhead(long time) {
    return confirmed == BEFORE_ALL || time > confirmed + jump;
  }

  private void count(Withheld<R> next, Decisions<R> decisions) {
    if (!countsAtOnce) {
      tell(next, decisions);
    }
    confirmed = Math.max(confirmed, next.time);
  }

  private void tell(Withheld<R> next, Decisions<R> decisions) {
    long before = clock();
    decisions.counted(next.record, Math.max(next.time, before), before);
  }
}
