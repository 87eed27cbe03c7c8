package dev.plumbline.state.flow;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;

/**
 * The merge's answer to a partition that woke: from which arrival pane on it counts again.
 *
 * @param pane records of the partition arrive no earlier than its start
 */
public record Answer(int partition, int wake, long pane) {

  /** Bytes of the message. */
  public byte[] toBytes() {
    return new ByteWriter().unsigned(partition).unsigned(wake).fixed(pane).toBytes();
  }

  /** Reads what {@link #toBytes} gave. */
  public static Answer of(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return new Answer(in.count(), in.count(), in.fixed());
  }
}
