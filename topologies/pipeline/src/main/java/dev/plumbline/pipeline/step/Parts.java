package dev.plumbline.pipeline.step;

import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entries of any size in a changelog whose records must not be large: the parts of a value lie
 * under its key with their numbers behind it. No key may be the beginning of another.
 */
final class Parts {

  private final NavigableMap<byte[], byte[]> restored = new TreeMap<>(Arrays::compareUnsigned);

  /** How many parts the keys have that have more than one. */
  private final Map<byte[], Integer> counts = new TreeMap<>(Arrays::compareUnsigned);

  /** Takes an entry whose parts were put together again. */
  interface Visitor {
    void entry(ByteReader key, ByteReader value);
  }

  /** Puts an entry; a null value deletes it. */
  void put(Step.Changelog changelog, byte[] key, byte @Nullable [] value) {
    List<byte[]> parts = value == null ? List.of() : ByteWriter.parts(value);
    for (int i = 0; i < parts.size(); i++) {
      changelog.put(partKey(key, i), parts.get(i));
    }
    for (int i = parts.size(); i < counts.getOrDefault(key, 1); i++) {
      changelog.put(partKey(key, i), null);
    }
    count(key, parts.size());
  }

  private void count(byte[] key, int parts) {
    if (parts > 1) {
      counts.put(key, parts);
    } else {
      counts.remove(key);
    }
  }

  /** Takes a changelog entry, in the order of the log; null deletes. */
  void restore(byte[] key, byte @Nullable [] value) {
    if (key.length <= Long.BYTES) {
      throw new IllegalArgumentException(
          "a merge's changelog has keys of another build; start a new generation, which reads the"
              + " inputs again");
    }
    if (value == null) {
      restored.remove(key);
    } else {
      restored.put(key, value);
    }
  }

  /** Gives the restored entries whose keys begin with this octet, in the order of their keys. */
  void restored(byte kind, Visitor visitor) {
    byte[] next = {(byte) (kind + 1)};
    byte[] key = {};
    int count = 0;
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    for (Map.Entry<byte[], byte[]> part : restored.subMap(new byte[] {kind}, next).entrySet()) {
      byte[] whole = Arrays.copyOf(part.getKey(), part.getKey().length - Long.BYTES);
      if (count > 0 && !Arrays.equals(key, whole)) {
        give(key, count, value, visitor);
        count = 0;
      }
      key = whole;
      count++;
      value.writeBytes(part.getValue());
    }
    if (count > 0) {
      give(key, count, value, visitor);
    }
  }

  private void give(byte[] key, int count, ByteArrayOutputStream value, Visitor visitor) {
    count(key, count);
    ByteReader name = new ByteReader(key);
    name.octet();
    visitor.entry(name, new ByteReader(value.toByteArray()));
    value.reset();
  }

  /** Everything restored was made use of. */
  void forgetRestored() {
    restored.clear();
  }

  private static byte[] partKey(byte[] key, int part) {
    return new ByteWriter().fixed(part).toBytesAfter(key);
  }
}
