package dev.plumbline.streams;

import dev.plumbline.streams.Chain.Given;
import dev.plumbline.streams.InputPositions.Reached;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that notes after each poll how far it has read the input topics, and pauses partitions
 * that must wait for others. Kafka Streams pauses partitions too, for reasons of its own: what one
 * of both has paused is paused, and Kafka Streams sees its own alone.
 *
 * <p>Where several monitors of a process share their reading, it takes the records of an input
 * partition from there once it stands where that reads, and does not fetch them: the partition is
 * its own as before, but paused, and its position moves with what was taken.
 */
final class WatchedConsumer extends KafkaConsumer<byte[], byte[]> {

  private static final int MOST_RECORDS = 500;

  private final InputPositions positions;
  private final Optional<SharedReading> shared;
  private final int mostRecords;
  private final Map<TopicPartition, Long> following = new HashMap<>();
  private final Map<TopicPartition, Given> given = new HashMap<>();
  private final Map<TopicPartition, Reached> last = new HashMap<>();
  private final Set<TopicPartition> waiting = new HashSet<>();
  private final Set<TopicPartition> pausedByStreams = new HashSet<>();

  WatchedConsumer(
      Map<String, Object> config, InputPositions positions, Optional<SharedReading> shared) {
    super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.positions = positions;
    this.shared = shared;
    Object most = config.getOrDefault(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    this.mostRecords = Integer.parseInt(most.toString());
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    holdBack();
    given.clear();
    ConsumerRecords<byte[], byte[]> records =
        shared.isPresent() ? poll(timeout, shared.get()) : super.poll(timeout);
    Set<TopicPartition> assigned = assignment();
    forget(last.keySet().stream().filter(partition -> !assigned.contains(partition)).toList());
    Set<TopicPartition> paused = super.paused();
    for (TopicPartition partition : assigned) {
      Optional<Integer> number = positions.number(partition);
      if (number.isPresent()) {
        List<ConsumerRecord<byte[], byte[]>> read = records.records(partition);
        positions.ahead().read(number.get(), read.size());
        note(partition, read, paused.contains(partition));
        shared.ifPresent(reading -> follow(partition, reading));
      }
    }
    return records;
  }

  /**
   * What comes for it while it waits for its own is taken after that: polls cost more than time.
   */
  private ConsumerRecords<byte[], byte[]> poll(Duration timeout, SharedReading reading) {
    boolean hasNews = reading.hasNews(takeable(), this);
    ConsumerRecords<byte[], byte[]> own = super.poll(hasNews ? Duration.ZERO : timeout);
    // Only now is it known what is still assigned.
    take(reading);
    return together(own);
  }

  private Set<TopicPartition> takeable() {
    Set<TopicPartition> takeable = new HashSet<>(following.keySet());
    takeable.removeAll(waiting);
    takeable.removeAll(pausedByStreams);
    return takeable;
  }

  private void take(SharedReading reading) {
    forgetPauses();
    for (TopicPartition partition : takeable()) {
      Optional<Given> next = reading.take(partition, this, mostRecords);
      if (next.isEmpty()) {
        fetchAgain(partition);
      } else {
        Given now = next.get();
        following.put(partition, now.next().offset());
        given.put(partition, now);
      }
    }
  }

  private ConsumerRecords<byte[], byte[]> together(ConsumerRecords<byte[], byte[]> own) {
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new HashMap<>();
    own.partitions().forEach(partition -> records.put(partition, own.records(partition)));
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>(own.nextOffsets());
    given.forEach(
        (partition, now) -> {
          next.put(partition, now.next());
          if (!now.records().isEmpty()) {
            records.put(partition, now.records());
          }
        });
    return new ConsumerRecords<>(records, next);
  }

  /** Follows from where it stands, if it knows that and the others are not beyond. */
  private void follow(TopicPartition partition, SharedReading reading) {
    Reached reached = last.get(partition);
    boolean isFree = !following.containsKey(partition) && !super.paused().contains(partition);
    if (isFree
        && reached != null
        && reached.lag() >= 0
        && reading.join(partition, this, reached.position())) {
      following.put(partition, reached.position());
      super.pause(List.of(partition));
    }
  }

  private void fetchAgain(TopicPartition partition) {
    Long position = unfollow(partition);
    if (position != null && super.paused().contains(partition)) {
      super.seek(partition, position);
      if (!waiting.contains(partition) && !pausedByStreams.contains(partition)) {
        super.resume(List.of(partition));
      }
    }
  }

  private @Nullable Long unfollow(TopicPartition partition) {
    shared.ifPresent(reading -> reading.leave(partition, this));
    return following.remove(partition);
  }

  /** Follows nothing that others may read meanwhile: where it stood is not where it will. */
  private void gone(Collection<TopicPartition> partitions) {
    partitions.forEach(this::unfollow);
  }

  @Override
  public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
    super.subscribe(topics, new Watched(listener));
  }

