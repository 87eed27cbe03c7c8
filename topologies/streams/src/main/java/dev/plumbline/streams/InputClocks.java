package dev.plumbline.streams;

import dev.plumbline.pipeline.step.Intake;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * The messages by which intakes say their clocks, in the topic {@code progress}: a partition's
 * number in the order of {@link dev.plumbline.pipeline.step.Steps#inputs}, and its {@link
 * Intake#clock}.
 */
public final class InputClocks {

  private InputClocks() {}

  /**
   * The clocks of all input partitions that have said one, by number.
   *
   * @param progress last values of the topic, by key
   */
  public static Map<Integer, Long> of(Map<ByteBuffer, byte[]> progress) {
    Map<Integer, Long> clocks = new TreeMap<>();
    progress.forEach(
        (key, value) -> {
          int number = number(key);
          if (number >= 0) {
            clocks.put(number, clock(value));
          }
        });
    return clocks;
  }

  /** Returns the number of a partition; less than 0 for what its reader says for health. */
  static int number(ByteBuffer key) {
    return key.getInt(key.position());
  }

  static long clock(byte[] value) {
    return ByteBuffer.wrap(value).getLong();
  }

  static byte[] value(long clock) {
    return ByteBuffer.allocate(Long.BYTES).putLong(clock).array();
  }
}
