package dev.plumbline.e2e.load;

import dev.plumbline.cli.embedded.EmbeddedBroker;
import dev.plumbline.cli.embedded.EmbeddedRegistry;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.memory.MemoryRun;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.schemas.Registry;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.streams.StreamsMonitor;
import dev.plumbline.streams.StreamsSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures CPU per record: consuming and decoding alone, the steps in memory with few and many
 * subgroups and windows, and the Kafka Streams engine, exactly-once, on the same topic. Ratios in
 * one run; absolute numbers depend on the machine.
 *
 * <p>Arguments: number of predictions (default 5000000); any second one leaves the broker out.
 */
public final class LoadRun {

  private static final int PARTITIONS = 4;
  private static final int WARM_UP = 2;
  private static final int ROUNDS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final List<LoadTopic.Entry> entries;
  private final int records;
  private final LoadMonitor monitor;

  private LoadRun(List<LoadTopic.Entry> entries, LoadMonitor monitor) {
    this.entries = entries;
    this.records = entries.size();
    this.monitor = monitor;
  }

  /** Runs everything and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int predictions = arguments.length == 0 ? 5_000_000 : Integer.parseInt(arguments[0]);
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        EmbeddedRegistry server = EmbeddedRegistry.start();
        Registry registry = Registry.at(server.url())) {
      List<LoadTopic.Entry> entries =
          LoadTopic.of(predictions, PARTITIONS, new WireFormat(registry));
      LoadRun run = new LoadRun(entries, new LoadMonitor(PARTITIONS, registry));
      System.out.printf("%,d records in %d partitions%n", entries.size(), 2 * PARTITIONS);
      run.memory();
      if (arguments.length > 1) {
        return;
      }
      run.produce(broker.bootstrapServers());
      entries.clear(); // From here on they are in the topics, and would be in the way in memory.
      // The baseline is short, and machines are shared: its median of rounds before and after.
      run.consume(broker.bootstrapServers(), WARM_UP);
      List<Double> baselines = run.consume(broker.bootstrapServers(), ROUNDS);
      WireFormat format = new WireFormat(registry);
      run.streams("warm-up", broker.bootstrapServers(), format);
      double engine = run.streams("load", broker.bootstrapServers(), format);
      baselines.addAll(run.consume(broker.bootstrapServers(), ROUNDS));
      Collections.sort(baselines);
      double baseline = baselines.get(baselines.size() / 2);
      System.out.printf(
          "%-42s %6.2f us CPU/record (%.2f to %.2f); Kafka Streams x%.2f%n",
          "consume and decode alone",
          baseline,
          baselines.get(0),
          baselines.get(baselines.size() - 1),
          engine / baseline);
    }
  }

  /** Each variant twice, as the first time is also that of the compiler. */
  private void memory() {
    memory("warm-up", 0, 1, false, 0);
    memory("warm-up", 3, 1, false, 0);
    double few = memory("in memory, 1 subgroup, 1 window", 0, 1, true, 0);
    memory("in memory, 212 subgroups, 1 window", 3, 1, true, few);
    memory("warm-up", 0, 20, false, 0);
    memory("in memory, 1 subgroup, 20 windows", 0, 20, true, few);
    memory("in memory, 212 subgroups, 20 windows", 3, 20, true, few);
  }

  private double memory(
      String name, int intersections, int windows, boolean prints, double baseline) {
    AtomicLong published = new AtomicLong();
    MemoryRun run =
        new MemoryRun(
            monitor.steps(monitor.flow(intersections, windows)),
            record -> published.incrementAndGet());
    long begin = THREADS.getCurrentThreadCpuTime();
    long[] offsets = new long[2 * PARTITIONS];
    int read = 0;
    for (LoadTopic.Entry entry : entries) {
      int input = input(entry);
      run.read(input, new Incoming(offsets[input]++, entry.time(), null, entry.value()));
      if (++read % 10_000 == 0) {
        run.commit();
      }
    }
    for (int input = 0; input < offsets.length; input++) {
      run.end(input);
    }
    run.commit();
    double micros = micros(THREADS.getCurrentThreadCpuTime() - begin);
    if (prints) {
      System.out.printf(
          "%-42s %6.2f us CPU/record  %s  %,d records published%n",
          name,
          micros,
          baseline == 0 ? "      " : "x%.2f".formatted(micros / baseline),
          published.get());
    }
    return micros;
  }

