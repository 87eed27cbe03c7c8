package dev.plumbline.state.wire;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a block: unsigned variable-length integers of 7 bits a byte, least significant first;
 * signed ones zigzagged; texts and cells in full at their first use and by number afterwards.
 */
public final class ByteWriter {

  /** Half of what a Kafka broker takes as one record unless told otherwise. */
  private static final int BLOCK_BYTES = 512 * 1024;

  private byte[] bytes = new byte[256];
  private int size;
  private final Map<String, Integer> texts = new HashMap<>();
  private Numbering<Cell> cells = new Numbering<>();

  /** Writes one byte. */
  public ByteWriter octet(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Writes a non-negative number in as few bytes as it needs; any long is allowed. */
  public ByteWriter unsigned(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) ((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  /** Writes a number of either sign. */
  public ByteWriter signed(long value) {
    return unsigned((value << 1) ^ (value >> 63));
  }

  /** Writes eight bytes, big-endian. */
  public ByteWriter fixed(long value) {
    ensure(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  /** Writes a text: in full at its first use in this block, by number afterwards. */
  public ByteWriter text(String text) {
    Integer number = texts.putIfAbsent(text, texts.size() + 1);
    if (number != null) {
      return unsigned(number);
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return unsigned(0).bytes(utf8);
  }

  /** Writes a cell: in full at its first use in this block, by number afterwards. */
  public ByteWriter cell(Cell cell) {
    int known = cells.size();
    int number = cells.number(cell);
    if (number < known) {
      return unsigned(number + 1);
    }
    unsigned(0).text(cell.model()).text(cell.version()).unsigned(cell.values().size());
    cell.values().forEach(this::text);
    return sampling(cell.sampling());
  }

  /** Writes how labels are sampled. */
  public ByteWriter sampling(Sampling sampling) {
    int acted = sampling.acted() - Sampling.DECIDED;
    return text(sampling.stratum()).unsigned(2L * acted + (sampling.awaited() ? 1 : 0));
  }

  /** Writes bytes with their number before them. */
  public ByteWriter bytes(byte[] value) {
    unsigned(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Number of bytes written so far. */
  public int size() {
    return size;
  }

  /** Whether the block is to end here and the next to begin, as no record may be large. */
  public boolean isFull() {
    return size >= BLOCK_BYTES;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Cuts a value into parts of the size of a block; at least one, which may be empty. */
  public static List<byte[]> parts(byte[] value) {
    List<byte[]> parts = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(value.length, from + BLOCK_BYTES);
      parts.add(Arrays.copyOfRange(value, from, to));
      from = to;
    } while (from < value.length);
    return parts;
  }

  /** A copy of what was written, after a prefix. */
  public byte[] toBytesAfter(byte[] prefix) {
    byte[] joined = Arrays.copyOf(prefix, prefix.length + size);
    System.arraycopy(bytes, 0, joined, prefix.length, size);
    return joined;
  }

  /** Forgets what was written, texts and cells included; the next block begins. */
  public void clear() {
    size = 0;
    texts.clear();
    if (cells.size() > 0) {
      cells = new Numbering<>();
    }
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
