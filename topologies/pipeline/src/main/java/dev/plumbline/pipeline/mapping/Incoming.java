package dev.plumbline.pipeline.mapping;

import org.jspecify.annotations.Nullable;

/**
 * A record as an engine read it from an input partition.
 *
 * @param timestamp Kafka timestamp in epoch milliseconds
 * @param value bytes as stored; null is a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
public record Incoming(
    long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {}
