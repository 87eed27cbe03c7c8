package dev.plumbline.e2e.real;

import dev.plumbline.cli.kafka.Outputs;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.schemas.Registry;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.streams.StreamsMonitor;
import dev.plumbline.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.KafkaStreams.State;

/** A replay through a real broker, registry and Kafka Streams. */
final class StreamsReplay {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration POLL = Duration.ofMillis(100);

  private final ForgetfulBroker broker;
  private final Monitor monitor;
  private final InputLog log;
  private final TopicNames names;

  StreamsReplay(ForgetfulBroker broker, Monitor monitor, InputLog log) {
    this.broker = broker;
    this.monitor = monitor;
    this.log = log;
    this.names = new TopicNames(monitor.name(), monitor.name());
  }

  /** Writes the log to the input topics, and waits until the broker has deleted what it may. */
  void write() {
    broker.create(List.copyOf(monitor.topics().keySet()), log.partitions());
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int index = 0; index < log.inputs().size(); index++) {
      InputPartition input = log.inputs().get(index);
      for (Incoming record : log.records(index)) {
        records.add(
            new ProducerRecord<>(
                input.topic(),
                input.partition(),
                record.timestamp(),
                record.key(),
                record.value()));
      }
    }
    broker.write(records);
    broker.awaitForgetting();
  }

  /**
   * Runs the monitor until it has published as many records, and all that it still had to say.
   *
   * @param expected number of records
   * @param folder where the engine keeps its files
   */
  Outcome run(int expected, int threads, Path folder) {
    try (Registry registry = Registry.at(broker.registryUrl());
        KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      Outputs outputs = new Outputs(names, new WireFormat(registry));
      Reading read = new Reading(outputs, consumer);
      try (StreamsMonitor running =
          StreamsMonitor.start(
              Replays.steps(monitor, log, Replays.NO_SCHEMAS),
              outputs::encode,
              settings(outputs, folder).withThreads(threads))) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        read.assign(partitions());
        while (read.published.size() < expected) {
          read.poll();
          if (running.state() == State.ERROR || System.nanoTime() > deadline) {
            throw new AssertionError(
                "expected %d records, came %d; the monitor is %s"
                    .formatted(expected, read.published.size(), running.state()),
                running.problem().orElse(null));
          }
        }
      }
      broker.awaitForgetting();
      read.rest();
      return new Outcome(read.published);
    }
  }

  /** The first offsets left of the input and output topics. */
  Map<String, Long> firstOffsets() {
    List<TopicPartition> all = new ArrayList<>(partitions());
    log.inputs().forEach(input -> all.add(new TopicPartition(input.topic(), input.partition())));
    return broker.firstOffsets(all);
  }

  private StreamsSettings settings(Outputs outputs, Path folder) {
    Map<String, String> clients = new HashMap<>(broker.clients());
    clients.put("state.dir", folder.toString());
    return StreamsSettings.of(clients, outputs.topics()).withReplication(1).untilEnd();
  }

  private List<TopicPartition> partitions() {
    return Stream.of(Output.values())
        .map(output -> new TopicPartition(names.name(output.topic()), 0))
        .toList();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(broker.clients());
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "none");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** What is read of the output topics. */
  private static final class Reading {
    private final Outputs outputs;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<Published> published = new ArrayList<>();

    Reading(Outputs outputs, KafkaConsumer<byte[], byte[]> consumer) {
      this.outputs = outputs;
      this.consumer = consumer;
    }

    void assign(List<TopicPartition> partitions) {
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
    }

    void poll() {
      consumer.poll(POLL).forEach(record -> published.add(outputs.decode(record)));
    }

    /** To the end of the topics, when nothing is written any more. */
    void rest() {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        poll();
      }
    }
  }
}
