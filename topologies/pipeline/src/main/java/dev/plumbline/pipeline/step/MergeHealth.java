package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.codec.HealthRecords;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.health.Change;
import dev.plumbline.state.health.Feed;
import dev.plumbline.state.health.FeedReport;
import dev.plumbline.state.health.Health;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The health of a merge's monitor: it hears what the merge closes and tells nothing to it. Its
 * state is in the merge's changelog, so a restart opens and closes nothing.
 */
final class MergeHealth {

  /** Kinds of changelog entries. */
  static final byte REPORTS = 'r';

  static final byte PANES = 'v';

  private static final int FORMAT = 1;

  /** Times of last records may be so much older after a restart; changes of conditions never. */
  private static final long WRITE_MILLIS = 10_000;

  private final Flow flow;
  private final HealthRecords records;
  private final Health health;
  private long began;
  private long nextBeat;
  private long nextWrite;
  private boolean hasReports;
  private boolean hasPanes;

  MergeHealth(Flow flow) {
    this.flow = flow;
    this.records = new HealthRecords(flow);
    List<Feed> feeds = new ArrayList<>();
    flow.inputs().forEach(i -> feeds.add(new Feed(i.topic(), i.partition(), brings(i.kind()))));
    this.health =
        new Health(
            flow.health(),
            new Health.Subject(
                feeds, flow.cube().attributes(), flow.cube().named(), flow.join().ages()));
  }

  private static Feed.Brings brings(Flow.Kind kind) {
    return switch (kind) {
      case PREDICTIONS, BOTH -> Feed.Brings.PREDICTIONS;
      case LABELS -> Feed.Brings.LABELS;
      case ATTRIBUTES -> Feed.Brings.ATTRIBUTES;
    };
  }

  void closeLabelFree(HoldBack.Pane held) {
    health.closeLabelFree(held.cells());
    hasPanes = true;
  }

  void close(long pane, HoldBack.Pane held) {
    health.close(pane, held.cells(), held.books());
    hasPanes = true;
  }

  void tick(long now, Collection<FeedReport> reports, long closedBefore, Outbox outbox) {
    if (!flow.health().isOn()) {
      return;
    }
    began = began == 0 ? now : began;
    reports.forEach(health::report);
    List<Change> changes = health.judge(now);
    changes.forEach(change -> outbox.publish(records.change(change, now)));
    if (now >= nextBeat) {
      nextBeat = now + flow.health().heartbeat();
      outbox.publish(records.heartbeat(beat(closedBefore), false, now));
    }
    if (!changes.isEmpty() || now >= nextWrite) {
      nextWrite = now + WRITE_MILLIS;
      hasReports = true;
    }
  }

  void stop(long now, long closedBefore, Outbox outbox) {
    if (flow.health().isOn()) {
      began = began == 0 ? now : began;
      outbox.publish(records.heartbeat(beat(closedBefore), true, now));
    }
  }

  private HealthRecords.Beat beat(long closedBefore) {
    return new HealthRecords.Beat(began, closedBefore, health.open(), health.read());
  }

  /** Gives the entries of the changelog that have changed. */
  void flush(BiConsumer<Byte, byte[]> entries) {
    if (!flow.health().isOn()) {
      return;
    }
    if (hasReports || hasPanes) {
      ByteWriter out = new ByteWriter().octet(FORMAT);
      health.writeReports(out);
      entries.accept(REPORTS, out.toBytes());
    }
    if (hasPanes) {
      ByteWriter out = new ByteWriter().octet(FORMAT);
      health.writePanes(out);
      entries.accept(PANES, out.toBytes());
    }
    hasReports = false;
    hasPanes = false;
  }

  void restoreReports(ByteReader in) {
    requireFormat(in);
    health.readReports(in);
  }

  void restorePanes(ByteReader in) {
    requireFormat(in);
    health.readPanes(in);
  }

  private static void requireFormat(ByteReader in) {
    int format = in.octet();
    if (format != FORMAT) {
      throw new IllegalArgumentException(
          "health of format " + format + ", this build reads " + FORMAT);
    }
  }
}
