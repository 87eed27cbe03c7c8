package dev.plumbline.state.join;

import java.util.Arrays;

/**
 * Sort keys of several whole numbers and a position, packed into one long each: sorting these is
 * several times faster than comparing one number after the other. Each number takes the bits that
 * its range needs; where the sum is too large nothing is packed.
 */
final class PackedKeys {

  private final long[] least;
  private final long[] most;
  private final int[] shifts;

  /** Keys of so many numbers, the first the most significant. */
  PackedKeys(int numbers) {
    least = new long[numbers];
    most = new long[numbers];
    shifts = new int[numbers];
    Arrays.fill(least, Long.MAX_VALUE);
    Arrays.fill(most, Long.MIN_VALUE);
  }

  /** Takes notice of a value, before any key is made. */
  void see(int number, long value) {
    least[number] = Math.min(least[number], value);
    most[number] = Math.max(most[number], value);
  }

  /** Whether keys of the values seen, with positions in [0, positions), fit. */
  boolean fit(int positions) {
    int bits = bits(positions);
    for (int number = least.length - 1; number >= 0; number--) {
      shifts[number] = bits;
      long range = most[number] - least[number];
      bits += range < 0 ? Long.SIZE : bits(range);
      if (bits >= Long.SIZE) {
        return false;
      }
    }
    return true;
  }

  private static int bits(long range) {
    return Long.SIZE - Long.numberOfLeadingZeros(range);
  }

  /** The part of a key that a value makes; parts and the position are added. */
  long part(int number, long value) {
    return (value - least[number]) << shifts[number];
  }

  /** The position in a key of [0, positions). */
  static int position(long key, int positions) {
    return (int) (key & ((1L << bits(positions)) - 1));
  }
}
