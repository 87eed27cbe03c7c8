package dev.plumbline.state.health;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;

/** What is known of one input partition. */
final class PartitionState {

  final int number;
  final Rhythm rhythm = new Rhythm();

  /* State that outlives a restart: when it was looked at first, and its last record. */
  long born;
  long last;
  boolean hasBrought;

  /* What the present reader says; nothing is judged before it has said something. */
  boolean isReported;
  long silent;
  long behindSince;
  long at;
  private long reader;
  private long read;
  private long rejected;

  PartitionState(int number) {
    this.number = number;
  }

  /** Whether the report is news. */
  boolean isNews(FeedReport report) {
    return report.since() != reader || report.at() > at;
  }

  /** Takes a report; the counts that it adds. */
  FeedReport.Counts take(FeedReport report) {
    boolean isSame = report.since() == reader;
    FeedReport.Counts counts = report.counts();
    long newRead = counts.read() - (isSame ? read : 0);
    long newRejected = counts.rejected() - (isSame ? rejected : 0);
    if (born == 0) {
      born = report.at();
      last = Math.max(report.last(), report.since());
    }
    if (report.last() > last) {
      last = report.last();
      silent = 0;
    }
    hasBrought |= report.last() != FeedReport.NEVER;
    if (report.isAtEnd()) {
      silent = Math.max(0, report.at() - last);
    }
    // A busy partition is hardly ever read to its very end: some records may wait for the next
    // poll.
    boolean isBehind =
        !report.isAtEnd() && (report.lag() == FeedReport.UNKNOWN || report.lag() > newRead);
    if (!isBehind) {
      behindSince = 0;
    } else if (behindSince == 0) {
      behindSince = report.at();
    }
    isReported = true;
    reader = report.since();
    at = report.at();
    read = counts.read();
    rejected = counts.rejected();
    return new FeedReport.Counts(newRead, newRejected, counts.runs());
  }

  void write(ByteWriter out) {
    out.fixed(born).fixed(last).octet(hasBrought ? 1 : 0);
    rhythm.write(out);
  }

  void restore(ByteReader in) {
    born = in.fixed();
    last = in.fixed();
    hasBrought = in.octet() == 1;
    rhythm.read(in);
  }
}
