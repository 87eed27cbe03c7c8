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

  /** Takes notice of the numbers of a key, before any is made. */
  void see(long[] numbers) {
    for (int i = 0; i < least.length; i++) {
      least[i] = Math.min(least[i], numbers[i]);
      most[i] = Math.max(most[i], numbers[i]);
    }
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

  /** The key of some numbers; the position is to be added. */
  long key(long[] numbers) {
    long key = 0;
    for (int i = 0; i < least.length; i++) {
      key += (numbers[i] - least[i]) << shifts[i];
    }
    return key;
  }

  /** The position in a key of [0, positions). */
  static int position(long key, int positions) {
    return (int) (key & ((1L << bits(positions)) - 1));
  }
}