  private static int input(LoadTopic.Entry entry) {
    return entry.partition() + (entry.topic().equals(LoadTopic.LABELS) ? PARTITIONS : 0);
  }

  private double micros(long nanos) {
    return nanos / 1e3 / records;
  }

  private void produce(String servers) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      Map<String, String> noRetention = Map.of("retention.ms", "-1");
      List<NewTopic> topics =
          List.of(
              new NewTopic(LoadTopic.PREDICTIONS, PARTITIONS, (short) 1).configs(noRetention),
              new NewTopic(LoadTopic.LABELS, PARTITIONS, (short) 1).configs(noRetention));
      admin.createTopics(topics).all().get();
    }
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    properties.put("linger.ms", "50");
    // A topic's first batches may overtake each other while its leader is being made.
    properties.put("max.in.flight.requests.per.connection", "1");
    properties.put("batch.size", "262144");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (LoadTopic.Entry entry : entries) {
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    entry.topic(), entry.partition(), entry.time(), null, entry.value())));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private List<Double> consume(String servers, int rounds) {
    List<Double> micros = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      micros.add(consumeOnce(servers));
    }
    return micros;
  }

  private double consumeOnce(String servers) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    properties.put("max.poll.records", "10000");
    properties.put("auto.offset.reset", "earliest");
    RowDecoder decoder = monitor.decoder();
    long begin = THREADS.getCurrentThreadCpuTime();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all = new ArrayList<>();
      for (int p = 0; p < PARTITIONS; p++) {
        all.add(new TopicPartition(LoadTopic.PREDICTIONS, p));
        all.add(new TopicPartition(LoadTopic.LABELS, p));
      }
      consumer.assign(all);
      int read = 0;
      while (read < records) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          decoder.decode(record.value());
          read++;
        }
      }
    }
    return micros(THREADS.getCurrentThreadCpuTime() - begin);
  }

  private double streams(String name, String servers, WireFormat format)
      throws IOException, InterruptedException {
    Flow flow = monitor.flow(3, 1, name);
    CountingSteps steps = new CountingSteps(monitor.steps(flow));
    Map<String, String> clients = new HashMap<>();
    clients.put("bootstrap.servers", servers);
    clients.put("state.dir", Files.createTempDirectory("plumbline-load").toString());
    Map<Output, String> outputs = new HashMap<>();
    for (Output output : Output.values()) {
      outputs.put(output, name + ".out." + output.name());
    }
    StreamsSettings settings = StreamsSettings.of(clients, outputs).withReplication(1).untilEnd();
    long begin = System.nanoTime();
    try (StreamsMonitor running =
        StreamsMonitor.start(
            steps,
            record -> format.encode(outputs.getOrDefault(record.output(), ""), record.value()),
            settings)) {
      while (!steps.haveAllEnded()) {
        TimeUnit.MILLISECONDS.sleep(50);
        running
            .problem()
            .ifPresent(
                problem -> {
                  throw new IllegalStateException("the engine failed", problem);
                });
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      double micros = micros(engineNanos("plumbline-" + name));
      System.out.printf(
          "%-42s %6.2f us CPU/record  %.1f s, %,.0f records/s%n",
          "Kafka Streams, exactly-once, " + name, micros, seconds, records / seconds);
      System.out.printf(
          "delta records %,d, commits x join tasks %,d: %.2f%n",
          steps.deltaRecords(),
          steps.joinFlushes(),
          (double) steps.deltaRecords() / steps.joinFlushes());
      return micros;
    }
  }

  /** CPU time of the engine's threads: stream threads and their producers. */
  private static long engineNanos(String applicationId) {
    long nanos = 0;
    for (long id : THREADS.getAllThreadIds()) {
      var info = THREADS.getThreadInfo(id);
      if (info != null && info.getThreadName().contains(applicationId)) {
        nanos += THREADS.getThreadCpuTime(id);
      }
    }
    return nanos;
  }
}
