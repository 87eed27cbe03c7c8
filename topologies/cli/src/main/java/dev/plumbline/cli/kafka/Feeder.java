package dev.plumbline.cli.kafka;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Writes records to input topics; none is lost without a word. */
public final class Feeder implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> problem = new AtomicReference<>();

  Feeder(KafkaProducer<byte[], byte[]> producer) {
    this.producer = producer;
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
