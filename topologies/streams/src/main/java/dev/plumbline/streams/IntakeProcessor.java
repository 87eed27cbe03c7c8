package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.state.health.FeedReport;
import dev.plumbline.streams.InputPositions.Reached;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Runs the intake of one input partition, tells it when the partition is quiet or ended, and others
 * how far it is. What a growing topic has beyond the end of a bounded run is not passed on.
 */
final class IntakeProcessor implements Processor<byte[], byte[], byte[], byte[]>, PartialOutbox {

  /**
   * What an intake reads.
   *
   * @param input number of the topic among the input topics
   * @param ends end offsets of a bounded run, empty if the run is not bounded
   * @param tick how often the intake asks whether the partition is quiet or ended
   * @param reportMillis how often it says how the partition is
   */
  record Reading(
      String topic,
      int input,
      InputPositions positions,
      Map<TopicPartition, Long> ends,
      Duration tick,
      long reportMillis) {}

  private final Reading reading;
  private final Publisher publisher;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private ProcessorContext<byte[], byte[]> context;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private StepStore<Intake> store;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private Cancellable ticking;

  @SuppressWarnings("NullAway.Init") // set by init, which comes first
  private TopicPartition partition;

  private int number;
  private long end;
  private long processed;
  private long quietSinceMillis;
  private long sinceMillis;
  private long lastMillis;
  private long nextReportMillis;
  private long saidClock;
  private boolean ended;

  IntakeProcessor(Reading reading, Publisher publisher) {
    this.reading = reading;
    this.publisher = publisher;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> task) {
    context = task;
    store = task.getStateStore(Stage.INTAKE.store(reading.input()));
    store.attach(this);
    partition = new TopicPartition(reading.topic(), task.taskId().partition());
    number = reading.positions().number(partition).orElseThrow();
    end = reading.ends().getOrDefault(partition, Long.MAX_VALUE);
    processed = InputPositions.NONE;
    quietSinceMillis = task.currentSystemTimeMs();
    sinceMillis = quietSinceMillis;
    lastMillis = FeedReport.NEVER;
    nextReportMillis = 0;
    ended = false;
    ticking = task.schedule(reading.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
    sayClock();
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long offset = context.recordMetadata().map(RecordMetadata::offset).orElseThrow();
    if (offset < end) {
      store.step().receive(incoming(record, offset), this);
    } else {
      end();
    }
    processed = offset;
    quietSinceMillis = context.currentSystemTimeMs();
    lastMillis = quietSinceMillis;
    if (store.step().clock() != saidClock) {
      sayClock();
    }
  }

  private static Incoming incoming(Record<byte[], byte[]> record, long offset) {
    Headers headers = record.headers();
    return new Incoming(
        offset, record.timestamp(), record.key(), record.value(), name -> last(headers, name));
  }

  private static byte @Nullable [] last(Headers headers, String name) {
    @Nullable Header header = headers.lastHeader(name);
    return header == null ? null : header.value();
  }

  @Override
  public void close() {
    ticking.cancel(); // a resumed task is initialised, and scheduled, again
  }

  @Override
  public void toJoin(int shard, byte[] message) {
    context.forward(
        new Record<>(Targets.key(shard), message, context.currentSystemTimeMs()),
        Stage.REKEY.repartitioning(reading.input()));
  }

  @Override
  public void publish(Published record) {
    context.forward(publisher.record(record), Stage.PUBLISH.node(record.output(), reading.input()));
  }

  @Override
  public void progress(long clock) {
    context.forward(
        new Record<>(Targets.key(number), InputClocks.value(clock), context.currentSystemTimeMs()),
        Stage.PROGRESS.node(reading.input()));
  }

  private void tick(long nowMillis) {
    Optional<Reached> reached = reading.positions().of(partition);
    reached.ifPresent(now -> report(nowMillis, now));
    if (reached.isEmpty() || reached.get().returned() > processed) {
      return; // nothing is known, or records wait in the task's queue
    }
    if (reading.ends().isEmpty()) {
      if (reached.get().atEnd()) {
        store.step().quiet(Math.max(0, nowMillis - quietSinceMillis), this);
      } else {
        quietSinceMillis = nowMillis;
      }
    } else if (reached.get().position() >= reading.ends().getOrDefault(partition, 0L)) {
      end();
    }
    sayClock();
  }

  /** Says how the partition is, to the merge in whichever instance that is. */
  private void report(long nowMillis, Reached reached) {
    if (!reading.ends().isEmpty() || nowMillis < nextReportMillis) {
      return;
    }
    nextReportMillis = nowMillis + reading.reportMillis();
    boolean isRead = reached.returned() <= processed;
    FeedReport report =
        new FeedReport(
            number,
            sinceMillis,
            nowMillis,
            lastMillis,
            isRead && reached.atEnd(),
            reached.lag(),
            store.step().counts());
    reading.positions().reports().hear(report);
    context.forward(
        new Record<>(
            ProgressProcessor.reportKey(number), report.toBytes(), context.currentSystemTimeMs()),
        Stage.PROGRESS.node(reading.input()));
  }

  /** To this process at once; to all others the step says it when it is flushed. */
  private void sayClock() {
    saidClock = store.step().clock();
    reading.positions().ahead().clock(number, saidClock);
  }

  private void end() {
    if (!ended) {
      ended = true;
      store.step().end(this);
    }
  }
}
