package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.codec.Records;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.Exclusion;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.Crossing;
import dev.plumbline.state.flow.ShardBlock;
import dev.plumbline.state.health.FeedReport;
import dev.plumbline.state.join.Arrived;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.PartitionClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The step of one input partition: maps its records, judges them by the partition's own clock,
 * books them, and sends those that count to the join of their id, with the clock behind them.
 */
public final class IntakeStep implements Intake {

  // Configuration.
  private final int partition;
  private final Flow flow;
  private final Function<Incoming, Mapped> mapping;
  private final Records records;

  // State, in the changelog.
  private final IntakeState state;

  // Not state: told to health alone.
  private final Tally tally;

  // Unsent, empty after every flush.
  private final List<ShardBlock.Writer> blocks = new ArrayList<>();
  private final Deltas books = new Deltas();
  private long readPane;
  private long read;
  private boolean isFull;

  // What was last said of the clock; said again after a restart.
  private long saidClock = UNKNOWN;

  public IntakeStep(int partition, Flow flow, Function<Incoming, Mapped> mapping, Records records) {
    this.partition = partition;
    this.flow = flow;
    this.mapping = mapping;
    this.records = records;
    this.state = new IntakeState(clock(flow, partition), partition);
    this.tally = new Tally(flow.models());
    for (int shard = 0; shard < flow.shards(); shard++) {
      blocks.add(new ShardBlock.Writer(partition));
    }
  }

  /** Attributes change rarely: what is far ahead of the last of them is no mistake. */
  private static PartitionClock<IntakeState.Read> clock(Flow flow, int partition) {
    return flow.inputs().get(partition).kind() == Flow.Kind.ATTRIBUTES
        ? PartitionClock.countingAtOnce(flow.timing())
        : new PartitionClock<>(flow.timing());
  }

  @Override
  public void restore(byte[] key, byte @Nullable [] value) {
    if (value != null) {
      state.restore(value);
    }
  }

  @Override
  public void receive(Incoming record, Outbox outbox) {
    wake(record.offset());
    raise(record.offset());
    state.timestamp = Math.max(state.timestamp, record.timestamp());
    judge(mapping.apply(record), record, outbox);
    sayClock(record.offset());
    if (isFull) {
      send(outbox);
    }
  }

  private void judge(Mapped mapped, Incoming record, Outbox outbox) {
    if (!(mapped instanceof Mapped.Several)) {
      tally.add(mapped);
    }
    if (mapped instanceof Mapped.Admitted admitted) {
      Event event = admitted.event();
      IntakeState.Read read = new IntakeState.Read(event, record.offset(), size(record));
      state.clock.read(event.time(), read, decisions(outbox));
    } else if (mapped instanceof Mapped.Rejected rejected) {
      reject(record, rejected, outbox);
    } else if (mapped instanceof Mapped.Several several) {
      several.elements().forEach(element -> judge(element, record, outbox));
    } else {
      bookStateless(RejectReason.NONE);
    }
  }

  @Override
  public void quiet(long millisSinceLastRecord, Outbox outbox) {
    if (millisSinceLastRecord >= flow.idle() && !state.isIdle && !state.hasEnded) {
      state.isIdle = true;
      tellAll(new Control.Idle(partition, state.wakes));
    }
  }

  @Override
  public void end(Outbox outbox) {
    if (state.hasEnded) {
      return;
    }
    wake(state.lastOffset + 1);
    raise(state.lastOffset + 1);
    state.hasEnded = true;
    state.clock.end(decisions(outbox));
    bookEarly(0);
    Crossing end = new Crossing(Crossing.END, state.lastOffset + 1, state.timestamp);
    tellAll(new Control.Clock(partition, end));
  }

  @Override
  public void flush(Changelog changelog, Outbox outbox) {
    send(outbox);
    if (state.isChanged()) {
      changelog.put(IntakeState.KEY, state.toBytes());
    }
    long clock = clock();
    if (clock != saidClock) {
      saidClock = clock;
      outbox.progress(clock);
    }
  }

  @Override
  public FeedReport.Counts counts() {
    return tally.counts();
  }

  @Override
  public long clock() {
    if (state.isIdle || state.hasEnded) {
      return NOT_AWAITED;
    }
    return state.passed == Long.MIN_VALUE ? UNKNOWN : state.passed * flow.timing().pane();
  }

  private void send(Outbox outbox) {
    isFull = false;
    sendBooks();
    for (int shard = 0; shard < blocks.size(); shard++) {
      if (!blocks.get(shard).isEmpty()) {
        outbox.toJoin(shard, blocks.get(shard).take());
      }
    }
  }

  private void wake(long offset) {
    if (state.isIdle) {
      state.isIdle = false;
      tellAll(new Control.Wake(partition, state.wakes++, offset, Long.MIN_VALUE));
    }
  }

  /** Repeats what the partition was answered in an earlier run, at the record that woke it. */
  private void raise(long offset) {
    for (Exclusion exclusion : flow.exclusions()) {
      boolean isHere = state.lastOffset < exclusion.offset() && exclusion.offset() <= offset;
      if (isHere && exclusion.partition() == partition) {
        tellAll(new Control.Raised(partition, exclusion.answerPane()));
      }
    }
  }

