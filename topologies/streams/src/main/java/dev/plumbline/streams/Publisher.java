package dev.plumbline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.codec.Published;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes published records ready for their topics: bytes, timestamp and CloudEvents headers.
 *
 * @param source CloudEvents source of what is published
 * @param values serialises the value of a published record
 */
record Publisher(String source, Function<Published, byte[]> values) {

  /** Version of the CloudEvents attributes, binary content mode of its Kafka binding. */
  private static final String CLOUD_EVENTS_VERSION = "1.0";

  Record<byte[], byte[]> record(Published published) {
    return new Record<>(
        published.key().getBytes(UTF_8),
        values.apply(published),
        published.timestamp(),
        headers(published));
  }

  private Headers headers(Published published) {
    return new RecordHeaders()
        .add("ce_specversion", CLOUD_EVENTS_VERSION.getBytes(UTF_8))
        .add("ce_id", published.id().getBytes(UTF_8))
        .add("ce_type", published.value().getSchema().getFullName().getBytes(UTF_8))
        .add("ce_source", source.getBytes(UTF_8))
        .add("ce_time", Instant.ofEpochMilli(published.timestamp()).toString().getBytes(UTF_8));
  }
}
