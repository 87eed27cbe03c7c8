package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.step.Merge;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Runs one merge: messages of the joins in, published records and answers out. It also tells the
 * merge the time, for health, and says when the instance was told to stop.
 */
final class MergeProcessor implements Processor<byte[], byte[], byte[], byte[]>, PartialOutbox {

  /**
   * What health goes by.
   *
   * @param reports what the readers of the input partitions said last
   * @param tick how often the merge is told the time
   */
  record Watch(FeedReports reports, Duration tick) {}

  private final Publisher publisher;
  private final Optional<Watch> watch;
  private Optional<Cancellable> ticking = Optional.empty();
  private boolean hasSaidGoodbye;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private ProcessorContext<byte[], byte[]> context;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private StepStore<Merge> store;

  /**
   * Makes a merge.
   *
   * @param watch empty for a run whose health is not watched
   */
  MergeProcessor(Publisher publisher, Optional<Watch> watch) {
    this.publisher = publisher;
    this.watch = watch;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> task) {
    context = task;
    store = task.getStateStore(Stage.MERGE.store());
    store.attach(this);
    ticking = watch.map(this::begin);
  }

  private Cancellable begin(Watch watching) {
    watching.reports().merging();
    return context.schedule(
        watching.tick(), PunctuationType.WALL_CLOCK_TIME, now -> tick(watching.reports(), now));
  }

  private void tick(FeedReports reports, long now) {
    if (!reports.isStopping()) {
      store.step().tick(now, reports.all(), this);
    } else if (!hasSaidGoodbye) {
      hasSaidGoodbye = true;
      store.step().stop(now, this);
      reports.saidGoodbye();
    }
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    store.step().receive(record.value(), this);
  }

  @Override
  public void close() {
    ticking.ifPresent(Cancellable::cancel); // a resumed task is initialised, and scheduled, again
    ticking = Optional.empty();
    watch.ifPresent(watching -> watching.reports().gone());
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
