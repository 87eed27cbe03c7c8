package dev.plumbline.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens around a commit: its order, and faults between the flush and its end. */
@ExtendWith(EmbeddedBroker.Extension.class)
final class CommitTest {

  private static final int RECORDS = 2_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How the commit of a transaction fails, and thus which path of Kafka Streams is taken. */
  enum Fault {
    /** The thread gives up all its tasks and joins the group again. */
    FENCED,
    /** Ends the thread: Kafka Streams would revive its tasks, and now and then leave one behind. */
    TIMEOUT,
    /** Ends the thread: the broker has aborted the transaction, and says so in a way of its own. */
    ABORTED,
    /** The thread dies; a new one takes over. */
    FATAL;

    KafkaException failure() {
      return switch (this) {
        case FENCED -> new ProducerFencedException("planted");
        case TIMEOUT -> new TimeoutException("planted");
        case ABORTED -> new InvalidTxnStateException("not planted, as far as settings know");
        case FATAL -> new KafkaException("planted");
      };
    }
  }

  @Test
  void stepsAreFlushedInTheTransactionThatCommitsTheirOffsets(EmbeddedBroker broker)
      throws Exception {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    try (ToyRun run = new ToyRun(broker, "order")) {
      run.onFlush(step -> events.add("flush " + step));
      run.write(RECORDS);
      run.start(run.settings(), config -> new RecordingProducer(config, events));
      run.awaitSums();
    }

    List<String> transaction = new ArrayList<>();
    int commitsWithDeltas = 0;
    for (String event : List.copyOf(events)) {
      transaction.add(event);
      if (event.equals("commit")) {
        commitsWithDeltas += checkedDeltas(transaction);
        transaction.clear();
      }
    }
    assertThat(commitsWithDeltas).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void aFailedCommitLosesAndDoublesNothing(Fault fault, EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "commit-" + fault)) {
      failACommit(fault, run);
    }
  }

  @ParameterizedTest
  @EnumSource
  void norDoesItWhereAnotherReadsTheInputs(Fault fault, EmbeddedBroker broker) throws Exception {
    try (ToyRun run = new ToyRun(broker, "fed-commit-" + fault)) {
      run.shareReading();
      failACommit(fault, run);
    }
  }

  private static void failACommit(Fault fault, ToyRun run) throws IOException {
    AtomicInteger commits = new AtomicInteger();
    run.write(RECORDS);
    StreamsMonitor monitor =
        run.start(
            run.settings().retryingOn(failure -> "planted".equals(failure.getMessage())),
            config -> new FailingProducer(config, fault, commits));
    run.awaitSums();
    run.write(RECORDS);
    run.awaitSums();

    assertThat(monitor.problem().isPresent()).isEqualTo(fault != Fault.FENCED);
    assertThat(commits.get()).isGreaterThan(FailingProducer.FAULT);
  }

  @Test
  void aSendThatTimesOutInTheMidstOfAMessageLosesAndDoublesNothing(EmbeddedBroker broker)
      throws Exception {
    AtomicInteger sends = new AtomicInteger();
    try (ToyRun run = new ToyRun(broker, "send")) {
      run.write(RECORDS);
      StreamsMonitor monitor =
          run.start(run.settings(), config -> new ForgetfulProducer(config, sends));
      run.awaitSums();

      assertThat(monitor.problem()).isPresent();
      assertThat(monitor.state()).isIn(State.RUNNING, State.REBALANCING);
    }
  }

  @Test
  void stepsThatFailAfterTheirFlushLoseAndDoubleNothing(EmbeddedBroker broker) throws Exception {
    Set<String> failing = ConcurrentHashMap.newKeySet();
    failing.addAll(List.of("intake-0", "join-1", "merge-0"));
    try (ToyRun run = new ToyRun(broker, "flush")) {
      run.onFlush(
          name -> {
            if (failing.remove(name)) {
              throw new IllegalStateException("planted");
            }
          });
      run.write(RECORDS);
      StreamsMonitor monitor =
          run.start(
              run.settings()
                  .withThreads(2)
                  .retryingOn(failure -> "planted".equals(failure.getMessage())));
      run.awaitSums();

      assertThat(failing).isEmpty();
      assertThat(monitor.problem()).isPresent();
      assertThat(monitor.state()).isIn(State.RUNNING, State.REBALANCING);
    }
  }

  @Test
  void aFailureThatDoesNotPassStopsTheInstanceAndIsTold(EmbeddedBroker broker) throws Exception {
    AtomicBoolean armed = new AtomicBoolean();
    try (ToyRun run = new ToyRun(broker, "stop")) {
      run.onFlush(
          name -> {
            if (armed.get()) {
              throw new IllegalStateException("planted");
            }
          });
      StreamsMonitor monitor = run.start(run.settings());
      armed.set(true);
      run.write(1);

      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (monitor.state() != State.ERROR && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(monitor.state()).isEqualTo(State.ERROR);
      assertThat(monitor.problem().orElseThrow()).hasRootCauseMessage("planted");
    }
  }

  /** Checks one transaction; returns 1 if it holds deltas, which toy joins send in a flush only. */
  private static int checkedDeltas(List<String> transaction) {
    int offsets = transaction.indexOf("offsets");
    List<String> late = offsets < 0 ? List.of() : transaction.subList(offsets, transaction.size());
    assertThat(late).noneMatch(event -> event.startsWith("flush") || event.startsWith("send"));
    List<String> early = offsets < 0 ? transaction : transaction.subList(0, offsets);
    boolean deltas = early.stream().anyMatch(event -> event.startsWith("send deltas"));
    if (deltas) {
      assertThat(offsets).isPositive();
      assertThat(early).anyMatch(event -> event.startsWith("flush join"));
      assertThat(early).anyMatch(event -> event.startsWith("send join-state"));
    }
    return deltas ? 1 : 0;
  }

  private static final class RecordingProducer extends KafkaProducer<byte[], byte[]> {

    private final List<String> events;

    RecordingProducer(Map<String, Object> config, List<String> events) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.events = events;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      events.add("send " + record.topic().replace("plumbline-order-", ""));
      return super.send(record, callback);
    }

    @Override
    public void sendOffsetsToTransaction(
        Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
      events.add("offsets");
      super.sendOffsetsToTransaction(offsets, group);
    }

    @Override
    public void commitTransaction() {
      super.commitTransaction();
      events.add("commit");
    }
  }

  /** Gives one record up, when much has been sent already. */
  private static final class ForgetfulProducer extends KafkaProducer<byte[], byte[]> {

    private static final int FAULT = 1_000;

    private final AtomicInteger sends;

    ForgetfulProducer(Map<String, Object> config, AtomicInteger sends) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.sends = sends;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
      if (sends.getAndIncrement() == FAULT) {
        TimeoutException failure = new TimeoutException("planted");
        callback.onCompletion(null, failure);
        return CompletableFuture.failedFuture(failure);
      }
      return super.send(record, callback);
    }
  }

  /** Fails a commit at its last moment: all is flushed and sent, offsets included. */
  private static final class FailingProducer extends KafkaProducer<byte[], byte[]> {

    /** Not the first: state has been committed before. */
    static final int FAULT = 1;

    private final Fault fault;
    private final AtomicInteger commits;

    FailingProducer(Map<String, Object> config, Fault fault, AtomicInteger commits) {
      super(config, new ByteArraySerializer(), new ByteArraySerializer());
      this.fault = fault;
      this.commits = commits;
    }

    @Override
    public void commitTransaction() {
      if (commits.getAndIncrement() == FAULT) {
        throw fault.failure();
      }
      super.commitTransaction();
    }
  }
}
