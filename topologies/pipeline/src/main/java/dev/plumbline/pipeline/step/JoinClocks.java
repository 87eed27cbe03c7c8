package dev.plumbline.pipeline.step;

import dev.plumbline.state.flow.Answer;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.ShardBlock;
import dev.plumbline.state.join.Silences;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of all input partitions as one join knows them, and what woken partitions brought
 * while they wait for the merge's answer.
 */
final class JoinClocks {

  private static final byte CLOCKS = 'm';
  private static final byte WAITING = 'w';

  private final boolean[] haveLabels;
  private final long[] passed;
  private final long[] floors;
  private final long[] reached;
  private final boolean[] asleep;
  private final Silences silences = new Silences();
  private final Map<Integer, Waiting> waiting = new TreeMap<>();
  private long restoredFrontier = Long.MIN_VALUE;
  private long restoredStart = Long.MIN_VALUE;
  private long restoredConcluded = Long.MIN_VALUE;
  private byte[] written = {};

  /** Blocks put aside: those in the changelog already, and one being collected. */
  private static final class Waiting {
    private final ShardBlock.Writer writer;
    private final List<byte[]> blocks = new ArrayList<>();
    private int logged;

    Waiting(int partition) {
      writer = new ShardBlock.Writer(partition);
    }
  }

  JoinClocks(boolean[] haveLabels) {
    int partitions = haveLabels.length;
    this.haveLabels = haveLabels;
    passed = new long[partitions];
    floors = new long[partitions];
    reached = new long[partitions];
    asleep = new boolean[partitions];
    Arrays.fill(passed, Long.MIN_VALUE);
    Arrays.fill(floors, Long.MIN_VALUE);
    Arrays.fill(reached, Long.MIN_VALUE);
  }

  /** When partitions of labels stood still while panes closed. */
  Silences silences() {
    return silences;
  }

  /**
   * The pane that all partitions of labels have reached themselves; one that sleeps, or waits for
   * its answer, has not come further than its clock.
   */
  long labelFrontier() {
    long least = Long.MAX_VALUE;
    for (int p = 0; p < reached.length; p++) {
      least = haveLabels[p] ? Math.min(least, reached[p]) : least;
    }
    return least;
  }

  /**
   * The lowest clock of the partitions that are waited for, in panes. Where all sleep, the highest:
   * the merge may still wait for one of them alone, and must not close what is not settled here.
   */
  long frontier() {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    boolean any = false;
    for (int p = 0; p < passed.length; p++) {
      long clock = Math.max(passed[p], floors[p]);
      most = Math.max(most, clock);
      if (!asleep[p]) {
        any = true;
        least = Math.min(least, clock);
      }
    }
    return any ? least : most;
  }

  /** The pane before which nothing of a partition arrives, since it slept; else no limit. */
  long floor(int partition) {
    return floors[partition];
  }

  void pass(Control.Clock clock) {
    int partition = clock.partition();
    passed[partition] = Math.max(passed[partition], clock.crossing().pane());
    reached[partition] = Math.max(reached[partition], passed[partition]);
  }

  void sleep(int partition) {
    asleep[partition] = true;
  }

  /** The partition is waited for again, where the frontier stands now. */
  void wake(int partition, long frontier) {
    asleep[partition] = false;
    floors[partition] = Math.max(floors[partition], frontier);
    waiting.put(partition, new Waiting(partition));
  }

  /** Nothing of the partition arrives before this pane from now on. */
  void raise(int partition, long pane) {
    floors[partition] = Math.max(floors[partition], pane);
    if (haveLabels[partition]) {
      silences.add(reached[partition], pane);
      reached[partition] = Math.max(reached[partition], pane);
    }
  }

  boolean isWaiting(int partition) {
    return !waiting.isEmpty() && waiting.containsKey(partition);
  }

  /** Where to put aside what the partition says next. */
  ShardBlock.Writer waiting(int partition) {
    Waiting put = of(partition);
    if (put.writer.isFull()) {
      put.blocks.add(put.writer.take());
    }
    return put.writer;
  }

  /** The answer has come: gives what was put aside. */
  List<byte[]> release(Answer answer) {
    int partition = answer.partition();
    raise(partition, answer.pane());
    Waiting released = of(partition);
    List<byte[]> blocks = new ArrayList<>(released.blocks);
    if (!released.writer.isEmpty()) {
      blocks.add(released.writer.take());
    }
    for (int i = 0; i < released.logged; i++) {
      deletions.add(key(partition, i));
    }
    waiting.remove(partition);
    return blocks;
  }

  private final List<byte[]> deletions = new ArrayList<>();

  private Waiting of(int partition) {
    return waiting.computeIfAbsent(partition, Waiting::new);
  }

  long restoredFrontier() {
    return restoredFrontier;
  }

  long restoredStart() {
    return restoredStart;
  }

  long restoredConcluded() {
    return restoredConcluded;
  }

  /** Writes what changed; the first three are what the join said of itself. */
  void flush(
      long frontier, long concluded, long start, BiConsumer<byte[], byte @Nullable []> changelog) {
    deletions.forEach(key -> changelog.accept(key, null));
    deletions.clear();
    waiting.forEach(
        (partition, put) -> {
          if (!put.writer.isEmpty()) {
            put.blocks.add(put.writer.take());
          }
          for (; put.logged < put.blocks.size(); put.logged++) {
            changelog.accept(key(partition, put.logged), put.blocks.get(put.logged));
          }
        });
    byte[] clocks = encode(frontier, concluded, start);
    if (!Arrays.equals(clocks, written)) {
      changelog.accept(new byte[] {CLOCKS}, clocks);
      written = clocks;
    }
  }

  private byte[] encode(long frontier, long concluded, long start) {
    ByteWriter out = new ByteWriter().fixed(frontier).fixed(concluded).fixed(start);
    for (int p = 0; p < passed.length; p++) {
      out.fixed(passed[p]).fixed(floors[p]).fixed(reached[p]);
      out.octet((asleep[p] ? 1 : 0) | (isWaiting(p) ? 2 : 0));
    }
    silences.write(out);
    return out.toBytes();
  }

  void restore(byte[] key, byte @Nullable [] value) {
    if (key[0] == CLOCKS && value != null) {
      restoreClocks(value);
    } else if (key[0] == WAITING) {
      ByteReader name = new ByteReader(key);
      name.octet();
      Waiting put = of(name.count());
      if (value == null) {
        put.blocks.clear();
      } else {
        put.blocks.add(value);
      }
      put.logged = put.blocks.size();
    }
  }

  private void restoreClocks(byte[] value) {
    written = value;
    ByteReader in = new ByteReader(value);
    restoredFrontier = in.fixed();
    restoredConcluded = in.fixed();
    restoredStart = in.fixed();
    for (int p = 0; p < passed.length; p++) {
      passed[p] = in.fixed();
      floors[p] = in.fixed();
      reached[p] = in.fixed();
      int flags = in.octet();
      asleep[p] = (flags & 1) != 0;
      if ((flags & 2) == 0) {
        waiting.remove(p);
      } else {
        of(p);
      }
    }
    silences.read(in);
  }

  private static byte[] key(int partition, int number) {
    return new ByteWriter().octet(WAITING).unsigned(partition).unsigned(number).toBytes();
  }
}
