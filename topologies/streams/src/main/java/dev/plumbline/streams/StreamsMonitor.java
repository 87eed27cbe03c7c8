package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.step.ReadAhead;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.streams.MonitorTopology.Run;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of a monitor on Kafka Streams. Any number of instances, in any number of processes,
 * share the work; each needs a {@code state.dir} of its own.
 *
 * <p>A failure is never skipped. One that may pass by itself (see {@link StreamsSettings#passing})
 * ends the thread it hit, is logged, and a new thread goes on from the last commit after a pause,
 * again and again; any other stops the instance, and {@link #problem} says why.
 */
public final class StreamsMonitor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsMonitor.class);

  /** Bounds the time for which a hung instance blocks the readers of its outputs. */
  private static final Duration STALL_LIMIT = Duration.ofSeconds(10);

  private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);
  private static final Duration GOODBYE_LIMIT = Duration.ofSeconds(3);
  private static final long GOODBYE_LOOK_MILLIS = 20;

  private final StreamsSettings settings;
  private final KafkaStreams streams;
  private final FeedReports reports;
  private final CountDownLatch settled = new CountDownLatch(1);
  private volatile @Nullable Throwable problem;

  private StreamsMonitor(StreamsSettings settings, KafkaStreams streams, FeedReports reports) {
    this.settings = settings;
    this.streams = streams;
    this.reports = reports;
  }

  /**
   * Creates missing topics and starts; does not wait until the instance runs.
   *
   * @param values serialises the value of a published record; called from several threads
   * @throws IllegalStateException if topics are missing or do not fit the monitor, or the broker
   *     does not answer
   */
  public static StreamsMonitor start(
      Steps steps, Function<Published, byte[]> values, StreamsSettings settings) {
    return start(steps, values, settings, Optional.empty(), Clients::producer);
  }

  /** The same with inputs that are read once for several monitors of this process. */
  public static StreamsMonitor start(
      Steps steps,
      Function<Published, byte[]> values,
      StreamsSettings settings,
      SharedReading shared) {
    return start(steps, values, settings, Optional.of(shared), Clients::producer);
  }

  static StreamsMonitor start(
      Steps steps,
      Function<Published, byte[]> values,
      StreamsSettings settings,
      Optional<SharedReading> shared,
      Function<Map<String, Object>, Producer<byte[], byte[]>> producers) {
    MonitorTopics topics = new MonitorTopics(steps, settings.outputs());
    Map<TopicPartition, Long> ends;
    try (Admin admin = Admin.create(new HashMap<String, Object>(settings.clients()))) {
      topics.prepare(admin, 1, (short) settings.replication());
      ends = settings.bounded() ? topics.ends(admin) : Map.of();
    }
    InputPositions positions =
        new InputPositions(
            steps.inputs(), new ReadAhead(steps.inputs().size(), steps.ahead(), settings.batch()));
    MonitorTopology topology =
        new MonitorTopology(steps, topics, values, positions, new Run(ends, settings.tick()));
    KafkaStreams streams =
        new KafkaStreams(
            topology.build(),
            properties(topics.applicationId(), settings),
            new Clients(positions, shared, producers));
    StreamsMonitor monitor = new StreamsMonitor(settings, streams, positions.reports());
    streams.setUncaughtExceptionHandler(monitor::handle);
    streams.setStateListener((now, before) -> monitor.moved(now));
    streams.start();
    return monitor;
  }

  /**
   * Waits until the instance runs for the first time.
   *
   * @throws IllegalStateException if it stops or does not run within the limit; the cause is the
   *     last problem, if there was one
   */
  public void awaitRunning(Duration limit) {
    try {
      boolean inTime = settled.await(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!inTime || state().hasStartedOrFinishedShuttingDown()) {
        throw new IllegalStateException(
            "monitor must be running within " + limit + ", is " + state(), problem);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the monitor started", interrupt);
    }
  }

  /** Returns whether the instance has its partitions and their state, and works. */
  public boolean isRunning() {
    return state() == State.RUNNING;
  }

  /** Returns the state of the instance. */
  public State state() {
    return streams.state();
  }

  /**
   * Returns whether the instance is stopping or has stopped, by itself or because it was told to.
   */
  public boolean hasStopped() {
    return state().hasStartedOrFinishedShuttingDown();
  }

  /** Returns the last failure of a thread, whether it stopped the instance or was retried. */
  public Optional<Throwable> problem() {
    return Optional.ofNullable(problem);
  }

  /**
   * Says on the health topic that it stops, commits, stops, and leaves the group so that others
   * take over at once.
   */
  @Override
  public void close() {
    sayGoodbye();
    streams.close(
        CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
            .withTimeout(CLOSE_LIMIT));
  }

  /** Waits for the merges of this instance, which have a second or two. */
  private void sayGoodbye() {
    reports.stop();
    long deadline = System.nanoTime() + GOODBYE_LIMIT.toNanos();
    try {
      while (!hasStopped() && !reports.haveAllSaidGoodbye() && System.nanoTime() < deadline) {
        TimeUnit.MILLISECONDS.sleep(GOODBYE_LOOK_MILLIS);
      }
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }

  private static Properties properties(String applicationId, StreamsSettings settings) {
    Properties all = new Properties();
    int stallMillis = (int) STALL_LIMIT.toMillis();
    all.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), stallMillis);
    all.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), stallMillis);
    all.putAll(settings.clients());
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, settings.replication());
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    // No step depends on the order between partitions, so no task waits for one of them.
    all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, settings.batch());
    all.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), settings.batch());
    return all;
  }

  private void moved(State now) {
    if (now == State.RUNNING || now.hasStartedOrFinishedShuttingDown()) {
      settled.countDown();
    }
  }

  private StreamThreadExceptionResponse handle(Throwable failure) {
    problem = failure;
    Optional<Throwable> passing = causes(failure).filter(this::passes).findFirst();
    if (passing.isEmpty()) {
      LOG.error("Monitor stops; nothing was skipped. Remove the cause and start it again", failure);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.warn(
        "Monitor waits and goes on from its last commit; it tries again in {}: {}",
        RETRY_PAUSE,
        passing.get().getMessage(),
        failure);
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_PAUSE.toMillis());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  /**
   * Whether a new thread may fare better. A transaction that the broker has aborted, because it
   * took too long or another producer came, is told in several ways; Kafka Streams takes an invalid
   * state, the answer to a commit that comes just then, for a fault that stays.
   */
  private boolean passes(Throwable cause) {
    return cause instanceof RetriableException
        || cause instanceof InvalidTxnStateException
        || settings.passing().test(cause);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }
}
