package dev.plumbline.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.step.Intake;
import dev.plumbline.pipeline.step.ReadAhead;
import dev.plumbline.pipeline.step.Steps.Input;
import dev.plumbline.streams.InputPositions.Reached;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two partitions of which one must wait for the other, while Kafka Streams pauses them too. */
@ExtendWith(EmbeddedBroker.Extension.class)
class WatchedConsumerTest {

  private static final int RECORDS = 100;
  private static final int BATCH = 10;

  /** Together more than all records and the first contact with the broker take. */
  private static final int POLLS = 50;

  private static final Duration POLL = Duration.ofMillis(20);

  private static final int FAST = 0;
  private static final int SLOW = 1;

  private EmbeddedBroker broker;
  private ReadAhead ahead;
  private InputPositions positions;
  private WatchedConsumer consumer;
  private List<TopicPartition> both;
  private TopicPartition fast;
  private final int[] read = new int[2];

  @SuppressWarnings("NullAway.Init") // set by open, which comes first
  WatchedConsumerTest() {}

  @BeforeEach
  void open(EmbeddedBroker running, TestInfo test) throws Exception {
    broker = running;
    String topic = getClass().getSimpleName() + test.getDisplayName().replaceAll("\\W", "");
    both = List.of(new TopicPartition(topic, FAST), new TopicPartition(topic, SLOW));
    fast = both.get(FAST);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    }
    write(FAST, RECORDS);
    ahead = new ReadAhead(2, 0, BATCH);
    positions = new InputPositions(List.of(new Input(topic, FAST), new Input(topic, SLOW)), ahead);
    consumer =
        new WatchedConsumer(
            Map.of(
                "bootstrap.servers",
                broker.bootstrap(),
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                BATCH),
            positions,
            shared(broker.bootstrap()));
    consumer.assign(both);
    ahead.clock(FAST, 1);
    ahead.clock(SLOW, 0);
  }

  /** Who reads for it too. */
  Optional<SharedReading> shared(String bootstrap) {
    return Optional.empty();
  }

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void whatIsAheadIsPausedAfterABatchUntilTheOtherFollows() throws Exception {
    write(SLOW, RECORDS);
    poll();

    assertThat(read).containsExactly(BATCH, RECORDS);
    assertThat(consumer.paused()).isEmpty();

    ahead.clock(SLOW, 1);
    poll();

    assertThat(read).containsExactly(RECORDS, RECORDS);
  }

  @Test
  void whatKafkaStreamsPausedMeanwhileStaysPaused() {
    poll();
    consumer.pause(both);
    assertThat(consumer.paused()).containsExactlyInAnyOrderElementsOf(both);

    ahead.clock(SLOW, 1);
    poll();
    assertThat(consumer.paused()).containsExactlyInAnyOrderElementsOf(both);
    assertThat(read[FAST]).isEqualTo(BATCH);

    consumer.resume(both);
    poll();
    assertThat(read[FAST]).isEqualTo(RECORDS);
  }

  @Test
  void whatKafkaStreamsPausedBeforeStaysPaused() {
    ahead.read(FAST, BATCH);
    consumer.pause(both);
    poll();

    ahead.clock(SLOW, 1);
    poll();
    assertThat(read[FAST]).isZero();

    consumer.resume(both);
    poll();
    assertThat(read[FAST]).isEqualTo(RECORDS);
  }

  @Test
  void whatKafkaStreamsResumesGoesOnWaiting() {
    poll();
    consumer.pause(both);
    consumer.resume(both);
    poll();

    assertThat(consumer.paused()).isEmpty();
    assertThat(read[FAST]).isEqualTo(BATCH);

    ahead.clock(SLOW, 1);
    poll();
    assertThat(read[FAST]).isEqualTo(RECORDS);
  }

  @Test
  void aPartitionThatWentAndCameBackWaitsForNobodyInVain() {
    poll();
    consumer.pause(both);
    consumer.assign(List.of(both.get(SLOW)));
    consumer.assign(both);
    poll();
    assertThat(consumer.paused()).containsExactly(both.get(SLOW));

    ahead.clock(SLOW, 1);
    poll();
    assertThat(read[FAST]).isGreaterThanOrEqualTo(RECORDS);
  }

  @Test
  void theEndOfAPartitionIsNotKnownWhileItIsPaused() {
    ahead.clock(SLOW, Intake.NOT_AWAITED);
    poll();
    assertThat(positions.of(fast)).contains(new Reached(RECORDS - 1, RECORDS, true, 0));

    ahead.clock(SLOW, 0);
    ahead.clock(FAST, 2);
    ahead.read(FAST, BATCH);
    poll();
    assertThat(positions.of(fast))
        .contains(new Reached(RECORDS - 1, RECORDS, false, InputPositions.NONE));

    ahead.clock(SLOW, 2);
    poll();
    assertThat(positions.of(fast)).contains(new Reached(RECORDS - 1, RECORDS, true, 0));
  }

  private void poll() {
    for (int i = 0; i < POLLS; i++) {
      consumer.poll(POLL).forEach(record -> read[record.partition()]++);
    }
  }

  private void write(int partition, int records) throws ExecutionException, InterruptedException {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < records; i++) {
        producer
            .send(
                new ProducerRecord<>(both.get(partition).topic(), partition, null, new byte[] {1}))
            .get();
      }
    }
  }
}
