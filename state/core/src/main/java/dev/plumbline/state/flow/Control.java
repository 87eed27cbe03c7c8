package dev.plumbline.state.flow;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;

/**
 * What an input partition says beside its records; every shard hears it in the order of the log.
 */
public sealed interface Control {

  /** Index of the input partition. */
  int partition();

  /** Its clock has passed panes. */
  record Clock(int partition, Crossing crossing) implements Control {}

  /** It was not read from its first record; its first confirmed time. */
  record Start(int partition, long time) implements Control {}

  /** It was read to its end and brought nothing for long. */
  record Idle(int partition, int wake) implements Control {}

  /**
   * It brings records again.
   *
   * @param offset offset of the first of them
   * @param frontier how far the shard that passes this on has settled deadlines without it
   */
  record Wake(int partition, int wake, long offset, long frontier) implements Control {}

  /**
   * It woke here in an earlier run that is repeated.
   *
   * @param pane nothing of it arrives earlier from here on, as that run was answered
   */
  record Raised(int partition, long pane) implements Control {}

  /** Writes this after a tag of its own. */
  default void write(ByteWriter out) {
    if (this instanceof Clock clock) {
      Crossing crossing = clock.crossing;
      out.octet(0).unsigned(clock.partition).fixed(crossing.pane());
      out.signed(crossing.offset()).fixed(crossing.timestamp());
    } else if (this instanceof Start start) {
      out.octet(1).unsigned(start.partition).signed(start.time);
    } else if (this instanceof Idle idle) {
      out.octet(2).unsigned(idle.partition).unsigned(idle.wake);
    } else if (this instanceof Wake wake) {
      out.octet(3).unsigned(wake.partition).unsigned(wake.wake);
      out.signed(wake.offset).fixed(wake.frontier);
    } else if (this instanceof Raised raised) {
      out.octet(4).unsigned(raised.partition).fixed(raised.pane);
    }
  }

  /** Reads what {@link #write} wrote. */
  static Control read(ByteReader in) {
    int tag = in.octet();
    int partition = in.count();
    return switch (tag) {
      case 0 -> new Clock(partition, new Crossing(in.fixed(), in.signed(), in.fixed()));
      case 1 -> new Start(partition, in.signed());
      case 2 -> new Idle(partition, in.count());
      case 3 -> new Wake(partition, in.count(), in.signed(), in.fixed());
      case 4 -> new Raised(partition, in.fixed());
      default -> throw new IllegalArgumentException("unknown control " + tag);
    };
  }
}
