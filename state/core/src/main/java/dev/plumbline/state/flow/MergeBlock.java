package dev.plumbline.state.flow;

import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.DeltaSink;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.List;
import java.util.function.Consumer;

/**
 * Blocks from a join to the merge: deltas, records that left without counting, and then what the
 * input partitions said of their clocks. A clock therefore never overtakes the deltas before it.
 */
public final class MergeBlock {

  private static final int VERSION = 2;
  private static final int LEAVER = 0;
  private static final int CONTROL = 1;

  private MergeBlock() {}

  /**
   * A record that left the join without counting.
   *
   * @param pane arrival pane at which that was final
   */
  public record Leaver(
      int partition, long offset, RecordState state, RejectReason reason, long pane) {}

  /** Hears what a block says, in order. */
  public interface Visitor extends DeltaSink {

    /** A record that left. */
    void left(Leaver leaver);

    /** A word about a partition's clock, passed on by a shard. */
    void control(int shard, Control control);

    /** The instance to use for a cell of the block: one for all blocks spares comparing them. */
    default Cell known(Cell cell) {
      return cell;
    }
  }

  /** Gives the bytes of as many blocks as it takes, in their order. */
  public static void write(
      int shard,
      Deltas deltas,
      List<Leaver> leavers,
      List<Control> controls,
      Consumer<byte[]> blocks) {
    Writer writer = new Writer(shard, blocks);
    deltas.forEach(writer);
    writer.endDeltas();
    leavers.forEach(writer::add);
    controls.forEach(writer::add);
    writer.endBlock();
  }

  /** Writes blocks; each has deltas, though it may be none, and what comes after all deltas. */
  private static final class Writer implements DeltaSink {
    private final int shard;
    private final Consumer<byte[]> blocks;
    private ByteWriter out = new ByteWriter();
    private DeltaCodec.Writer deltas = new DeltaCodec.Writer(out);

    Writer(int shard, Consumer<byte[]> blocks) {
      this.shard = shard;
      this.blocks = blocks;
      begin();
    }

    private void begin() {
      out = new ByteWriter().octet(VERSION).unsigned(shard);
      deltas = new DeltaCodec.Writer(out);
    }

    @Override
    public void add(long pane, Counter counter, long amount) {
      deltas.add(pane, counter, amount);
      if (out.isFull()) {
        endDeltas();
        endBlock();
        begin();
      }
    }

    void endDeltas() {
      deltas.end();
    }

    void add(Leaver leaver) {
      out.octet(LEAVER).unsigned(leaver.partition).unsigned(leaver.offset);
      out.text(leaver.state.name()).text(leaver.reason.name()).signed(leaver.pane);
      nextIfFull();
    }

    void add(Control control) {
      control.write(out.octet(CONTROL));
      nextIfFull();
    }

    private void nextIfFull() {
      if (out.isFull()) {
        endBlock();
        begin();
        endDeltas();
      }
    }

    void endBlock() {
      blocks.accept(out.toBytes());
    }
  }

  /** Reads what {@link #write} gave. */
  public static void read(byte[] block, Visitor visitor) {
    read(new ByteReader(block, visitor::known), visitor);
  }

  /** Reads what {@link #write} gave, to the end of the reader. */
  public static void read(ByteReader in, Visitor visitor) {
    int version = in.octet();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "block format " + version + ", this build reads " + VERSION);
    }
    int shard = in.count();
    DeltaCodec.read(in, visitor);
    while (in.hasMore()) {
      if (in.octet() == CONTROL) {
        visitor.control(shard, Control.read(in));
      } else {
        visitor.left(leaver(in));
      }
    }
  }

  private static Leaver leaver(ByteReader in) {
    int partition = in.count();
    long offset = in.unsigned();
    RecordState state = RecordState.valueOf(in.text());
    return new Leaver(partition, offset, state, RejectReason.valueOf(in.text()), in.signed());
  }
}
