package dev.plumbline.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.pipeline.step.Steps.Input;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KafkaStreams.State;

/**
 * A toy monitor on a broker: writes its inputs, starts instances, reads what they publish.
 *
 * <p>Two input topics of 3 and 2 partitions, 3 shards, 2 merges; the last partition stays empty.
 */
final class ToyRun implements AutoCloseable {

  static final int SHARDS = 3;
  static final int MERGES = 2;
  private static final int PANES = 7;
  private static final int FULL_PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final EmbeddedBroker broker;
  private final String name;
  private final List<Input> inputs = new ArrayList<>();
  private final SplittableRandom random = new SplittableRandom(1);
  private final Map<String, String> expected = new TreeMap<>();
  private final Map<String, long[]> sums = new TreeMap<>();
  private final Map<String, ConsumerRecord<String, String>> published = new TreeMap<>();
  private final List<StreamsMonitor> monitors = new ArrayList<>();
  private final KafkaConsumer<String, String> consumer;
  private Consumer<String> flushed = step -> {};
  private UnaryOperator<Steps> changes = steps -> steps;
  private Optional<SharedReading> shared = Optional.empty();

  ToyRun(EmbeddedBroker broker, String name) throws Exception {
    this.broker = broker;
    this.name = name;
    for (int partition = 0; partition < 3; partition++) {
      inputs.add(new Input(name + ".predictions", partition));
    }
    for (int partition = 0; partition < 2; partition++) {
      inputs.add(new Input(name + ".labels", partition));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
      // The records are of 2013: with the default retention the broker soon deletes them.
      Map<String, String> forever = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");
      admin
          .createTopics(
              List.of(
                  new NewTopic(name + ".predictions", 3, (short) 1).configs(forever),
                  new NewTopic(name + ".labels", 2, (short) 1).configs(forever)))
          .all()
          .get();
    }
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrap(),
                "group.id", name + "-reader",
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest",
                "metadata.max.age.ms", "500"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.copyOf(outputs().values()));
  }

  /** Has a function called after each flush of a step; takes effect for instances started later. */
  void onFlush(Consumer<String> action) {
    flushed = action;
  }

  /** Has the steps changed; takes effect for instances started later. */
  void change(UnaryOperator<Steps> change) {
    changes = change;
  }

  /** Has the inputs read once for all instances that are started later. */
  void shareReading() {
    shared = Optional.of(SharedReading.start(settings().clients()));
  }

  /** Writes records to all partitions but the last, in transactions of which one is aborted. */
  void write(int records) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrap(), "transactional.id", name + "-writer"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (int i = 0; i < records; i++) {
        send(producer, inputs.get(i % FULL_PARTITIONS), true);
      }
      producer.commitTransaction();
      producer.beginTransaction();
      for (int partition = 0; partition < FULL_PARTITIONS; partition++) {
        send(producer, inputs.get(partition), false);
      }
      producer.flush();
      producer.abortTransaction();
    }
  }

  StreamsSettings settings() {
    Map<String, String> clients =
        Map.of(
            "bootstrap.servers", broker.bootstrap(),
            "main.consumer.session.timeout.ms", "2000",
            "main.consumer.heartbeat.interval.ms", "500");
    return StreamsSettings.of(clients, outputs()).withReplication(1);
  }

  StreamsMonitor start(StreamsSettings settings) throws IOException {
    return start(settings, Clients::producer);
  }

  /** Starts an instance with an empty state directory, and waits until it runs. */
  StreamsMonitor start(
      StreamsSettings settings, Function<Map<String, Object>, Producer<byte[], byte[]>> producers)
      throws IOException {
    Map<String, String> own = new HashMap<>(settings.clients());
    own.put("state.dir", broker.newDirectory().toString());
    StreamsMonitor monitor =
        StreamsMonitor.start(
            changes.apply(new ToySteps(name, List.copyOf(inputs), SHARDS, MERGES, flushed)),
            record -> record.value().toString().getBytes(UTF_8),
            new StreamsSettings(
                own,
                settings.outputs(),
                settings.threads(),
                settings.replication(),
                settings.commitInterval(),
                settings.tick(),
                settings.batch(),
                settings.bounded(),
                settings.passing()),
            shared,
            producers);
    monitors.add(monitor);
    monitor.awaitRunning(PATIENCE);
    return monitor;
  }

  /** Waits until the published sums are those of what was written. */
  void awaitSums() {
    await(records -> expected.equals(totals(records)));
  }

  /** Waits until every merge has published a record about what all intakes told all joins. */
  void awaitToldByAll(String what) {
    await(
        records -> {
          for (int merge = 0; merge < MERGES; merge++) {
            if (!records.containsKey("merge-" + merge + " " + what)) {
              return false;
            }
          }
          return true;
        });
  }

  /** Waits until every merge knows that every join has every merge's answer. */
  void awaitAnsweredByAll() {
    await(records -> records.containsKey("merge-0") && records.containsKey("merge-1"));
  }

  /** Returns the last published record of each key. */
  Map<String, ConsumerRecord<String, String>> published() {
    return published;
  }

  String topic(Output output) {
    return outputs().getOrDefault(output, "");
  }

  @Override
  public void close() {
    consumer.close();
    monitors.forEach(StreamsMonitor::close);
    shared.ifPresent(SharedReading::close);
  }

  private void await(Predicate<Map<String, ConsumerRecord<String, String>>> done) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.test(published)) {
      consumer.poll(Duration.ofMillis(50)).forEach(record -> published.put(record.key(), record));
      for (StreamsMonitor monitor : monitors) {
        if (monitor.state() == State.ERROR) {
          throw new AssertionError("monitor stopped", monitor.problem().orElseThrow());
        }
      }
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "expected "
                + expected
                + ", published "
                + totals(published)
                + ", monitors "
                + monitors.stream().map(m -> m.state() + " " + m.problem()).toList()
                + ", reading "
                + consumer.assignment());
      }
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, Input input, boolean counts) {
    long pane = random.nextInt(PANES);
    long amount = random.nextInt(1, 100);
    var unused =
        producer.send(
            new ProducerRecord<>(
                input.topic(),
                input.partition(),
                ToySteps.EPOCH,
                null,
                (pane + ":" + amount).getBytes(UTF_8)));
    if (counts) {
      long[] sum = sums.computeIfAbsent("sum " + pane, key -> new long[2]);
      sum[0] += amount;
      sum[1]++;
      expected.put("sum " + pane, sum[0] + "/" + sum[1]);
    }
  }

  private Map<Output, String> outputs() {
    Map<Output, String> topics = new EnumMap<>(Output.class);
    for (Output output : Output.values()) {
      topics.put(output, name + "." + output.name().toLowerCase(Locale.ROOT));
    }
    return topics;
  }

  private static Map<String, String> totals(Map<String, ConsumerRecord<String, String>> records) {
    Map<String, String> totals = new TreeMap<>();
    records.forEach(
        (key, record) -> {
          if (key.startsWith("sum ")) {
            totals.put(key, record.value());
          }
        });
    return totals;
  }
}
