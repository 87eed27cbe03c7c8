package dev.plumbline.pipeline.mapping;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What bytes were decoded to lately, for several monitors of a process that are handed the very
 * same bytes: the first decodes, the others find. Bytes are known by their identity, so that a
 * wrong find is impossible. Safe for several threads; what is kept must be so too.
 */
public final class Decodings {

  private static final int PLACES = 1 << 14;

  /** Longer records are not kept: with all places taken that would be more than 128 MiB. */
  private static final int MOST_BYTES = 8 << 10;

  private final AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(PLACES);

  /** Nothing was decoded yet. */
  public Decodings() {}

  /**
   * What bytes were decoded to.
   *
   * @param way how they were read: the same bytes may be read in two ways
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by identity alone
  private record Entry(byte[] bytes, Object way, Object content) {}

  /** What these bytes were decoded to in this way, if that is still known. */
  <T> Optional<T> find(byte[] bytes, Object way, Class<T> type) {
    @Nullable Entry entry = entries.get(place(bytes));
    return entry != null && entry.bytes == bytes && entry.way.equals(way)
        ? Optional.of(type.cast(entry.content))
        : Optional.empty();
  }

  void keep(byte[] bytes, Object way, Object content) {
    if (bytes.length <= MOST_BYTES) {
      entries.set(place(bytes), new Entry(bytes, way, content));
    }
  }

  /** A decoder that looks here first; rows of it may be read by several threads. */
  RowDecoder before(RowDecoder decoder, Object way) {
    return bytes -> {
      Optional<Decoded> known = find(bytes, way, Decoded.class);
      if (known.isPresent()) {
        return known.get();
      }
      Decoded decoded = decoder.decode(bytes);
      keep(bytes, way, decoded);
      return decoded;
    };
  }

  private static int place(byte[] bytes) {
    int hash = System.identityHashCode(bytes);
    return (hash ^ (hash >>> 14)) & (PLACES - 1);
  }
}
