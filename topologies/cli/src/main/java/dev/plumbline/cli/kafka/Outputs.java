package dev.plumbline.cli.kafka;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.schemas.CloudEventHeader;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.schemas.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The output topics of a monitor and the form of their records. Safe for several threads. */
public final class Outputs {

  private final Map<Output, String> topics = new EnumMap<>(Output.class);
  private final WireFormat format;

  /** The topics of these names, with values as the registry behind the format knows them. */
  public Outputs(TopicNames names, WireFormat format) {
    this.format = format;
    for (Output output : Output.values()) {
      topics.put(output, names.name(output.topic()));
    }
  }

  /** Name of each output's topic. */
  public Map<Output, String> topics() {
    return Map.copyOf(topics);
  }

  /** Bytes of a record's value. */
  public byte[] encode(Published record) {
    return format.encode(topics().getOrDefault(record.output(), ""), record.value());
  }

  /** Registers the schemas of all outputs. */
  public void register(dev.plumbline.schemas.Registry registry) {
    topics.forEach(
        (output, name) -> registry.register(name, output.topic().schema().orElseThrow()));
  }

  /** A record as it was published. */
  public Published decode(ConsumerRecord<byte[], byte[]> record) {
    Output output =
        topics.entrySet().stream()
            .filter(entry -> entry.getValue().equals(record.topic()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow();
    Header id = record.headers().lastHeader(CloudEventHeader.ID.key());
    return new Published(
        output,
        new String(record.key(), StandardCharsets.UTF_8),
        format.decode(record.value(), output.type()),
        record.timestamp(),
        id == null ? "" : new String(id.value(), StandardCharsets.UTF_8));
  }
}
