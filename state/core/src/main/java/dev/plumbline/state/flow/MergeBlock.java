package dev.plumbline.state.flow;

import dev.plumbline.state.join.DeltaSink;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.List;

/**
 * A block from a join to the merge: deltas, records that left without counting, and then what the
 * input partitions said of their clocks. A clock therefore never overtakes the deltas before it.
 */
public final class MergeBlock {

  private static final int VERSION = 1;

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
  }

  /** Bytes of a block. */
  public static byte[] write(
      int shard, Deltas deltas, List<Leaver> leavers, List<Control> controls) {
    ByteWriter out = new ByteWriter().octet(VERSION).unsigned(shard);
    DeltaCodec.write(deltas, out);
    out.unsigned(leavers.size());
    for (Leaver leaver : leavers) {
      out.unsigned(leaver.partition).unsigned(leaver.offset).text(leaver.state.name());
      out.text(leaver.reason.name()).signed(leaver.pane);
    }
    controls.forEach(control -> control.write(out));
    return out.toBytes();
  }

  /** Reads what {@link #write} gave. */
  public static void read(byte[] block, Visitor visitor) {
    ByteReader in = new ByteReader(block);
    int version = in.octet();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "block format " + version + ", this build reads " + VERSION);
    }
    int shard = in.count();
    DeltaCodec.read(in, visitor);
    int leavers = in.count();
    for (int i = 0; i < leavers; i++) {
      int partition = in.count();
      long offset = in.unsigned();
      RecordState state = RecordState.valueOf(in.text());
      visitor.left(
          new Leaver(partition, offset, state, RejectReason.valueOf(in.text()), in.signed()));
    }
    while (in.hasMore()) {
      visitor.control(shard, Control.read(in));
    }
  }
}