  @Override
  public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
    super.subscribe(pattern, new Watched(listener));
  }

  /** Hears first which partitions have gone. */
  private final class Watched implements ConsumerRebalanceListener {

    private final ConsumerRebalanceListener listener;

    Watched(ConsumerRebalanceListener listener) {
      this.listener = listener;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      gone(partitions);
      listener.onPartitionsRevoked(partitions);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      listener.onPartitionsAssigned(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      gone(partitions);
      listener.onPartitionsLost(partitions);
    }
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    gone(following.keySet().stream().filter(one -> !partitions.contains(one)).toList());
    super.assign(partitions);
  }

  /** Where it goes on, with what was taken and not fetched. */
  @Override
  public long position(TopicPartition partition) {
    Long position = following.get(partition);
    return position == null ? super.position(partition) : position;
  }

  @Override
  public long position(TopicPartition partition, Duration timeout) {
    Long position = following.get(partition);
    return position == null ? super.position(partition, timeout) : position;
  }

  @Override
  public void pause(Collection<TopicPartition> partitions) {
    super.pause(partitions);
    pausedByStreams.addAll(partitions);
  }

  @Override
  public void resume(Collection<TopicPartition> partitions) {
    super.resume(
        partitions.stream()
            .filter(partition -> !waiting.contains(partition) && !following.containsKey(partition))
            .toList());
    partitions.forEach(pausedByStreams::remove);
  }

  @Override
  public Set<TopicPartition> paused() {
    Set<TopicPartition> paused = new HashSet<>(super.paused());
    paused.retainAll(pausedByStreams);
    return paused;
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    forget(List.of(partition));
    super.seek(partition, offset);
  }

  @Override
  public void seek(TopicPartition partition, OffsetAndMetadata offsetAndMetadata) {
    forget(List.of(partition));
    super.seek(partition, offsetAndMetadata);
  }

  @Override
  public void seekToBeginning(Collection<TopicPartition> partitions) {
    forget(List.copyOf(partitions));
    super.seekToBeginning(partitions);
  }

  @Override
  public void seekToEnd(Collection<TopicPartition> partitions) {
    forget(List.copyOf(partitions));
    super.seekToEnd(partitions);
  }

  private void holdBack() {
    forgetPauses();
    for (TopicPartition partition : assignment()) {
      boolean waits = positions.number(partition).map(positions.ahead()::mustWait).orElse(false);
      if (waits && waiting.add(partition)) {
        super.pause(List.of(partition));
      } else if (!waits
          && waiting.remove(partition)
          && !pausedByStreams.contains(partition)
          && !following.containsKey(partition)) {
        super.resume(List.of(partition));
      }
    }
  }

  /** A partition that has gone, and may have come back, is not paused any more. */
  private void forgetPauses() {
    Set<TopicPartition> paused = super.paused();
    waiting.retainAll(paused);
    pausedByStreams.retainAll(paused);
    gone(following.keySet().stream().filter(partition -> !paused.contains(partition)).toList());
  }

  private void note(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, boolean isPaused) {
    Given taken = given.get(partition);
    if (taken != null) {
      noteGiven(partition, taken);
      return;
    }
    // The lag is known only when the position is; asking for an unknown position would block.
    OptionalLong lag = currentLag(partition);
    Reached before = last.get(partition);
    if (lag.isEmpty() && before == null && records.isEmpty()) {
      return;
    }
    long returned = before == null ? InputPositions.NONE : before.returned();
    if (!records.isEmpty()) {
      returned = records.get(records.size() - 1).offset();
    }
    long position = lag.isPresent() ? position(partition) : returned + 1;
    // Of a partition that is paused, only the end of long ago is known.
    boolean isAtEnd = !isPaused && lag.isPresent() && lag.getAsLong() == 0;
    long known = isPaused ? InputPositions.NONE : lag.orElse(InputPositions.NONE);
    Reached now = new Reached(returned, position, isAtEnd, known);
    last.put(partition, now);
    positions.put(partition, now);
  }

  private void noteGiven(TopicPartition partition, Given now) {
    Reached before = last.get(partition);
    long returned = before == null ? InputPositions.NONE : before.returned();
    if (!now.records().isEmpty()) {
      returned = now.records().get(now.records().size() - 1).offset();
    }
    Reached reached = new Reached(returned, now.next().offset(), now.isAtEnd(), now.lag());
    last.put(partition, reached);
    positions.put(partition, reached);
  }

  private void forget(List<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      fetchAgain(partition);
      Reached before = last.remove(partition);
      if (before != null) {
        positions.remove(partition, before);
      }
    }
  }
}
