package dev.plumbline.cli.kafka;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.schemas.Registry;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.streams.StreamsMonitor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts monitors on one cluster, with one registry.
 *
 * @param clients settings of Kafka clients and Kafka Streams, its {@code state.dir} among them
 * @param threads of each monitor
 * @param commitInterval until outputs are visible
 * @param shared what is done once for several monitors
 */
public record Launcher(
    Registry registry,
    Map<String, String> clients,
    int threads,
    Duration commitInterval,
    Optional<Shared> shared) {

  public Launcher {
    clients = Map.copyOf(clients);
  }

  /**
   * A monitor that was started.
   *
   * @param outputs the topics that it writes to
   */
  public record Launched(StreamsMonitor running, Flow flow, Collection<String> outputs) {}

  /**
   * Checks the inputs, creates missing outputs, and starts.
   *
   * @param key hashes ids
   * @throws Failure if inputs are missing or do not fit, or the cluster or the registry refuses
   */
  public Launched launch(Monitor monitor, IdHash.Key key, Cluster cluster) {
    LiveRun run = new LiveRun(monitor, key, registry, shared);
    WantedTopics wanted = new WantedTopics(monitor, 1);
    List<String> missing = wanted.missingInputs(cluster);
    if (!missing.isEmpty()) {
      throw Failure.problem(String.join(System.lineSeparator(), missing));
    }
    run.register();
    wanted.create(cluster, (short) -1);
    Flow flow = run.flow(cluster);
    StreamsMonitor running = run.start(flow, clients, threads, commitInterval);
    return new Launched(running, flow, run.outputs().topics().values());
  }
}
