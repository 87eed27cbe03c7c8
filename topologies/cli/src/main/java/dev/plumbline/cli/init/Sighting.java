package dev.plumbline.cli.init;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of a sample.
 *
 * @param timestamp Kafka timestamp, 0 where a file has none
 * @param headers by name; those without a value are left out
 */
@SuppressWarnings("ArrayRecordComponent") // bytes pass through, nobody compares them
public record Sighting(
    int partition,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    Map<String, byte[]> headers) {

  public Sighting {
    headers = Map.copyOf(headers);
  }
}
