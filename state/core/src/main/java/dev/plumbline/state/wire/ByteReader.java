package dev.plumbline.state.wire;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Reads what a {@link ByteWriter} wrote. Bytes that end too early or do not fit are an error. */
public final class ByteReader {

  private final byte[] bytes;
  private int position;
  private final List<String> texts = new ArrayList<>();
  private final List<Cell> cells = new ArrayList<>();
  private final UnaryOperator<Cell> known;

  public ByteReader(byte[] bytes) {
    this(bytes, cell -> cell);
  }

  /**
   * Reads bytes.
   *
   * @param known gives the instance to use for a cell; asked once for each of a block
   */
  public ByteReader(byte[] bytes, UnaryOperator<Cell> known) {
    this.bytes = bytes;
    this.known = known;
  }

  /** Whether anything is left. */
  public boolean hasMore() {
    return position < bytes.length;
  }

  /** Reads one byte, 0 to 255. */
  public int octet() {
    if (position >= bytes.length) {
      throw new IllegalArgumentException("block ends at byte " + position + ", expected more");
    }
    return bytes[position++] & 0xFF;
  }

  /** Reads a number written by {@link ByteWriter#unsigned}. */
  public long unsigned() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7FL) << shift;
      if ((octet & 0x80) == 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("number longer than 64 bits before byte " + position);
  }

  /** Reads a number that must fit an int. */
  public int count() {
    return Math.toIntExact(unsigned());
  }

  /** Reads a number written by {@link ByteWriter#signed}. */
  public long signed() {
    long value = unsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Reads eight bytes, big-endian. */
  public long fixed() {
    long value = 0;
    for (int i = 0; i < 8; i++) {
      value = (value << 8) | octet();
    }
    return value;
  }

  /** Reads a text. */
  public String text() {
    int number = count();
    if (number > 0) {
      return texts.get(number - 1);
    }
    String text = new String(bytes(), StandardCharsets.UTF_8);
    texts.add(text);
    return text;
  }

  /** Reads a cell. */
  public Cell cell() {
    int number = count();
    if (number > 0) {
      return cells.get(number - 1);
    }
    String model = text();
    String version = text();
    int count = count();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(text());
    }
    Cell cell = known.apply(new Cell(model, version, values, sampling()));
    cells.add(cell);
    return cell;
  }

  /** Reads how labels are sampled. */
  public Sampling sampling() {
    String stratum = text();
    int code = count();
    Sampling sampling = new Sampling(stratum, (code >> 1) + Sampling.DECIDED, (code & 1) == 1);
    return sampling.equals(Sampling.NONE) ? Sampling.NONE : sampling;
  }

  /** Reads bytes written with their number. */
  public byte[] bytes() {
    int length = count();
    if (length > bytes.length - position) {
      throw new IllegalArgumentException(
          "block of " + bytes.length + " bytes, expected " + length + " more at " + position);
    }
    position += length;
    return Arrays.copyOfRange(bytes, position - length, position);
  }
}
