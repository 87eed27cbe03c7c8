package dev.plumbline.cli.replay;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.kafka.EndWatch;
import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Outputs;
import dev.plumbline.cli.kafka.Platform;
import dev.plumbline.cli.kafka.TemporaryFolder;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.step.MonitorSteps;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.streams.StreamsMonitor;
import dev.plumbline.streams.StreamsSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;

/** Replays a recording through Kafka and the Kafka Streams engine, all inside this process. */
public final class StreamsReplay {

  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final long LOOK_MILLIS = 200;

  private final Recording recording;

  public StreamsReplay(Recording recording) {
    this.recording = recording;
  }

  /**
   * Reads both files to their ends.
   *
   * @param published takes what the monitor publishes
   * @param progress hears of every row
   */
  public void run(Consumer<Published> published, Progress progress) {
    Monitor monitor = recording.monitor();
    try (Leftovers leftovers = new Leftovers()) {
      Platform platform = Platform.start(leftovers);
      List<InputPartition> inputs = recording.flow().inputs();
      platform.create(inputs.stream().map(InputPartition::topic).toList(), 1);
      for (int i = 0; i < inputs.size(); i++) {
        write(recording.file(i), inputs.get(i).topic(), platform, progress);
      }
      TopicNames names = new TopicNames(monitor.settings().outputPrefix(), monitor.name());
      Outputs outputs = new Outputs(names, new WireFormat(platform.registry()));
      monitor(platform, outputs, leftovers);
      read(platform, outputs, published);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.problem("interrupted before the end of the replay");
    }
  }

  private void write(RowFile file, String topic, Platform platform, Progress progress) {
    try (Feeder feeder = platform.feeder()) {
      for (Optional<RowFile.Row> row = file.next(); row.isPresent(); row = file.next()) {
        feeder.send(record(topic, row.get()));
        progress.row(recording.progress());
      }
      feeder.flush();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, RowFile.Row row) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, 0, row.timestamp(), row.key(), row.line());
    row.headers().forEach(record.headers()::add);
    return record;
  }

  private void monitor(Platform platform, Outputs outputs, Leftovers leftovers)
      throws InterruptedException {
    EndWatch steps = new EndWatch(new MonitorSteps(recording.flow(), recording::mapping));
    TemporaryFolder state = leftovers.add(TemporaryFolder.create("plumbline-state-"));
    Map<String, String> clients = new HashMap<>(platform.clients());
    clients.put(StreamsConfig.STATE_DIR_CONFIG, state.path().toString());
    StreamsSettings settings =
        StreamsSettings.of(clients, outputs.topics())
            .withReplication(1)
            .withCommitInterval(COMMIT_INTERVAL)
            .untilEnd();
    StreamsMonitor run = leftovers.add(StreamsMonitor.start(steps, outputs::encode, settings));
    while (!steps.await(LOOK_MILLIS)) {
      if (run.hasStopped()) {
        throw new IllegalStateException(
            "the engine stopped before the end", run.problem().orElse(null));
      }
    }
    run.close();
  }

  private static void read(Platform platform, Outputs outputs, Consumer<Published> published) {
    try (KafkaConsumer<byte[], byte[]> consumer = platform.consumer()) {
      List<TopicPartition> partitions =
          outputs.topics().values().stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        consumer.poll(POLL).forEach(record -> published.accept(outputs.decode(record)));
      }
    }
  }
}
