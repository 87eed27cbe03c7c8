package dev.plumbline.streams;

import dev.plumbline.pipeline.step.Join;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Runs the join of one shard: messages of the intakes, and answers from the clock topic. */
final class JoinProcessor implements Processor<byte[], byte[], byte[], byte[]>, PartialOutbox {

  private final String clockTopic;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private ProcessorContext<byte[], byte[]> context;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private StepStore<Join> store;

  JoinProcessor(String clockTopic) {
    this.clockTopic = clockTopic;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> task) {
    context = task;
    store = task.getStateStore(Stage.JOIN.store());
    store.attach(this);
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    String topic = context.recordMetadata().map(RecordMetadata::topic).orElseThrow();
    if (topic.equals(clockTopic)) {
      store.step().answer(record.value(), this);
    } else {
      store.step().receive(record.value(), this);
    }
  }

  @Override
  public void toMerge(int merge, byte[] message) {
    context.forward(new Record<>(Targets.key(merge), message, context.currentSystemTimeMs()));
  }
}
