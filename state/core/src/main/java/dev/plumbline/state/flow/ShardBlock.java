package dev.plumbline.state.flow;

import dev.plumbline.state.join.Arrived;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;

/**
 * A block from an intake to a join: records of one input partition that count, what it booked, and
 * what it says of its clock, in the order of the log.
 */
public final class ShardBlock {

  private static final int VERSION = 3;
  private static final int PREDICTION = 0;
  private static final int LABEL = 1;
  private static final int BOOKS = 2;
  private static final int CONTROL = 3;
  private static final int HAS_SEQUENCE = 4;
  private static final int CLASS_SHIFT = 3;

  private ShardBlock() {}

  /** Hears what a block says, in order. */
  public interface Visitor {

    /** A record that counts. */
    void record(Arrived arrived);

    /** A change of the partition's books. */
    void booked(int partition, long pane, Counter counter, long amount);

    /** A word about the partition's clock. */
    void control(Control control);

    /** The instance to use for a cell of the block: one for all blocks spares comparing them. */
    default Cell known(Cell cell) {
      return cell;
    }
  }

  /** Collects a block. */
  public static final class Writer {
    private final int partition;
    private ByteWriter out = new ByteWriter();
    private boolean isEmpty = true;
    private long time;
    private long offset;

    public Writer(int partition) {
      this.partition = partition;
      begin();
    }

    private void begin() {
      out = new ByteWriter().octet(VERSION).unsigned(partition);
      isEmpty = true;
      time = 0;
      offset = 0;
    }

    /** Whether nothing was added since the last {@link #take}. */
    public boolean isEmpty() {
      return isEmpty;
    }

    /** Whether the block is to be taken before more is added. */
    public boolean isFull() {
      return out.isFull();
    }

    /** Adds a record. */
    public void add(Arrived arrived) {
      Event event = arrived.event();
      int head = code(event) << CLASS_SHIFT;
      head |= event.sequence() == Event.NO_SEQUENCE ? 0 : HAS_SEQUENCE;
      head |= event instanceof Label ? LABEL : PREDICTION;
      out.unsigned(head).fixed(event.id().high()).fixed(event.id().low());
      out.signed(event.time() - time).unsigned(arrived.arrival() - event.time());
      out.signed(arrived.offset() - offset);
      if (event.sequence() != Event.NO_SEQUENCE) {
        out.signed(event.sequence());
      }
      if (event instanceof Prediction prediction) {
        out.cell(prediction.cell()).signed(prediction.score());
      } else if (event instanceof Label label) {
        out.signed(label.time() - label.happened());
      }
      time = event.time();
      offset = arrived.offset();
      isEmpty = false;
    }

    /** Adds changes of the books. */
    public void add(Deltas books) {
      out.unsigned(BOOKS);
      DeltaCodec.write(books, out);
      isEmpty = false;
    }

    /** Adds a word about the clock. */
    public void add(Control control) {
      out.unsigned(CONTROL);
      control.write(out);
      isEmpty = false;
    }

    /** The block so far; the next one begins. */
    public byte[] take() {
      byte[] block = out.toBytes();
      begin();
      return block;
    }
  }

  /** Reads a block. */
  public static void read(byte[] block, Visitor visitor) {
    ByteReader in = new ByteReader(block, visitor::known);
    int version = in.octet();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "block format " + version + ", this build reads " + VERSION);
    }
    int partition = in.count();
    long time = 0;
    long offset = 0;
    while (in.hasMore()) {
      int head = in.count();
      if ((head & 3) == BOOKS) {
        DeltaCodec.read(in, (pane, counter, n) -> visitor.booked(partition, pane, counter, n));
      } else if ((head & 3) == CONTROL) {
        visitor.control(Control.read(in));
      } else {
        IdHash id = new IdHash(in.fixed(), in.fixed());
        time += in.signed();
        long arrival = time + in.unsigned();
        offset += in.signed();
        Event event = event(in, head, id, time);
        visitor.record(new Arrived(partition, offset, arrival, event));
      }
    }
  }

  private static Event event(ByteReader in, int head, IdHash id, long time) {
    long sequence = (head & HAS_SEQUENCE) == 0 ? Event.NO_SEQUENCE : in.signed();
    int code = head >>> CLASS_SHIFT;
    return (head & 3) == PREDICTION
        ? new Prediction(id, time, sequence, in.cell(), code, (int) in.signed())
        : new Label(id, time, time - in.signed(), sequence, code + Label.IGNORED);
  }

  /** Decision or value; those of labels begin below 0. */
  private static int code(Event event) {
    return event instanceof Label label
        ? label.value() - Label.IGNORED
        : ((Prediction) event).decision();
  }
}
