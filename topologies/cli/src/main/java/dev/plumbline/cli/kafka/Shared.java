package dev.plumbline.cli.kafka;

import dev.plumbline.pipeline.mapping.Decodings;
import dev.plumbline.streams.SharedReading;
import java.util.Map;

/**
 * What the monitors of a process do once for all of them: read input topics, and decode records.
 */
public record Shared(SharedReading reading, Decodings decodings) implements AutoCloseable {

  /** Starts to read for whoever asks, with these settings of Kafka clients. */
  public static Shared start(Map<String, String> clients) {
    return new Shared(SharedReading.start(clients), new Decodings());
  }

  @Override
  public void close() {
    reading.close();
  }
}
