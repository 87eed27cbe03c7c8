package dev.plumbline.state.health;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What the reader of an input partition tells of it. Times are wall-clock milliseconds.
 *
 * @param partition index of the input partition
 * @param since when the reader began; another time is another reader, whose counts begin at 0
 * @param at when this was said
 * @param last when it was handed the last record, or {@link #NEVER}
 * @param isAtEnd whether the partition is read to its end
 * @param lag records that wait in the partition, or {@link #UNKNOWN}
 */
public record FeedReport(
    int partition, long since, long at, long last, boolean isAtEnd, long lag, Counts counts) {

  /** Stands for "no record since the reader began". */
  public static final long NEVER = 0;

  /** Stands for a lag that is not known. */
  public static final long UNKNOWN = -1;

  private static final int FORMAT = 1;

  /**
   * What was read since the reader began.
   *
   * @param read events, elements of lists one by one
   * @param rejected those of them that the mapping rejected
   */
  public record Counts(long read, long rejected, List<Run> runs) {

    /** Nothing was read. */
    public static final Counts NONE = new Counts(0, 0, List.of());

    public Counts {
      runs = List.copyOf(runs);
    }
  }

  /**
   * Equal scores of a model in a row.
   *
   * @param length of the row that lasts
   * @param longest of all rows that another score has ended; 0 if none has
   */
  public record Run(String model, long length, long longest) {}

  /** As a message. */
  public byte[] toBytes() {
    ByteWriter out = new ByteWriter().octet(FORMAT).unsigned(partition);
    out.fixed(since).fixed(at).fixed(last).octet(isAtEnd ? 1 : 0).signed(lag);
    out.unsigned(counts.read).unsigned(counts.rejected).unsigned(counts.runs.size());
    counts.runs.forEach(run -> out.text(run.model).unsigned(run.length).unsigned(run.longest));
    return out.toBytes();
  }

  /** From a message. */
  public static FeedReport of(byte[] message) {
    ByteReader in = new ByteReader(message);
    int format = in.octet();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "a report of a feed must be of format " + FORMAT + ", was " + format);
    }
    int partition = in.count();
    long since = in.fixed();
    long at = in.fixed();
    long last = in.fixed();
    boolean isAtEnd = in.octet() == 1;
    long lag = in.signed();
    long read = in.unsigned();
    long rejected = in.unsigned();
    List<Run> runs = new ArrayList<>();
    for (int i = in.count(); i > 0; i--) {
      runs.add(new Run(in.text(), in.unsigned(), in.unsigned()));
    }
    return new FeedReport(
        partition, since, at, last, isAtEnd, lag, new Counts(read, rejected, runs));
  }
}
