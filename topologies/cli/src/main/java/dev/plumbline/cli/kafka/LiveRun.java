package dev.plumbline.cli.kafka;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.mapping.RegistryUnavailableException;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.pipeline.mapping.TopicMapping;
import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.step.MonitorSteps;
import dev.plumbline.schemas.Registry;
import dev.plumbline.schemas.RegistryException;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.streams.StreamsMonitor;
import dev.plumbline.streams.StreamsSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.StreamsConfig;

/** A monitor on topics of a cluster, by the Kafka Streams engine. */
public final class LiveRun {

  private final Monitor monitor;
  private final IdHash.Key key;
  private final Registry registry;
  private final Outputs outputs;
  private final Optional<Shared> shared;

  /**
   * A run that has not started.
   *
   * @param key hashes ids
   * @throws Failure if the monitor file lacks what topics need
   */
  public LiveRun(Monitor monitor, IdHash.Key key, Registry registry) {
    this(monitor, key, registry, Optional.empty());
  }

  /** The same beside others in this process that may read the same topics. */
  LiveRun(Monitor monitor, IdHash.Key key, Registry registry, Optional<Shared> shared) {
    this.shared = shared;
    this.monitor = monitor;
    this.key = key;
    this.registry = registry;
    this.outputs = new Outputs(WantedTopics.names(monitor), new WireFormat(registry));
    monitor.predictions().forEach(feed -> requireColumns("predictions", feed.feed()));
    requireColumns("labels", monitor.labels().feed());
    monitor.attributes().forEach(feed -> requireColumns("attributes", feed.feed()));
  }

  private void requireColumns(String name, Feed feed) {
    if (feed.format() == Feed.Format.CSV && feed.columns().isEmpty()) {
      throw Failure.problem(
          "%s: %s.columns: expected the column names of the CSV topic %s, was none; add them"
              .formatted(monitor.source().file(), name, feed.topic()));
    }
  }

  /** Where the outputs go. */
  public Outputs outputs() {
    return outputs;
  }

  /** Registers the schemas of the outputs; finds out whether the registry is there. */
  public void register() {
    try {
      outputs.register(registry);
    } catch (RegistryException refused) {
      String message = String.valueOf(refused.getMessage());
      throw refused.retriable()
          ? Failure.unreachable(message, refused)
          : Failure.problem(message, refused);
    }
  }

  /** The flow over all partitions of the input topics, from their first offsets. */
  public Flow flow(Cluster cluster) {
    return Flows.of(monitor, inputs(monitor, cluster), List.of());
  }

  /** All partitions of the input topics, in the order of their numbers. */
  static List<InputPartition> inputs(Monitor monitor, Cluster cluster) {
    List<InputPartition> inputs = new ArrayList<>();
    monitor.topics().forEach((topic, kind) -> inputs.addAll(inputs(kind, topic, cluster)));
    return inputs;
  }

  private static List<InputPartition> inputs(Kind kind, String topic, Cluster cluster) {
    List<InputPartition> inputs = new ArrayList<>();
    for (int partition : cluster.partitions(topic).orElse(List.of())) {
      long start = cluster.start(topic, partition);
      inputs.add(new InputPartition(kind, topic, partition, start, start == 0));
    }
    return inputs;
  }

  /**
   * Starts the engine.
   *
   * @param clients settings of Kafka clients and Kafka Streams
   * @param commitInterval until outputs are visible
   */
  public StreamsMonitor start(
      Flow flow, Map<String, String> clients, int threads, Duration commitInterval) {
    Map<String, String> all = new HashMap<>(clients);
    StreamsSettings settings =
        StreamsSettings.of(all, outputs.topics())
            .withThreads(threads)
            .withReplication(replication(all))
            .withCommitInterval(commitInterval)
            .retryingOn(LiveRun::passes);
    MonitorSteps steps = new MonitorSteps(flow, partition -> mapping(flow, partition));
    try {
      return shared.isPresent()
          ? StreamsMonitor.start(steps, outputs::encode, settings, shared.get().reading())
          : StreamsMonitor.start(steps, outputs::encode, settings);
    } catch (IllegalStateException unfit) {
      throw Failure.problem(String.valueOf(unfit.getMessage()), unfit);
    }
  }

  private static int replication(Map<String, String> settings) {
    String given = settings.getOrDefault(StreamsConfig.REPLICATION_FACTOR_CONFIG, "-1");
    try {
      return Integer.parseInt(given);
    } catch (NumberFormatException notNumber) {
      throw Failure.usage(
          "--config %s: expected a whole number, was %s"
              .formatted(StreamsConfig.REPLICATION_FACTOR_CONFIG, given));
    }
  }

  private static boolean passes(Throwable failure) {
    return failure instanceof RegistryUnavailableException
        || (failure instanceof RegistryException exception && exception.retriable());
  }

  private RowDecoder decoder(Feed feed, SchemaLookup lookup) {
    return shared
        .map(sharing -> RowDecoder.of(feed, lookup, sharing.decodings()))
        .orElseGet(() -> RowDecoder.of(feed, lookup));
  }

  private Function<Incoming, Mapped> mapping(Flow flow, int partition) {
    String topic = flow.inputs().get(partition).topic();
    SchemaLookup lookup = new RegistryLookup(registry);
    return TopicMapping.of(monitor, topic, key, feed -> decoder(feed, lookup), lookup);
  }
}
