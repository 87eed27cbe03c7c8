package dev.plumbline.state.join;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.time.Timing;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import dev.plumbline.state.wire.Numbering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The live records of a shard's ids, with their changelog: log-structured in segments of expiry.
 *
 * <p>A flush writes the blocks of the segments that changed. A segment whose panes are over is
 * deleted; one whose blocks hold more than twice its live bytes is written anew, so the changelog
 * stays below about three times the live state, and restoring reads no more than that.
 */
public final class PendingLog {

  private static final byte CELLS = 'c';
  private static final byte BLOCK = 'b';
  private static final int SEGMENTS_PER_RETENTION = 16;
  private static final long SLACK_BYTES = 64 * 1024;
  private static final byte[] GONE = {}; // Written of an id whose older version is not live.

  private final long segmentMillis;
  private final Timing timing;
  private final Numbering<Cell> cells = new Numbering<>();
  private final Pending pending = new Pending();
  private final ByteWriter scratch = new ByteWriter();
  private final Changes changed = new Changes();
  private final Map<Long, Segment> segments = new TreeMap<>();
  private final @Nullable Segment[] recent = new Segment[2 * SEGMENTS_PER_RETENTION];
  private final long[] recentNumbers = new long[recent.length];
  private int loggedCells;
  private long nextBlock;

  PendingLog(Timing timing) {
    this.timing = timing;
    this.segmentMillis = Math.max(timing.pane(), timing.retention() / SEGMENTS_PER_RETENTION);
  }

  int size() {
    return pending.size();
  }

  /** The one instance of a cell that entries name. */
  public Cell known(Cell cell) {
    return cells.known(cell);
  }

  /** Makes it cheap to look up these ids next. */
  void load(List<IdHash> ids) {
    pending.load(ids);
  }

  List<Arrived> get(IdHash id) {
    return Entry.decode(id, pending.get(id), cells);
  }

  void put(IdHash id, List<Arrived> before, List<Arrived> after) {
    if (!before.isEmpty()) {
      changed.replace(id);
    }
    if (!before.isEmpty() && isLeaving(id, before, after)) {
      changed.add(id, GONE, number(before));
    }
    byte[] replaced =
        after.isEmpty()
            ? pending.remove(id)
            : put(id, number(after), Entry.encode(after, cells, scratch));
    if (!before.isEmpty()) {
      segment(number(before)).live -= bytesOf(replaced);
    }
  }

  /*
   * What is written of an id that goes says by itself that it is over. An older version need not,
   * as it may lack a label: nobody must take it for live where the newer one has left no trace, or
   * one in a segment that is deleted sooner.
   */
  private boolean isLeaving(IdHash id, List<Arrived> before, List<Arrived> after) {
    return after.isEmpty() ? changed.mayHave(id) : number(before) != number(after);
  }

  /** Puts an entry with one record more, after those that it has. */
  void append(IdHash id, List<Arrived> before, Arrived added) {
    if (before.isEmpty()) {
      put(id, List.of(), List.of(added));
      return;
    }
    byte[] bytes = Entry.append(pending.get(id), before, added, cells, scratch);
    long number = number(before);
    byte[] replaced = put(id, number, bytes);
    segment(number).live -= bytesOf(replaced);
  }

  private byte[] put(IdHash id, long number, byte[] bytes) {
    segment(number).live += bytesOf(bytes);
    changed.add(id, bytes, number);
    return pending.put(id, bytes);
  }

  void remove(IdHash id) {
    put(id, get(id), List.of());
  }

  void forEach(BiConsumer<IdHash, List<Arrived>> visitor) {
    List<IdHash> ids = new ArrayList<>(pending.size());
    pending.forEach((id, bytes) -> ids.add(id));
    ids.forEach(id -> visitor.accept(id, get(id)));
  }

  /** Whether a changelog key belongs to this log. */
  public static boolean owns(byte[] key) {
    return key[0] == CELLS || key[0] == BLOCK;
  }

  /** Applies a changelog entry, in the order of the log; null deletes. */
  public void restore(byte[] key, byte @Nullable [] value) {
    ByteReader name = new ByteReader(key);
    int kind = name.octet();
    if (kind == CELLS && value != null) {
      ByteReader in = new ByteReader(value);
      while (in.hasMore()) {
        cells.number(in.cell());
      }
      loggedCells = cells.size();
    } else if (kind == BLOCK) {
      restoreBlock(name.fixed(), name.fixed(), value);
    }
  }

