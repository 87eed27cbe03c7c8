package dev.plumbline.pipeline.step;

import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.ShardBlock;
import dev.plumbline.state.join.Arrived;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.PartitionClock;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What an intake remembers: one changelog entry of some dozen bytes. */
final class IntakeState {

  static final byte[] KEY = {'i'};

  /** Most rejects of one reason that are published per pane; the rest is only counted. */
  static final int REJECTS_PER_PANE = 1000;

  private static final int VERSION = 2;

  /** A mapped record with its place in the log. */
  record Read(Event event, long offset, int size) {}

  final PartitionClock<Read> clock;

  /** Rejects, and what was filtered (without a reason), from before any time was confirmed. */
  final Map<RejectReason, Long> early = new TreeMap<>();

  long timestamp = Long.MIN_VALUE;
  long lastOffset = -1;
  long passed = Long.MIN_VALUE;
  int wakes;
  boolean isIdle;
  boolean hasEnded;
  boolean hasStarted;

  private final int partition;
  private final NavigableMap<Long, Map<String, Long>> published = new TreeMap<>();
  private byte[] written = {};

  IntakeState(PartitionClock<Read> clock, int partition) {
    this.clock = clock;
    this.partition = partition;
  }

  /**
   * Counts a reject; whether it is among the first of its reason and pane.
   *
   * @param passed the pane before which nothing of the partition arrives any more
   */
  boolean mayPublish(String reason, long pane, long passed) {
    published.headMap(passed, false).clear();
    return published.computeIfAbsent(pane, p -> new TreeMap<>()).merge(reason, 1L, Long::sum)
        <= REJECTS_PER_PANE;
  }

  /** Whether this differs from what was last given out. */
  boolean isChanged() {
    return !Arrays.equals(written, encode());
  }

  byte[] toBytes() {
    written = encode();
    return written;
  }

  private byte[] encode() {
    ByteWriter out = new ByteWriter().octet(VERSION).fixed(clock.confirmed()).fixed(timestamp);
    out.signed(lastOffset).fixed(passed).unsigned(wakes);
    out.octet((isIdle ? 1 : 0) | (hasEnded ? 2 : 0) | (hasStarted ? 4 : 0));
    out.unsigned(early.size());
    early.forEach((reason, count) -> out.text(reason.name()).unsigned(count));
    out.unsigned(published.size());
    published.forEach(
        (pane, counts) -> {
          out.fixed(pane).unsigned(counts.size());
          counts.forEach((reason, count) -> out.text(reason).unsigned(count));
        });
    PartitionClock.Withheld<Read> withheld = clock.withheld();
    if (withheld != null) {
      ShardBlock.Writer record = new ShardBlock.Writer(partition);
      Read read = withheld.record();
      record.add(new Arrived(partition, read.offset, read.event.time(), read.event));
      out.unsigned(read.size).bytes(record.take());
    }
    return out.toBytes();
  }

  void restore(byte[] bytes) {
    written = bytes;
    ByteReader in = new ByteReader(bytes);
    int version = in.octet();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "intake state of format " + version + ", this build reads " + VERSION);
    }
    long confirmed = in.fixed();
    timestamp = in.fixed();
    lastOffset = in.signed();
    passed = in.fixed();
    wakes = in.count();
    int flags = in.octet();
    isIdle = (flags & 1) != 0;
    hasEnded = (flags & 2) != 0;
    hasStarted = (flags & 4) != 0;
    early.clear();
    for (int i = in.count(); i > 0; i--) {
      early.put(RejectReason.valueOf(in.text()), in.unsigned());
    }
    published.clear();
    for (int panes = in.count(); panes > 0; panes--) {
      Map<String, Long> counts = new TreeMap<>();
      published.put(in.fixed(), counts);
      for (int i = in.count(); i > 0; i--) {
        counts.put(in.text(), in.unsigned());
      }
    }
    clock.restore(confirmed, null);
    if (in.hasMore()) {
      int size = in.count();
      ShardBlock.read(in.bytes(), new Withholding(confirmed, size));
    }
  }

  /** Puts the one record of a block back behind the clock. */
  private final class Withholding implements ShardBlock.Visitor {
    private final long confirmed;
    private final int size;

    Withholding(long confirmed, int size) {
      this.confirmed = confirmed;
      this.size = size;
    }

    @Override
    public void record(Arrived arrived) {
      Read read = new Read(arrived.event(), arrived.offset(), size);
      clock.restore(confirmed, new PartitionClock.Withheld<>(arrived.event().time(), read));
    }

    @Override
    public void booked(int inputPartition, long pane, Counter counter, long amount) {
      throw new IllegalArgumentException("a withheld record has no books");
    }

    @Override
    public void control(Control control) {
      throw new IllegalArgumentException("a withheld record has no clock");
    }
  }
}
