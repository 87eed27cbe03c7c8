package dev.plumbline.streams;

import dev.plumbline.state.health.FeedReport;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Hears in every instance what the intakes of all instances say of their clocks and of the feeds,
 * and of a start what they said last. Kafka Streams has such a processor fill a store; nobody needs
 * this one.
 */
record ProgressProcessor(InputPositions positions)
    implements Processor<byte[], byte[], Void, Void> {

  /** Returns the key of what the reader of a partition says for health: less than any number. */
  static byte[] reportKey(int number) {
    return Targets.key(-1 - number);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    int number = InputClocks.number(ByteBuffer.wrap(record.key()));
    if (number < 0) {
      positions.reports().hear(FeedReport.of(record.value()));
    } else {
      positions.ahead().clock(number, InputClocks.clock(record.value()));
    }
  }
}