  private void restoreBlock(long segmentNumber, long block, byte @Nullable [] value) {
    nextBlock = Math.max(nextBlock, block + 1);
    Segment segment = segments.computeIfAbsent(segmentNumber, n -> new Segment());
    if (value == null) {
      segment.remove(block);
      return;
    }
    segment.put(block, value.length);
    ByteReader in = new ByteReader(value);
    while (in.hasMore()) {
      IdHash id = new IdHash(in.fixed(), in.fixed());
      byte[] bytes = in.bytes();
      List<Arrived> before = get(id);
      byte[] replaced = bytes.length == 0 ? pending.remove(id) : pending.put(id, bytes);
      if (!before.isEmpty()) {
        segment(number(before)).live -= bytesOf(replaced);
      }
      if (bytes.length > 0) {
        segment(number(get(id))).live += bytesOf(bytes);
      }
    }
  }

  /** Writes what changed since the last flush; what the frontier is about to end is left alone. */
  public void flush(long frontierPane, BiConsumer<byte[], byte @Nullable []> changelog) {
    flushCells(changelog);
    dropDead(changelog);
    write(changed, changelog);
    changed.clear();
    for (Map.Entry<Long, Segment> entry : segments.entrySet()) {
      boolean isExpiring = firstPane(entry.getKey()) <= frontierPane;
      if (!isExpiring && entry.getValue().isMostlyDead()) {
        rewrite(entry.getKey(), entry.getValue(), changelog);
      }
    }
  }

  private void flushCells(BiConsumer<byte[], byte @Nullable []> changelog) {
    while (loggedCells < cells.size()) {
      ByteWriter out = new ByteWriter();
      byte[] key = new ByteWriter().octet(CELLS).fixed(loggedCells).toBytes();
      while (loggedCells < cells.size() && !out.isFull()) {
        out.cell(cells.value(loggedCells++));
      }
      changelog.accept(key, out.toBytes());
    }
  }

