package dev.plumbline.streams;

import dev.plumbline.streams.Chain.Given;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads input partitions once for all monitors of a process that follow them. One consumer without
 * a group fetches; the consumers of the monitors keep their partitions, positions and commits, and
 * take from here what they would fetch.
 *
 * <p>Nobody depends on it: a consumer that is not where it reads (it begins, restores or is slow),
 * and every consumer while it fails, fetches by itself. It waits a second for the slowest, then
 * goes on without it. It holds at most {@link #MOST_BYTES} of a partition, {@link #TOTAL_BYTES} of
 * all, and what one poll brought.
 */
public final class SharedReading implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SharedReading.class);

  static final long MOST_BYTES = 4L << 20;
  static final long TOTAL_BYTES = 64L << 20;

  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration SILENCE = Duration.ofSeconds(5);
  private static final long PAUSE_MILLIS = 1_000;
  private static final int BATCH = 10_000;
  private static final String MAIN = StreamsConfig.MAIN_CONSUMER_PREFIX;
  private static final String ANY = StreamsConfig.CONSUMER_PREFIX;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Map<TopicPartition, Chain> chains = new HashMap<>();
  private final Map<TopicPartition, Long> fullSince = new HashMap<>();
  private final Map<Object, Long> heard = new HashMap<>();
  private final Thread thread = new Thread(this::run, "shared-reading");
  private long polledNanos;
  private boolean isClosed;

  private SharedReading(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  /**
   * Starts.
   *
   * @param clients Kafka settings as those of the monitors
   */
  public static SharedReading start(Map<String, String> clients) {
    Map<String, Object> settings = settings(clients);
    return start(
        () ->
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
  }

  static SharedReading start(Supplier<Consumer<byte[], byte[]>> consumers) {
    SharedReading reading = new SharedReading(consumers);
    reading.thread.setDaemon(true);
    reading.thread.start();
    return reading;
  }

  private static Map<String, Object> settings(Map<String, String> clients) {
    Map<String, Object> settings = new HashMap<>();
    for (String prefix : new String[] {"", ANY, MAIN}) {
      clients.forEach(
          (key, value) -> {
            if (key.startsWith(prefix)
                && ConsumerConfig.configNames().contains(bare(key, prefix))) {
              settings.put(bare(key, prefix), value);
            }
          });
    }
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.remove(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    return settings;
  }

  private static String bare(String key, String prefix) {
    return key.substring(prefix.length());
  }

  /**
   * Lets a consumer follow a partition from its position on, if that is not behind what is held.
   */
  synchronized boolean join(TopicPartition partition, Object follower, long position) {
    if (isClosed || isStalled()) {
      return false;
    }
    heard.put(follower, System.nanoTime());
    notifyAll();
    return chains.computeIfAbsent(partition, one -> new Chain(position)).join(follower, position);
  }

  synchronized void leave(TopicPartition partition, Object follower) {
    Chain chain = chains.get(partition);
    if (chain != null) {
      chain.leave(follower);
    }
  }

  /** Whether one of these partitions has something for a follower. */
  synchronized boolean hasNews(Set<TopicPartition> partitions, Object follower) {
    heard.put(follower, System.nanoTime());
    for (TopicPartition partition : partitions) {
      Chain chain = chains.get(partition);
      if (chain == null || chain.hasNews(follower)) {
        return true;
      }
    }
    return false;
  }

  /** What comes next for a follower; nothing if it follows no more and must fetch by itself. */
  synchronized Optional<Given> take(TopicPartition partition, Object follower, int most) {
    Chain chain = chains.get(partition);
    return chain == null || isStalled() ? Optional.empty() : chain.take(follower, most);
  }

  /** The end that was seen last says nothing when nobody looks. */
  private boolean isStalled() {
    return System.nanoTime() - polledNanos > SILENCE.toNanos();
  }

  private void run() {
    while (!hasClosed()) {
      try (Consumer<byte[], byte[]> consumer = consumers.get()) {
        serve(consumer);
      } catch (KafkaException failure) {
        LOG.warn(
            "Monitors fetch by themselves what was read for all of them; that is tried again in {}"
                + " ms: {}",
            PAUSE_MILLIS,
            failure.getMessage(),
            failure);
      }
      abandon();
    }
  }

  private synchronized boolean hasClosed() {
    return isClosed;
  }

  private synchronized void abandon() {
    chains.clear();
    fullSince.clear();
    polledNanos = System.nanoTime() - 2 * SILENCE.toNanos();
    if (!isClosed) {
      await(PAUSE_MILLIS);
    }
  }

  private void await(long millis) {
    try {
      TimeUnit.MILLISECONDS.timedWait(this, millis);
    } catch (InterruptedException interrupt) {
      isClosed = true;
    }
  }

  private void serve(Consumer<byte[], byte[]> consumer) {
    Map<TopicPartition, Chain> served = new HashMap<>();
    while (prepare(consumer, served)) {
      try {
        add(consumer.poll(POLL), consumer, served);
      } catch (InvalidOffsetException gone) {
        drop(gone.partitions());
      }
    }
  }

  /** Follows what is wanted, without what is full; false if there is nothing more to do. */
  private synchronized boolean prepare(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Chain> served) {
    polledNanos = System.nanoTime();
    forgetSilent();
    while (!isClosed && chains.isEmpty()) {
      await(POLL.toMillis());
      polledNanos = System.nanoTime();
    }
    if (!chains.equals(served)) {
      consumer.assign(chains.keySet());
      chains.forEach(
          (partition, chain) -> {
            if (served.get(partition) != chain) {
              consumer.seek(partition, chain.end());
            }
          });
      served.clear();
      served.putAll(chains);
    }
    Set<TopicPartition> full = new HashSet<>();
    chains.forEach(
        (partition, chain) -> {
          if (isFull(partition, chain)) {
            full.add(partition);
          }
        });
    consumer.resume(consumer.assignment());
    consumer.pause(full);
    return !isClosed;
  }

  private boolean isFull(TopicPartition partition, Chain chain) {
    long most = Math.min(MOST_BYTES, TOTAL_BYTES / chains.size());
    if (chain.bytes() < most) {
      fullSince.remove(partition);
      return false;
    }
    long now = System.nanoTime();
    if (now - fullSince.computeIfAbsent(partition, one -> now) > PATIENCE.toNanos()) {
      chain.shrink(most / 2);
      fullSince.remove(partition);
      return false;
    }
    return true;
  }

  private void forgetSilent() {
    long now = System.nanoTime();
    Set<Object> silent = new HashSet<>();
    heard.forEach(
        (follower, nanos) -> {
          if (now - nanos > SILENCE.toNanos()) {
            silent.add(follower);
          }
        });
    heard.keySet().removeAll(silent);
    chains.values().forEach(chain -> silent.forEach(chain::leave));
    chains.values().removeIf(chain -> !chain.isFollowed());
    fullSince.keySet().retainAll(chains.keySet());
  }

  private synchronized void add(
      ConsumerRecords<byte[], byte[]> records,
      Consumer<byte[], byte[]> consumer,
      Map<TopicPartition, Chain> served) {
    polledNanos = System.nanoTime();
    Set<TopicPartition> paused = consumer.paused();
    served.forEach(
        (partition, chain) -> {
          boolean isKnown = !paused.contains(partition);
          long lag =
              isKnown
                  ? consumer.currentLag(partition).orElse(InputPositions.NONE)
                  : InputPositions.NONE;
          chain.add(records.records(partition), records.nextOffsets().get(partition), lag);
        });
  }

  private synchronized void drop(Set<TopicPartition> partitions) {
    chains.keySet().removeAll(partitions);
  }

  /** Stops; whoever follows fetches by itself. */
  @Override
  public void close() {
    synchronized (this) {
      isClosed = true;
      chains.clear();
      notifyAll();
    }
    try {
      thread.join(SILENCE.toMillis());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
    }
  }
}
