package dev.plumbline.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.step.ReadAhead;
import dev.plumbline.pipeline.step.Steps.Input;
import dev.plumbline.streams.InputPositions.Reached;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several consumers of one partition that is read once for them. */
@ExtendWith(EmbeddedBroker.Extension.class)
@Timeout(120)
final class SharedReadingTest {

  private static final int FEW = 50;

  /** More than is held of a partition. */
  private static final int LARGE = 200_000;

  private static final Duration POLL = Duration.ofMillis(50);

  private final List<Member> members = new ArrayList<>();
  private EmbeddedBroker broker;
  private TopicPartition partition;
  private SharedReading reading;
  private KafkaProducer<byte[], byte[]> producer;
  private int written;

  @SuppressWarnings("NullAway.Init") // set by open, which comes first
  SharedReadingTest() {}

  /** A monitor's consumer and what it got. */
  private static final class Member {

    private final WatchedConsumer consumer;
    private final InputPositions positions;
    private final TopicPartition partition;
    private final List<Integer> got = new ArrayList<>();
    private final List<byte[]> bytes = new ArrayList<>();

    Member(String bootstrap, TopicPartition partition, SharedReading reading) {
      this.partition = partition;
      List<Input> inputs = List.of(new Input(partition.topic(), partition.partition()));
      positions = new InputPositions(inputs, new ReadAhead(1, 0, Integer.MAX_VALUE));
      Map<String, Object> settings =
          Map.of(
              "bootstrap.servers",
              bootstrap,
              "auto.offset.reset",
              "earliest",
              "isolation.level",
              "read_committed",
              "max.poll.records",
              7);
      consumer = new WatchedConsumer(settings, positions, Optional.of(reading));
      consumer.assign(List.of(partition));
    }

    void poll() {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      for (ConsumerRecord<byte[], byte[]> record : records) {
        got.add(ByteBuffer.wrap(record.value()).getInt());
        bytes.add(record.value());
      }
      if (records.nextOffsets().containsKey(partition)) {
        assertThat(records.nextOffsets().get(partition).offset())
            .as("what would be committed is where it goes on")
            .isEqualTo(consumer.position(partition));
      }
    }

    /** What it fetched itself. */
    long fetched() {
      return consumer.metrics().entrySet().stream()
          .filter(entry -> entry.getKey().name().equals("records-consumed-total"))
          .filter(entry -> entry.getKey().tags().size() == 1)
          .mapToLong(entry -> ((Double) entry.getValue().metricValue()).longValue())
          .sum();
    }

    boolean isAtEnd() {
      return positions.of(partition).map(Reached::atEnd).orElse(false);
    }
  }

