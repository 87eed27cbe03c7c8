package dev.plumbline.streams;

import dev.plumbline.pipeline.step.ReadAhead;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Hears in every instance what the intakes of all instances say of their clocks, and of a start
 * what they said last. Kafka Streams has such a processor fill a store; nobody needs this one.
 */
record ProgressProcessor(ReadAhead ahead) implements Processor<byte[], byte[], Void, Void> {

  @Override
  public void process(Record<byte[], byte[]> record) {
    ahead.clock(ByteBuffer.wrap(record.key()).getInt(), ByteBuffer.wrap(record.value()).getLong());
  }
}
