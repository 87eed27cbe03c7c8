package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.step.Merge;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Runs one merge: messages of the joins in, published records and answers out. */
final class MergeProcessor implements Processor<byte[], byte[], byte[], byte[]>, PartialOutbox {

  private final Publisher publisher;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private ProcessorContext<byte[], byte[]> context;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private StepStore<Merge> store;

  /** Makes a merge. */
  MergeProcessor(Publisher publisher) {
    this.publisher = publisher;
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
    context.forward(publisher.record(record), Stage.PUBLISH.node(record.output()));
  }
}