  private void dropDead(BiConsumer<byte[], byte @Nullable []> changelog) {
    Arrays.fill(recent, null);
    Iterator<Map.Entry<Long, Segment>> all = segments.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<Long, Segment> entry = all.next();
      if (entry.getValue().live == 0) {
        delete(entry.getKey(), entry.getValue(), changelog);
        all.remove();
      }
    }
  }

  private void rewrite(
      long number, Segment segment, BiConsumer<byte[], byte @Nullable []> changelog) {
    Changes all = new Changes();
    forEach(
        (id, records) -> {
          if (number(records) == number) {
            all.add(id, pending.get(id), number);
          }
        });
    List<Long> old = List.copyOf(segment.blocks.keySet());
    write(all, changelog);
    old.forEach(
        block -> {
          changelog.accept(key(number, block), null);
          segment.remove(block);
        });
  }

  /**
   * Writes the blocks of each segment, in their order: what is gone before what is there, which may
   * be the same id in a segment that is written sooner.
   */
  private void write(Changes changes, BiConsumer<byte[], byte @Nullable []> changelog) {
    write(changes, true, changelog);
    write(changes, false, changelog);
  }

  private void write(
      Changes changes, boolean isGone, BiConsumer<byte[], byte @Nullable []> changelog) {
    changes.forEach(
        pending,
        isGone,
        (id, entry, number) -> {
          Segment segment = segment(number);
          segment.unwritten.fixed(id.high()).fixed(id.low()).bytes(entry);
          if (segment.unwritten.isFull()) {
            write(number, segment, changelog);
          }
        });
    segments.forEach((number, segment) -> write(number, segment, changelog));
  }

  private void write(
      long number, Segment segment, BiConsumer<byte[], byte @Nullable []> changelog) {
    if (segment.unwritten.size() > 0) {
      byte[] block = segment.unwritten.toBytes();
      segment.unwritten = new ByteWriter();
      segment.put(nextBlock, block.length);
      changelog.accept(key(number, nextBlock++), block);
    }
  }

  private static void delete(
      long number, Segment segment, BiConsumer<byte[], byte @Nullable []> changelog) {
    segment.blocks.keySet().forEach(block -> changelog.accept(key(number, block), null));
  }

  private static byte[] key(long segment, long block) {
    return new ByteWriter().octet(BLOCK).fixed(segment).fixed(block).toBytes();
  }

  /** Segment of an entry: by its oldest record, so that it seldom moves. */
  private long number(List<Arrived> records) {
    return Math.floorDiv(records.get(0).arrival() + timing.retention(), segmentMillis);
  }

  private Segment segment(long number) {
    int place = (int) number & (recent.length - 1);
    Segment segment = recent[place];
    if (segment == null || number != recentNumbers[place]) {
      segment = segments.computeIfAbsent(number, n -> new Segment());
      recent[place] = segment;
      recentNumbers[place] = number;
    }
    return segment;
  }

  private long firstPane(long number) {
    return timing.paneOf(number * segmentMillis);
  }

  private static long bytesOf(byte[] entry) {
    return entry.length + 2L * Long.BYTES;
  }

  /**
   * Entries to write, in the order of their changes: of an id that grew twice the later one counts
   * when the log is read. One that was replaced or removed is looked up, as it may be in another
   * segment now.
   */
  private static final class Changes {
    /** Most ids that are replaced were not added since the last flush, and need no more. */
    private final Marks added = new Marks();

    private final Marks marked = new Marks();
    private final Set<IdHash> replaced = new HashSet<>();
    private final List<IdHash> ids = new ArrayList<>();
    private final List<byte[]> entries = new ArrayList<>();
    private long[] numbers = new long[16];
    private boolean hasGone;

    void add(IdHash id, byte[] entry, long number) {
      if (ids.size() == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      }
      numbers[ids.size()] = number;
      hasGone |= entry.length == 0;
      added.set(id);
      ids.add(id);
      entries.add(entry);
    }

    /** Whether an entry of an id may have been added. */
    boolean mayHave(IdHash id) {
      return added.mayHave(id);
    }

    void replace(IdHash id) {
      if (added.mayHave(id)) {
        marked.set(id);
        replaced.add(id);
      }
    }

    void clear() {
      hasGone = false;
      added.clear();
      marked.clear();
      replaced.clear();
      ids.clear();
      entries.clear();
    }

    /** Gives the ids that are gone, or the entries that are still there, with their segments. */
    void forEach(Pending pending, boolean isGone, Visitor visitor) {
      for (int i = 0; i < ids.size() && (hasGone || !isGone); i++) {
        IdHash id = ids.get(i);
        byte[] entry = entries.get(i);
        boolean isReplaced = marked.mayHave(id) && replaced.contains(id);
        if (isGone
            ? entry.length == 0
            : entry.length > 0 && (!isReplaced || pending.get(id) == entry)) {
          visitor.entry(id, entry, numbers[i]);
        }
      }
    }

    interface Visitor {
      void entry(IdHash id, byte[] entry, long number);
    }
  }

  /** A set of ids that may hold more than was put into it: one bit for each. */
  private static final class Marks {
    private static final int BITS = 1 << 16;

    private final long[] words = new long[BITS / Long.SIZE];

    void set(IdHash id) {
      words[bit(id) / Long.SIZE] |= 1L << bit(id);
    }

    void clear() {
      Arrays.fill(words, 0);
    }

    boolean mayHave(IdHash id) {
      return (words[bit(id) / Long.SIZE] & (1L << bit(id))) != 0;
    }

    private static int bit(IdHash id) {
      return (int) (id.low() >>> Integer.SIZE) & (BITS - 1);
    }
  }

  /** Live bytes of a segment, and the blocks that hold them with their sizes. */
  private static final class Segment {
    private long live;
    private long written;
    private ByteWriter unwritten = new ByteWriter();
    private final Map<Long, Long> blocks = new TreeMap<>();

    void put(long block, long bytes) {
      Long before = blocks.put(block, bytes);
      written += bytes - (before == null ? 0 : before);
    }

    void remove(long block) {
      Long before = blocks.remove(block);
      written -= before == null ? 0 : before;
    }

    boolean isMostlyDead() {
      return blocks.size() > 1 && written > 2 * live + SLACK_BYTES;
    }
  }
}