  @BeforeEach
  void open(EmbeddedBroker running, TestInfo test) throws Exception {
    broker = running;
    partition = new TopicPartition("shared" + test.getDisplayName().replaceAll("\\W", ""), 0);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      admin.createTopics(List.of(new NewTopic(partition.topic(), 1, (short) 1))).all().get();
    }
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                broker.bootstrap(),
                "transactional.id",
                partition.topic(),
                "linger.ms",
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    reading = SharedReading.start(Map.of("bootstrap.servers", broker.bootstrap()));
  }

  @AfterEach
  void close() {
    members.forEach(member -> member.consumer.close());
    reading.close();
    producer.close();
  }

  private Member join() {
    Member member = new Member(broker.bootstrap(), partition, reading);
    members.add(member);
    return member;
  }

  /** Numbers that go on, in a transaction. */
  private void write(int records, int size) {
    producer.beginTransaction();
    send(records, size);
    producer.commitTransaction();
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a transaction fails with its records
  private void send(int records, int size) {
    for (int i = 0; i < records; i++) {
      byte[] value = ByteBuffer.allocate(size).putInt(written++).array();
      producer.send(new ProducerRecord<>(partition.topic(), 0, null, value));
    }
  }

  private void abort(int records) {
    producer.beginTransaction();
    int before = written;
    send(records, Integer.BYTES);
    producer.flush();
    producer.abortTransaction();
    written = before;
  }

  private void pollUntilAllIsRead(List<Member> readers) {
    while (readers.stream().anyMatch(one -> one.got.size() < written || !one.isAtEnd())) {
      readers.forEach(Member::poll);
    }
    for (Member reader : readers) {
      assertThat(reader.got).isEqualTo(IntStream.range(0, written).boxed().toList());
    }
  }

  private void pollUntilAllFollow() {
    pollUntilAllIsRead(members);
    for (int i = 0; i < 10; i++) {
      members.forEach(Member::poll);
    }
  }

  @Test
  void whatSeveralReadIsFetchedOnce() {
    write(FEW, Integer.BYTES);
    Member first = join();
    Member second = join();
    Member third = join();
    pollUntilAllFollow();
    List<Long> before = members.stream().map(Member::fetched).toList();

    for (int i = 0; i < 5; i++) {
      write(FEW, Integer.BYTES);
      abort(3);
      pollUntilAllIsRead(members);
    }

    assertThat(members.stream().map(Member::fetched).toList()).isEqualTo(before);
    for (int i = FEW; i < written; i++) {
      assertThat(second.bytes.get(i)).as("the same bytes").isSameAs(first.bytes.get(i));
      assertThat(third.bytes.get(i)).isSameAs(first.bytes.get(i));
    }
  }

  @Test
  void oneThatComesLaterReadsTheRestByItself() {
    join();
    write(FEW, Integer.BYTES);
    pollUntilAllFollow();
    write(FEW, Integer.BYTES);
    abort(2);
    pollUntilAllIsRead(members);
    join();
    pollUntilAllFollow();
    Member late = members.get(1);
    long fetched = late.fetched();
    assertThat(fetched).isEqualTo(2 * FEW);
    write(FEW, Integer.BYTES);
    pollUntilAllIsRead(members);
    assertThat(late.fetched()).isEqualTo(fetched);
  }

  @Test
  void oneThatStandsStillStopsNobody() {
    Member quick = join();
    Member still = join();
    write(FEW, Integer.BYTES);
    pollUntilAllFollow();
    for (int i = 0; i < 3; i++) {
      write(30, LARGE);
    }
    pollUntilAllIsRead(List.of(quick));
    assertThat(still.got).hasSize(FEW);
    pollUntilAllIsRead(members);
    assertThat(still.fetched()).as("it fetched what had gone").isGreaterThan(FEW);
    pollUntilAllFollow();
    long fetched = still.fetched();
    write(FEW, Integer.BYTES);
    pollUntilAllIsRead(members);
    assertThat(still.fetched()).isEqualTo(fetched);
  }

  @Test
  void oneThatLeavesIsNotWaitedFor() {
    Member stays = join();
    join();
    write(FEW, Integer.BYTES);
    pollUntilAllFollow();
    members.remove(1).consumer.close();
    write(FEW, LARGE);
    pollUntilAllIsRead(List.of(stays));
  }

  @Test
  void aPauseOfKafkaStreamsHoldsWhatOthersGet() {
    Member free = join();
    Member paused = join();
    write(FEW, Integer.BYTES);
    pollUntilAllFollow();
    paused.consumer.pause(List.of(partition));
    write(FEW, Integer.BYTES);
    pollUntilAllIsRead(List.of(free));
    for (int i = 0; i < 5; i++) {
      paused.poll();
    }
    assertThat(paused.got).hasSize(FEW);
    assertThat(paused.isAtEnd()).isFalse();
    assertThat(paused.consumer.paused()).containsExactly(partition);
    paused.consumer.resume(List.of(partition));
    pollUntilAllIsRead(members);
    assertThat(free.consumer.paused()).isEmpty();
  }

  @Test
  void oneThatIsSetBackReadsAgain() {
    Member one = join();
    Member other = join();
    write(FEW, Integer.BYTES);
    pollUntilAllFollow();
    one.consumer.seek(partition, 0);
    one.got.clear();
    pollUntilAllIsRead(members);
    one.consumer.assign(List.of());
    one.consumer.assign(List.of(partition));
    one.consumer.seek(partition, 0);
    one.got.clear();
    write(FEW, Integer.BYTES);
    pollUntilAllIsRead(List.of(one, other));
  }

  @Test
  void whereNobodyReadsForThemTheyReadThemselves() {
    reading.close();
    reading =
        SharedReading.start(
            () ->
                new KafkaConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrap(), "auto.offset.reset", "none"),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer()) {
                  @Override
                  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                    throw new KafkaException("the broker lets nobody read");
                  }
                });
    join();
    join();
    for (int i = 0; i < 3; i++) {
      write(FEW, Integer.BYTES);
      pollUntilAllIsRead(members);
    }
    reading.close();
    write(FEW, Integer.BYTES);
    pollUntilAllIsRead(members);
  }
}
