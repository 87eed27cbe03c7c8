package dev.plumbline.state.join;

import dev.plumbline.state.record.IdHash;
import java.util.Arrays;
import java.util.List;

/**
 * Map from id hash to the bytes of its entry: open addressing over two arrays of primitives, so
 * that a pending id costs its bytes, 16 of hash and one reference.
 */
final class Pending {

  /*
   * The hash is uniform already, so its low bits choose the place and linear probing stays short at
   * the load of two thirds. Removal shifts the followers back (Knuth 6.4, algorithm R); no
   * tombstones, so a table that lives for months does not silt up.
   */
  private static final byte[] FREE = {};

  private long[] keys = new long[2 * 64];
  private byte[][] values = free(64);
  private int size;

  /** Where the last lookup ended: one id is looked up several times in a row. */
  private int last;

  @SuppressWarnings("UnusedVariable") // Nobody reads it: what is summed up in it has been loaded.
  private long loaded;

  int size() {
    return size;
  }

  /** The entry of an id; empty where there is none. */
  byte[] get(IdHash id) {
    return values[place(id.high(), id.low())];
  }

  /** Puts an entry and returns the one before; empty where there was none. */
  byte[] put(IdHash id, byte[] value) {
    if (3L * (size + 1) > 2L * values.length) {
      grow();
    }
    int place = place(id.high(), id.low());
    byte[] before = values[place];
    if (before == FREE) {
      size++;
      keys[2 * place] = id.high();
      keys[2 * place + 1] = id.low();
    }
    values[place] = value;
    return before;
  }

  /** Removes an entry and returns it; empty where there was none. */
  byte[] remove(IdHash id) {
    int hole = place(id.high(), id.low());
    byte[] removed = values[hole];
    if (removed == FREE) {
      return removed;
    }
    size--;
    int mask = values.length - 1;
    int next = (hole + 1) & mask;
    while (values[next] != FREE) {
      int home = (int) keys[2 * next + 1] & mask;
      if (((next - home) & mask) >= ((next - hole) & mask)) {
        keys[2 * hole] = keys[2 * next];
        keys[2 * hole + 1] = keys[2 * next + 1];
        values[hole] = values[next];
        hole = next;
      }
      next = (next + 1) & mask;
    }
    values[hole] = FREE;
    return removed;
  }

  /**
   * Brings the entries of ids into the processor's cache. Each is somewhere else in memory: looked
   * up together, they are waited for once and not one after the other.
   */
  void load(List<IdHash> ids) {
    long sum = 0;
    for (int i = 0; i < ids.size(); i++) {
      int home = (int) ids.get(i).low() & (values.length - 1);
      sum += values[home] == FREE ? 0 : keys[2 * home];
    }
    for (int i = 0; i < ids.size(); i++) {
      IdHash id = ids.get(i);
      byte[] value = values[search(id.high(), id.low())];
      sum += value.length == 0 ? 0 : value[0];
    }
    loaded = sum;
  }

  /** Visits every entry, in no particular order. */
  void forEach(Visitor visitor) {
    for (int i = 0; i < values.length; i++) {
      byte[] value = values[i];
      if (value != FREE) {
        visitor.entry(new IdHash(keys[2 * i], keys[2 * i + 1]), value);
      }
    }
  }

  interface Visitor {
    void entry(IdHash id, byte[] value);
  }

  private int place(long high, long low) {
    if (keys[2 * last] != high || keys[2 * last + 1] != low || values[last] == FREE) {
      last = search(high, low);
    }
    return last;
  }

  private int search(long high, long low) {
    int mask = values.length - 1;
    int place = (int) low & mask;
    while (values[place] != FREE && (keys[2 * place] != high || keys[2 * place + 1] != low)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private static byte[][] free(int places) {
    byte[][] values = new byte[places][];
    Arrays.fill(values, FREE);
    return values;
  }

  private void grow() {
    long[] oldKeys = keys;
    byte[][] oldValues = values;
    keys = new long[2 * oldKeys.length];
    last = 0;
    values = free(2 * oldValues.length);
    for (int i = 0; i < oldValues.length; i++) {
      byte[] value = oldValues[i];
      if (value != FREE) {
        int place = place(oldKeys[2 * i], oldKeys[2 * i + 1]);
        keys[2 * place] = oldKeys[2 * i];
        keys[2 * place + 1] = oldKeys[2 * i + 1];
        values[place] = value;
      }
    }
  }
}
