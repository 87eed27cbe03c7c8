package dev.plumbline.streams;

import dev.plumbline.pipeline.step.Join;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Runs the join of one shard: messages of the intakes, and answers from the clock topic. */
final class JoinProcessor implements Processor<byte[], byte[], byte[], byte[]>, PartialOutbox {

  private final String clockTopic;
  private @Nullable ProcessorContext<byte[], byte[]> context;
  private @Nullable StepStore<Join> store;

  JoinProcessor(String clockTopic) {
    this.clockTopic = clockTopic;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> task) {
    StepStore<Join> state = task.getStateStore(Stage.JOIN.store());
    state.attach(this);
    store = state;
    context = task;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    if (store == null) {
      throw new IllegalStateException("join is not initialised");
    }
    String topic = context().recordMetadata().map(RecordMetadata::topic).orElseThrow();
    if (topic.equals(clockTopic)) {
      store.step().answer(record.value(), this);
    } else {
      store.step().receive(record.value(), this);
    }
  }

  @Override
  public void toMerge(int merge, byte[] message) {
    ProcessorContext<byte[], byte[]> task = context();
    task.forward(new Record<>(Targets.key(merge), message, task.currentSystemTimeMs()));
  }

  private ProcessorContext<byte[], byte[]> context() {
    if (context == null) {
      throw new IllegalStateException("join is not initialised");
    }
    return context;
  }
}
