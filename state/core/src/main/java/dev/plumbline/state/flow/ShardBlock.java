package dev.plumbline.state.flow;

import dev.plumbline.state.join.Arrived;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A block from an intake to a join: records of one input partition that count, what it booked, and
 * what it says of its clock, in the order of the log.
 */
public final class ShardBlock {

  private static final int VERSION = 5;
  private static final int PREDICTION = 0;
  private static final int LABEL = 1;
  private static final int BOOKS = 2;
  private static final int CONTROL = 3;
  private static final int ATTRIBUTES = 4;
  private static final int KINDS = 7;
  private static final int HAS_SEQUENCE = 8;
  private static final int CLASS_SHIFT = 4;

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
      head |= kind(event);
      out.unsigned(head).fixed(event.id().high()).fixed(event.id().low());
      out.signed(event.time() - time).unsigned(arrived.arrival() - event.time());
      out.signed(arrived.offset() - offset);
      if (event.sequence() != Event.NO_SEQUENCE) {
        out.signed(event.sequence());
      }
      if (event instanceof Prediction prediction) {
        out.cell(prediction.cell()).signed(prediction.score());
        out.unsigned(prediction.subjects().size());
        prediction.subjects().forEach(subject -> out.fixed(subject.high()).fixed(subject.low()));
      } else if (event instanceof Attributes attributes) {
        out.fixed(attributes.since()).octet(attributes.deletes() ? 1 : 0);
        out.unsigned(attributes.values().size());
        attributes.values().forEach(out::text);
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
      if ((head & KINDS) == BOOKS) {
        DeltaCodec.read(in, (pane, counter, n) -> visitor.booked(partition, pane, counter, n));
      } else if ((head & KINDS) == CONTROL) {
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

  private static int kind(Event event) {
    return event instanceof Prediction ? PREDICTION : event instanceof Label ? LABEL : ATTRIBUTES;
  }

  private static Event event(ByteReader in, int head, IdHash id, long time) {
    long sequence = (head & HAS_SEQUENCE) == 0 ? Event.NO_SEQUENCE : in.signed();
    int code = head >>> CLASS_SHIFT;
    return switch (head & KINDS) {
      case PREDICTION -> {
        Cell cell = in.cell();
        int score = (int) in.signed();
        yield new Prediction(id, time, sequence, cell, code, score, subjects(in));
      }
      case LABEL -> new Label(id, time, time - in.signed(), sequence, code + Label.IGNORED);
      case ATTRIBUTES -> {
        long since = in.fixed();
        boolean deletes = in.octet() == 1;
        String[] values = new String[in.count()];
        for (int i = 0; i < values.length; i++) {
          values[i] = in.text();
        }
        yield new Attributes(id, time, sequence, since, deletes, List.of(values));
      }
      default -> throw new IllegalArgumentException("unknown record " + head);
    };
  }

  private static List<IdHash> subjects(ByteReader in) {
    int count = in.count();
    if (count == 0) {
      return List.of();
    }
    List<IdHash> subjects = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      subjects.add(new IdHash(in.fixed(), in.fixed()));
    }
    return subjects;
  }

  /** Decision or value; those of labels begin below 0. */
  private static int code(Event event) {
    if (event instanceof Label label) {
      return label.value() - Label.IGNORED;
    }
    return event instanceof Prediction prediction ? prediction.decision() : 0;
  }
}
