package dev.plumbline.pipeline.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A record as an engine read it from an input partition.
 *
 * @param timestamp Kafka timestamp in epoch milliseconds
 * @param value bytes as stored; null is a tombstone
 * @param headers looked up only where the monitor file asks for one
 */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
public record Incoming(
    long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {

  /** A record without headers. */
  public Incoming(long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
    this(offset, timestamp, key, value, Headers.NONE);
  }

  /** The headers of a record. */
  @FunctionalInterface
  public interface Headers {

    /** No header. */
    Headers NONE = name -> null;

    /** The value of the last header with a name; null if there is none, or none with a value. */
    byte @Nullable [] last(String name);
  }
}
