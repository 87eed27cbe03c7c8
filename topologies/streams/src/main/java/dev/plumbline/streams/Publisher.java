package dev.plumbline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.schemas.CloudEventHeader;
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

  Record<byte[], byte[]> record(Published published) {
    return new Record<>(
        published.key().getBytes(UTF_8),
        values.apply(published),
        published.timestamp(),
        headers(published));
  }

  private Headers headers(Published published) {
    RecordHeaders headers = new RecordHeaders();
    add(headers, CloudEventHeader.SPECVERSION, CloudEventHeader.SPECIFICATION);
    add(headers, CloudEventHeader.ID, published.id());
    add(headers, CloudEventHeader.TYPE, published.output().topic().eventType());
    add(headers, CloudEventHeader.SOURCE, source);
    add(headers, CloudEventHeader.TIME, Instant.ofEpochMilli(published.timestamp()).toString());
    return headers;
  }

  private static void add(RecordHeaders headers, CloudEventHeader header, String value) {
    headers.add(header.key(), value.getBytes(UTF_8));
  }
}
