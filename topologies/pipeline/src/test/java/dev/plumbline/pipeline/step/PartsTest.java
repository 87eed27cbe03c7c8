package dev.plumbline.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.state.wire.ByteWriter;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PartsTest {

  private static final byte KIND = 'k';
  private static final byte NEXT = 'l';
  private static final int LARGE = 3 * 512 * 1024 + 1;

  /** A compacted changelog: the last value of each key. */
  private final Map<byte[], byte[]> log = new TreeMap<>(Arrays::compareUnsigned);

  @Test
  void valuesOfAnySizeComeBackWhole() {
    Parts parts = new Parts();
    put(parts, key(KIND, 1), value(LARGE));
    put(parts, key(KIND, 2), value(0));
    put(parts, key(KIND, 3), value(1024 * 1024));
    put(parts, key(NEXT, 1), value(7));

    assertThat(sizes(restored(), KIND)).isEqualTo(Map.of(1L, LARGE, 2L, 0, 3L, 1024 * 1024));
    assertThat(sizes(restored(), NEXT)).isEqualTo(Map.of(1L, 7));
    assertThat(log.values()).allMatch(part -> part.length <= 512 * 1024);
  }

  @Test
  void aValueThatShrinksLeavesNoPartBehindEvenAfterARestart() {
    Parts parts = new Parts();
    put(parts, key(KIND, 1), value(LARGE));
    put(parts, key(KIND, 1), value(5));
    assertThat(sizes(restored(), KIND)).isEqualTo(Map.of(1L, 5));

    put(parts, key(KIND, 1), value(LARGE));
    Parts restarted = restored();
    assertThat(sizes(restarted, KIND)).isEqualTo(Map.of(1L, LARGE));
    restarted.forgetRestored();
    put(restarted, key(KIND, 1), null);

    assertThat(log).isEmpty();
  }

  private void put(Parts parts, byte[] key, byte @Nullable [] value) {
    parts.put(
        (part, bytes) -> {
          if (bytes == null) {
            log.remove(part);
          } else {
            log.put(part, bytes);
          }
        },
        key,
        value);
  }

  private Parts restored() {
    Parts parts = new Parts();
    log.forEach(parts::restore);
    return parts;
  }

  /** Sizes by the number in the key; the bytes are checked on the way. */
  private static Map<Long, Integer> sizes(Parts parts, byte kind) {
    Map<Long, Integer> sizes = new TreeMap<>();
    parts.restored(
        kind,
        (key, value) -> {
          byte[] bytes = value.bytes();
          assertThat(bytes).isEqualTo(content(bytes.length));
          sizes.put(key.fixed(), bytes.length);
        });
    return sizes;
  }

  private static byte[] value(int size) {
    return new ByteWriter().bytes(content(size)).toBytes();
  }

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] key(byte kind, long number) {
    return new ByteWriter().octet(kind).fixed(number).toBytes();
  }
}
