package dev.plumbline.streams;

import dev.plumbline.pipeline.codec.Published.Output;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Settings of one instance of a monitor.
 *
 * @param clients Kafka settings, {@code bootstrap.servers} at least; what the engine needs for its
 *     promises cannot be set here
 * @param outputs topic of each output
 * @param threads stream threads, at least 1
 * @param replication replication factor of created and internal topics, -1 for the broker's default
 * @param commitInterval time between commits, the delay until outputs are visible
 * @param tick how often an intake asks whether its partition is quiet or ended
 * @param batch most records of a poll, and of those of an input partition that wait for their turn;
 *     a partition that is ahead of others may bring as many before it is paused
 * @param bounded whether the run ends at the end offsets found at start
 * @param passing whether a failure, one of an exception's causes, may pass by itself, such as a
 *     registry that does not answer; retriable failures of Kafka, and a transaction that the broker
 *     has aborted, always may
 */
public record StreamsSettings(
    Map<String, String> clients,
    Map<Output, String> outputs,
    int threads,
    int replication,
    Duration commitInterval,
    Duration tick,
    int batch,
    boolean bounded,
    Predicate<Throwable> passing) {

  /**
   * A commit has its own cost, whatever is in it; an alert waits for three of them, one for each
   * kind of step, and is to come within a second of its records.
   */
  private static final Duration DEFAULT_COMMIT_INTERVAL = Duration.ofMillis(250);

  private static final Duration DEFAULT_TICK = Duration.ofMillis(200);

  /** Fewer calls of the poll loop per record than with the 1,000 of Kafka Streams. */
  private static final int DEFAULT_BATCH = 10_000;

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if {@code threads} or {@code batch} is less than 1
   */
  public StreamsSettings {
    if (threads < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "threads and batch must be at least 1, were " + threads + " and " + batch);
    }
    clients = Map.copyOf(clients);
    outputs = Map.copyOf(outputs);
  }

  /** Returns settings with one thread, replication as the broker has it, and an endless run. */
  public static StreamsSettings of(Map<String, String> clients, Map<Output, String> outputs) {
    return new StreamsSettings(
        clients,
        outputs,
        1,
        -1,
        DEFAULT_COMMIT_INTERVAL,
        DEFAULT_TICK,
        DEFAULT_BATCH,
        false,
        failure -> false);
  }

  /** Returns these settings with so many threads. */
  public StreamsSettings withThreads(int count) {
    return new StreamsSettings(
        clients, outputs, count, replication, commitInterval, tick, batch, bounded, passing);
  }

  /** Returns these settings with a replication factor. */
  public StreamsSettings withReplication(int factor) {
    return new StreamsSettings(
        clients, outputs, threads, factor, commitInterval, tick, batch, bounded, passing);
  }

  /** Returns these settings with a commit interval. */
  public StreamsSettings withCommitInterval(Duration interval) {
    return new StreamsSettings(
        clients, outputs, threads, replication, interval, tick, batch, bounded, passing);
  }

  /** Returns these settings with another tick. */
  public StreamsSettings withTick(Duration interval) {
    return new StreamsSettings(
        clients, outputs, threads, replication, commitInterval, interval, batch, bounded, passing);
  }

  /** Returns these settings with another size of batches. */
  public StreamsSettings withBatch(int records) {
    return new StreamsSettings(
        clients, outputs, threads, replication, commitInterval, tick, records, bounded, passing);
  }

  /** Returns these settings for a run that ends at the end offsets found at start. */
  public StreamsSettings untilEnd() {
    return new StreamsSettings(
        clients, outputs, threads, replication, commitInterval, tick, batch, true, passing);
  }

  /** Returns these settings with a test for failures that may pass by themselves. */
  public StreamsSettings retryingOn(Predicate<Throwable> failures) {
    return new StreamsSettings(
        clients, outputs, threads, replication, commitInterval, tick, batch, bounded, failures);
  }
}
