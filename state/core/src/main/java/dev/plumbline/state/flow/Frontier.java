package dev.plumbline.state.flow;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The frontier of a merge: the lowest clock over all shards and input partitions that are waited
 * for. Panes before it can receive nothing any more.
 */
public final class Frontier {

  private final boolean[] isLabelFree;
  private final long[][] passed;
  private final boolean[] idle;
  private final List<NavigableMap<Long, Crossing>> crossings = new ArrayList<>();

  /**
   * No clock known.
   *
   * @param isLabelFree for each input partition, whether counters without labels depend on it
   */
  public Frontier(int shards, boolean[] isLabelFree) {
    this.isLabelFree = isLabelFree.clone();
    this.passed = new long[shards][isLabelFree.length];
    this.idle = new boolean[isLabelFree.length];
    for (long[] shard : passed) {
      Arrays.fill(shard, Long.MIN_VALUE);
    }
    for (int i = 0; i < isLabelFree.length; i++) {
      crossings.add(new TreeMap<>());
    }
  }

  /** A shard has seen a partition's clock pass panes, and all its records before that. */
  public void cross(int shard, int partition, Crossing crossing) {
    passed[shard][partition] = Math.max(passed[shard][partition], crossing.pane());
    if (crossing.timestamp() != Crossing.NONE.timestamp()) {
      crossings.get(partition).putIfAbsent(crossing.pane(), crossing);
    }
  }

  /** Stops or resumes waiting for a partition. */
  public void idle(int partition, boolean isIdle) {
    idle[partition] = isIdle;
  }

  /** The first pane that a partition's clock has not passed, as a shard knows. */
  public long passed(int shard, int partition) {
    return passed[shard][partition];
  }

  /** The first pane that a partition's clock has not passed, as all shards know. */
  public long passed(int partition) {
    long least = Long.MAX_VALUE;
    for (long[] shard : passed) {
      least = Math.min(least, shard[partition]);
    }
    return least;
  }

  /** Whether every partition is complete, as all shards know. */
  public boolean hasEnded() {
    boolean hasEnded = true;
    for (int p = 0; p < idle.length; p++) {
      hasEnded &= passed(p) == Crossing.END;
    }
    return hasEnded;
  }

  /** Whether the partition is not waited for. */
  public boolean isIdle(int partition) {
    return idle[partition];
  }

  /** The first pane that may still receive anything. */
  public long pane() {
    return lowest(false);
  }

  /** The first pane that may still receive what counters without labels depend on. */
  public long labelFreePane() {
    return Math.max(lowest(true), lowest(false));
  }

  private long lowest(boolean labelFreeOnly) {
    long least = Long.MAX_VALUE;
    boolean any = false;
    for (int p = 0; p < idle.length; p++) {
      if (!idle[p] && (isLabelFree[p] || !labelFreeOnly)) {
        any = true;
        least = Math.min(least, passed(p));
      }
    }
    return any ? least : Long.MIN_VALUE;
  }

  /** How a partition's clock passed a pane; {@link Crossing#NONE} where the pane did not wait. */
  public Crossing crossing(int partition, long pane) {
    if (idle[partition] && passed(partition) <= pane) {
      return Crossing.NONE;
    }
    var next = crossings.get(partition).higherEntry(pane);
    return next == null ? Crossing.NONE : next.getValue();
  }

  /** Forgets how panes before this one were passed. */
  public void forgetBefore(long pane) {
    crossings.forEach(c -> c.headMap(pane, true).clear());
  }

  /** Writes all clocks. */
  public void write(ByteWriter out) {
    for (int p = 0; p < idle.length; p++) {
      out.octet(idle[p] ? 1 : 0);
      for (long[] shard : passed) {
        out.fixed(shard[p]);
      }
      out.unsigned(crossings.get(p).size());
      for (Crossing crossing : crossings.get(p).values()) {
        out.fixed(crossing.pane()).signed(crossing.offset()).fixed(crossing.timestamp());
      }
    }
  }

  /** Reads what {@link #write} wrote, for as many shards and partitions. */
  public void read(ByteReader in) {
    for (int p = 0; p < idle.length; p++) {
      idle[p] = in.octet() == 1;
      for (long[] shard : passed) {
        shard[p] = in.fixed();
      }
      crossings.get(p).clear();
      for (int i = in.count(); i > 0; i--) {
        Crossing crossing = new Crossing(in.fixed(), in.signed(), in.fixed());
        crossings.get(p).put(crossing.pane(), crossing);
      }
    }
  }

  /** Number of input partitions. */
  public int partitions() {
    return idle.length;
  }
}
