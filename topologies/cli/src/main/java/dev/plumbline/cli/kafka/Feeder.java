package dev.plumbline.cli.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records to input topics; none is lost without a word. */
public final class Feeder implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> problem = new AtomicReference<>();

  private Feeder(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** A writer with these settings of Kafka clients. */
  public static Feeder at(Map<String, String> clients) {
    Map<String, Object> settings = new HashMap<>();
    // The first batches of a new topic may overtake each other while its leader is made, and the
    // one that was refused then never fits behind the one that was taken.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, "20");
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
    settings.putAll(clients);
    return new Feeder(
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /**
   * Sends a record.
   *
   * @throws IllegalStateException if an earlier one could not be written
   */
  @SuppressWarnings("FutureReturnValueIgnored") // the callback hears of failures
  public void send(ProducerRecord<byte[], byte[]> record) {
    check();
    producer.send(
        record,
        (written, failure) -> {
          if (failure != null) {
            problem.compareAndSet(null, failure);
          }
        });
  }

  /** Waits until everything is written. */
  public void flush() {
    producer.flush();
    check();
  }

  private void check() {
    Exception failure = problem.get();
    if (failure != null) {
      throw new IllegalStateException("a record could not be written to Kafka", failure);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