  private void sayClock(long offset) {
    state.lastOffset = offset;
    long clock = state.clock.clock();
    if (clock == PartitionClock.BEFORE_ALL) {
      return;
    }
    if (!state.hasStarted) {
      state.hasStarted = true;
      if (!flow.inputs().get(partition).isWhole()) {
        tellAll(new Control.Start(partition, state.clock.confirmed()));
      }
    }
    long passed = flow.timing().paneOf(clock);
    if (passed > state.passed) {
      state.passed = passed;
      tellAll(new Control.Clock(partition, new Crossing(passed, offset, state.timestamp)));
    }
  }

  private void tellAll(Control control) {
    sendBooks();
    for (ShardBlock.Writer block : blocks) {
      block.add(control);
      isFull |= block.isFull();
    }
  }

  /** Books travel by the first shard, in the order of the log like everything else. */
  private void sendBooks() {
    bookRead();
    if (books.size() > 0) {
      blocks.get(0).add(books);
      books.clear();
    }
  }

  private PartitionClock.Decisions<IntakeState.Read> decisions(Outbox outbox) {
    return new PartitionClock.Decisions<>() {
      @Override
      public void counted(IntakeState.Read read, long arrival, long clock) {
        count(read, arrival, clock, outbox);
      }

      @Override
      public void jumped(IntakeState.Read read, long clock) {
        bookRead(clock);
        book(clock, RecordState.REJECTED, RejectReason.TIME_JUMP, "");
        publish(
            read.offset(),
            RejectReason.TIME_JUMP.text(),
            "time more than " + flow.timing().jump() + " ms ahead of its partition, alone",
            read.size(),
            clock,
            outbox);
      }
    };
  }

  private void count(IntakeState.Read read, long arrival, long clock, Outbox outbox) {
    bookEarly(arrival);
    bookRead(arrival);
    Event event = read.event();
    String model = event instanceof Prediction prediction ? prediction.cell().model() : "";
    if (event instanceof Prediction && !flow.models().contains(model)) {
      book(arrival, RecordState.OTHER, RejectReason.NONE, "");
    } else if (event instanceof Label label && label.value() == Label.IGNORED) {
      book(arrival, RecordState.IGNORED, RejectReason.NONE, "");
    } else if (event instanceof Attributes) {
      book(arrival, RecordState.ATTRIBUTES, RejectReason.NONE, "");
      for (ShardBlock.Writer block : blocks) {
        add(block, new Arrived(partition, read.offset(), arrival, event));
      }
    } else if (isLate(event, arrival, clock)) {
      book(arrival, RecordState.LATE, RejectReason.NONE, model);
      publish(
          read.offset(),
          RecordState.LATE.text(),
          "older than its partition's clock allows",
          read.size(),
          arrival,
          outbox);
    } else {
      ShardBlock.Writer block = blocks.get(event.id().shard(flow.shards()));
      add(block, new Arrived(partition, read.offset(), arrival, event));
    }
  }

  private void add(ShardBlock.Writer block, Arrived arrived) {
    block.add(arrived);
    isFull |= block.isFull();
  }

  private void bookEarly(long arrival) {
    long pane = flow.timing().paneOf(arrival);
    state.early.forEach(
        (reason, count) -> {
          books.add(pane, new Booked(partition, RecordState.READ, RejectReason.NONE, ""), count);
          books.add(pane, new Booked(partition, stateOf(reason), reason, ""), count);
        });
    state.early.clear();
  }

  private boolean isLate(Event event, long arrival, long clock) {
    return event instanceof Label label
        ? arrival - label.happened() > flow.timing().lateBy()
        : event.time() < clock;
  }

  private void reject(Incoming record, Mapped.Rejected rejected, Outbox outbox) {
    bookStateless(rejected.reason());
    publish(
        record.offset(),
        rejected.reason().text(),
        rejected.detail(),
        size(record),
        state.clock.clock(),
        outbox);
  }

  /** Books a record that has no time of its own: it arrives at the clock. */
  private void bookStateless(RejectReason reason) {
    long clock = state.clock.clock();
    if (clock == PartitionClock.BEFORE_ALL) {
      state.early.merge(reason, 1L, Long::sum);
    } else {
      bookRead(clock);
      book(clock, stateOf(reason), reason, "");
    }
  }

  private static RecordState stateOf(RejectReason reason) {
    return reason == RejectReason.NONE ? RecordState.FILTERED : RecordState.REJECTED;
  }

  private void publish(
      long offset, String reason, String detail, int size, long arrival, Outbox outbox) {
    long pane = rejectPane(arrival);
    if (state.mayPublish(reason, pane, rejectPane(state.clock.clock()))) {
      outbox.publish(
          records.reject(
              new Records.Rejection(partition, offset, reason, detail, size, pane),
              state.timestamp));
    }
  }

  private long rejectPane(long arrival) {
    return arrival == PartitionClock.BEFORE_ALL
        ? Records.Rejection.BEFORE_THE_FIRST
        : flow.timing().paneOf(arrival);
  }

  /** Every record is booked as read: those of one pane together. */
  private void bookRead(long arrival) {
    long pane = flow.timing().paneOf(arrival);
    if (pane != readPane) {
      bookRead();
      readPane = pane;
    }
    read++;
  }

  private void bookRead() {
    if (read > 0) {
      Booked counter = new Booked(partition, RecordState.READ, RejectReason.NONE, "");
      books.add(readPane, counter, read);
      read = 0;
    }
  }

  private void book(long arrival, RecordState recordState, RejectReason reason, String model) {
    Booked counter = new Booked(partition, recordState, reason, model);
    books.add(flow.timing().paneOf(arrival), counter, 1);
  }

  private static int size(Incoming record) {
    byte[] value = record.value();
    return value == null ? 0 : value.length;
  }
}
