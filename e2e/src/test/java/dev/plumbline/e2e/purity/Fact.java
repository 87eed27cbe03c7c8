package dev.plumbline.e2e.purity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.schemas.CloudEventHeader;
import dev.plumbline.schemas.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A published record: all that P1 speaks of.
 *
 * @param value the decoded record as text
 */
record Fact(String topic, String key, long timestamp, Map<String, String> headers, String value) {

  /** What the engine must make of what a step publishes. */
  static Fact of(GeneratedMonitor monitor, Published published) {
    String type = published.output().topic().eventType();
    Map<String, String> headers = new TreeMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", published.id());
    headers.put("ce_type", type);
    headers.put("ce_source", CloudEventHeader.source(monitor.name()));
    headers.put("ce_time", Instant.ofEpochMilli(published.timestamp()).toString());
    return new Fact(
        monitor.topic(published.output()),
        published.key(),
        published.timestamp(),
        headers,
        text(type, encode(published)));
  }

  /** What was read from an output topic. */
  static Fact of(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new TreeMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), new String(header.value(), UTF_8));
    }
    return new Fact(
        record.topic(),
        new String(record.key(), UTF_8),
        record.timestamp(),
        headers,
        text(headers.getOrDefault("ce_type", ""), record.value()));
  }

  /** The value as plain Avro; the type is in the headers. */
  static byte[] encode(Published published) {
    SpecificRecord value = published.value();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      new SpecificDatumWriter<>(value.getSchema(), SpecificData.getForClass(value.getClass()))
          .write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String text(String type, byte[] value) {
    Schema schema =
        Arrays.stream(Topic.values())
            .filter(topic -> topic.eventType().equals(type))
            .findFirst()
            .flatMap(Topic::schema)
            .orElseThrow(() -> new IllegalStateException("no topic carries " + type));
    try {
      return new GenericDatumReader<>(schema)
          .read(null, DecoderFactory.get().binaryDecoder(value, null))
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException("does not decode as " + type, e);
    }
  }
}
