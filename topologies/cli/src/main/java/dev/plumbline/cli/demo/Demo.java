package dev.plumbline.cli.demo;

import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.LiveRun;
import dev.plumbline.cli.kafka.Outputs;
import dev.plumbline.cli.kafka.Platform;
import dev.plumbline.cli.kafka.TemporaryFolder;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.pipeline.monitor.Summary;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.streams.StreamsMonitor;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Streams a scenario through a broker, a registry and the real engine, all in this process. */
public final class Demo {

  private static final String MONITOR = "demo.yaml";
  private static final int PARTITIONS = 2;
  private static final int THREADS = 1;
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(250);
  private static final Duration POLL = Duration.ofMillis(200);

  private final Scenario scenario;
  private final PrintWriter out;
  private final Monitor monitor = MonitorFile.parse(monitorText(), MONITOR).orThrow();
  private final Screen screen;
  private final AtomicReference<@Nullable RuntimeException> problem = new AtomicReference<>();
  private Instant closed = Instant.MIN;

  /** A demo that has not started. */
  public Demo(Scenario scenario, PrintWriter out) {
    this.scenario = scenario;
    this.out = out;
    this.screen = new Screen(out, scenario);
  }

  /** The monitor file of the demo. */
  public static String monitorText() {
    try (InputStream file = Demo.class.getResourceAsStream(MONITOR)) {
      return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the demo; true if every fault was found and nothing else raised an alert before. */
  public boolean run() {
    try (Leftovers leftovers = new Leftovers()) {
      Platform platform = Platform.start(leftovers);
      out.printf(
          "%s%nbroker %s, registry %s%n%n",
          Summary.of(monitor), platform.bootstrapServers(), platform.registryUrl());
      out.flush();
      String predictions = monitor.predictions().get(0).feed().topic();
      String labels = monitor.labels().feed().topic();
      platform.create(List.of(predictions, labels), PARTITIONS);
      LiveRun live =
          new LiveRun(monitor, monitor.settings().idKey().key(Map.of()), platform.registry());
      live.register();
      TemporaryFolder state = leftovers.add(TemporaryFolder.create("plumbline-demo-"));
      StreamsMonitor engine = leftovers.add(start(live, platform, state));
      TrafficFeed feed = new TrafficFeed(predictions, labels, new WireFormat(platform.registry()));
      Thread feeding = new Thread(() -> feed(feed, platform), "demo-traffic");
      feeding.setDaemon(true);
      feeding.start();
      follow(live.outputs(), platform, engine);
      return screen.conclude();
    }
  }

  private static StreamsMonitor start(LiveRun live, Platform platform, TemporaryFolder state) {
    Map<String, String> clients = new HashMap<>(platform.clients());
    clients.put(StreamsConfig.STATE_DIR_CONFIG, state.path().toString());
    clients.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "1");
    try (Cluster cluster = Cluster.at(platform.clients())) {
      Flow flow = live.flow(cluster);
      return live.start(flow, clients, THREADS, COMMIT_INTERVAL);
    }
  }

  private void feed(TrafficFeed feed, Platform platform) {
    try (Feeder feeder = platform.feeder()) {
      feed.write(scenario.traffic(), feeder);
    } catch (RuntimeException failure) {
      problem.compareAndSet(null, failure);
    }
  }

  /** Shows what is published until all panes are closed that the traffic can close. */
  private void follow(Outputs outputs, Platform platform, StreamsMonitor engine) {
    Instant last = lastPane();
    try (KafkaConsumer<byte[], byte[]> consumer = platform.consumer()) {
      consumer.assign(
          outputs.topics().values().stream().map(topic -> new TopicPartition(topic, 0)).toList());
      while (closed.isBefore(last)) {
        List<Published> batch = new ArrayList<>();
        consumer.poll(POLL).forEach(record -> batch.add(outputs.decode(record)));
        batch.sort(Comparator.comparing(Demo::closing));
        batch.forEach(screen::show);
        batch.forEach(this::note);
        check(engine);
      }
    }
  }

  /** End of the last pane that the last predictions leave behind. */
  private Instant lastPane() {
    long end = Scenario.BEGIN.plus(Duration.ofDays(scenario.traffic().days())).toEpochMilli();
    long pane = monitor.timing().pane();
    return Instant.ofEpochMilli((end - monitor.timing().grace()) / pane * pane - pane);
  }

  private void note(Published published) {
    if (published.value() instanceof Audit audit && audit.getEvent() instanceof Books) {
      Instant pane = audit.getPaneEnd();
      closed = pane != null && pane.isAfter(closed) ? pane : closed;
    }
  }

  private static Instant closing(Published published) {
    return Instant.ofEpochMilli(published.timestamp());
  }

  private void check(StreamsMonitor engine) {
    RuntimeException failure = problem.get();
    if (failure != null) {
      throw failure;
    }
    if (engine.hasStopped()) {
      throw Failure.problem(
          "the engine of the demo stopped; run again with --verbose",
          engine.problem().orElseGet(() -> new IllegalStateException("no problem reported")));
    }
  }
}
