package dev.plumbline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.step.Merge;
import dev.plumbline.pipeline.step.Published;
import java.time.Instant;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Runs one merge: messages of the joins in, published records and answers out. */
final class MergeProcessor implements Processor<byte[], byte[], byte[], byte[]>, PartialOutbox {

  /** Version of the CloudEvents attributes, binary content mode of its Kafka binding. */
  private static final String CLOUD_EVENTS_VERSION = "1.0";

  private final String source;
  private final Function<Published, byte[]> values;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private ProcessorContext<byte[], byte[]> context;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private StepStore<Merge> store;

  /**
   * Makes a merge.
   *
   * @param source CloudEvents source of what is published
   * @param values serialises the value of a published record
   */
  MergeProcessor(String source, Function<Published, byte[]> values) {
    this.source = source;
    this.values = values;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> task) {
    context = task;
    store = task.getStateStore(Stage.MERGE.store());
    store.attach(this);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    store.step().receive(record.value(), this);
  }

  /** Sends to every join; the key is the message itself, so that compaction loses no answer. */
  @Override
  public void answer(byte[] message) {
    context.forward(
        new Record<>(message, message, context.currentSystemTimeMs()), Stage.CLOCK.node());
  }

  @Override
  public void publish(Published record) {
    byte[] key = record.key().getBytes(UTF_8);
    byte[] value = values.apply(record);
    context.forward(
        new Record<>(key, value, record.timestamp(), headers(record)),
        Stage.PUBLISH.node(record.output()));
  }

  private Headers headers(Published record) {
    return new RecordHeaders()
        .add("ce_specversion", CLOUD_EVENTS_VERSION.getBytes(UTF_8))
        .add("ce_id", record.id().getBytes(UTF_8))
        .add("ce_type", record.value().getSchema().getFullName().getBytes(UTF_8))
        .add("ce_source", source.getBytes(UTF_8))
        .add("ce_time", Instant.ofEpochMilli(record.timestamp()).toString().getBytes(UTF_8));
  }
}
