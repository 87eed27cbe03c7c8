package dev.plumbline.state.record;

import java.nio.charset.StandardCharsets;

/**
 * Key of an id: SipHash-2-4 with 128 bits of output over the UTF-8 bytes of its canonical text.
 *
 * <p>Keyed, so that an id cannot be guessed from its hash without the monitor's key; algorithm
 * version {@value #ALGORITHM}. Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF"
 * (2012), with the 128-bit output of the reference implementation.
 *
 * @param high first 64 bits of the output, little-endian
 * @param low last 64 bits of the output, little-endian
 */
public record IdHash(long high, long low) implements Comparable<IdHash> {

  /** Written into state and audit; a change of algorithm is a new generation of state. */
  public static final String ALGORITHM = "siphash-2-4-128/1";

  /** The two halves of the secret key. */
  public record Key(long first, long second) {}

  /** Hashes the canonical text of an id. */
  public static IdHash of(Key key, String id) {
    return of(key, id.getBytes(StandardCharsets.UTF_8));
  }

  /** Hashes bytes; the text form is the only one used for ids, this one serves the test vectors. */
  public static IdHash of(Key key, byte[] bytes) {
    Sip sip = new Sip(key);
    int whole = bytes.length & ~7;
    for (int i = 0; i < whole; i += 8) {
      sip.absorb(littleEndian(bytes, i, 8));
    }
    sip.absorb(littleEndian(bytes, whole, bytes.length - whole) | ((long) bytes.length << 56));
    return sip.finish();
  }

  private static long littleEndian(byte[] bytes, int from, int count) {
    long word = 0;
    for (int i = 0; i < count; i++) {
      word |= (bytes[from + i] & 0xFFL) << (8 * i);
    }
    return word;
  }

  @Override
  public int compareTo(IdHash other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }

  /** Shard of this id among {@code shards}, which must be positive. */
  public int shard(int shards) {
    return (int) Long.remainderUnsigned(high, shards);
  }

  /** The four words of SipHash's state; confined to one call of {@link IdHash#of}. */
  private static final class Sip {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    Sip(Key key) {
      v0 = 0x736f6d6570736575L ^ key.first();
      v1 = 0x646f72616e646f6dL ^ key.second() ^ 0xee;
      v2 = 0x6c7967656e657261L ^ key.first();
      v3 = 0x7465646279746573L ^ key.second();
    }

    void absorb(long word) {
      v3 ^= word;
      rounds(2);
      v0 ^= word;
    }

    IdHash finish() {
      v2 ^= 0xee;
      rounds(4);
      long first = v0 ^ v1 ^ v2 ^ v3;
      v1 ^= 0xdd;
      rounds(4);
      return new IdHash(first, v0 ^ v1 ^ v2 ^ v3);
    }

    private void rounds(int count) {
      for (int i = 0; i < count; i++) {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
      }
    }
  }
}
