package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.fleet.Fleet;
import dev.plumbline.cli.fleet.Running;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.Launcher;
import dev.plumbline.cli.kafka.Launcher.Launched;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Shared;
import dev.plumbline.cli.kafka.TemporaryFolder;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.Summary;
import dev.plumbline.schemas.Registry;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.streams.StreamsMonitor;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline run}. */
@Command(
    name = "run",
    header = "Runs one monitor, or many, on the topics of a cluster.",
    description = {
      "Runs one monitor, or all of a directory, on the topics of a cluster until it is told to stop"
          + " (SIGTERM or Ctrl-C).",
      "Start it again to go on where it stopped, and several times to share the work. Missing"
          + " output topics are created."
    },
    footer = {
      "",
      "Example: plumbline run --monitor credit.yaml --bootstrap-servers broker:9092 \\",
      "           --schema-registry-url http://registry:8081 \\",
      "           --config security.protocol=SSL"
    })
final class RunCommand implements Callable<Integer> {

  private static final String STATE_DIR = "state.dir";
  private static final long LOOK_MILLIS = 500;

  @ArgGroup(multiplicity = "1")
  private Which which;

  @Mixin private ClusterOptions options;

  @Option(
      names = "--schema-registry-url",
      required = true,
      paramLabel = "URL",
      description = "Schema registry of inputs and outputs.")
  private String registryUrl;

  @Option(
      names = "--threads",
      defaultValue = "1",
      description = "Threads of this instance. Default: ${DEFAULT-VALUE}.")
  private int threads;

  @Option(
      names = "--commit-interval",
      defaultValue = "250",
      paramLabel = "MILLIS",
      description = "Time until outputs are visible. Default: ${DEFAULT-VALUE}.")
  private long commitMillis;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  RunCommand() {}

  /** One monitor or many. */
  static final class Which {

    @Option(names = "--monitor", paramLabel = "FILE", description = "Monitor file.")
    private @Nullable Path file;

    @Option(
        names = "--monitors",
        paramLabel = "DIR",
        description = {
          "Directory of monitor files, each of which is run by itself; files that come, change and"
              + " go while it runs are followed. Its plumbline.yaml says what they share."
        })
    private @Nullable Path directory;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (threads < 1 || commitMillis < 1) {
      throw Failure.usage("--threads and --commit-interval must be at least 1");
    }
    try (Leftovers leftovers = new Leftovers()) {
      Registry registry = leftovers.add(Registry.at(registryUrl, options.registry()));
      Map<String, String> clients = options.clients();
      if (!clients.containsKey(STATE_DIR)) {
        TemporaryFolder state = leftovers.add(TemporaryFolder.create("plumbline-state-"));
        clients.put(STATE_DIR, state.path().toString());
      }
      Optional<Shared> shared =
          which.directory == null
              ? Optional.empty()
              : Optional.of(leftovers.add(Shared.start(clients)));
      Launcher launcher =
          new Launcher(registry, clients, threads, Duration.ofMillis(commitMillis), shared);
      if (which.directory == null) {
        runOne(Monitors.read(Objects.requireNonNull(which.file)), launcher, leftovers);
      } else {
        runAll(which.directory, launcher, leftovers);
      }
    }
    return ExitCode.OK.number();
  }

  private void runOne(Monitor monitor, Launcher launcher, Leftovers leftovers)
      throws InterruptedException {
    IdHash.Key key = Monitors.idKey(monitor);
    PrintWriter progress = spec.commandLine().getErr();
    Launched launched;
    try (Cluster cluster = options.connect(progress)) {
      launched = launcher.launch(monitor, key, cluster);
    }
    leftovers.add(launched.running());
    PrintWriter out = spec.commandLine().getOut();
    out.println(Summary.of(monitor));
    out.printf(
        "reading %d input partitions, writing to %s; stop with Ctrl-C%n",
        launched.flow().inputs().size(),
        String.join(", ", launched.outputs().stream().sorted().toList()));
    out.flush();
    await(launched.running());
  }

  /** Until it is told to stop. */
  private void runAll(Path directory, Launcher launcher, Leftovers leftovers)
      throws InterruptedException {
    if (!Files.isDirectory(directory)) {
      throw Failure.problem("--monitors: expected a directory, was " + directory);
    }
    options.connect(spec.commandLine().getErr()).close();
    PrintWriter out = spec.commandLine().getOut();
    Fleet fleet =
        leftovers.add(
            new Fleet(
                directory,
                monitor -> member(monitor, launcher),
                text -> {
                  out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + text);
                  out.flush();
                },
                System::currentTimeMillis));
    while (!fleet.isClosed()) {
      fleet.look();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static Running member(Monitor monitor, Launcher launcher) {
    try (Cluster cluster = Cluster.at(launcher.clients())) {
      return new Member(launcher.launch(monitor, Monitors.idKey(monitor), cluster).running());
    }
  }

  /** A monitor of many. */
  private record Member(StreamsMonitor monitor) implements Running {

    @Override
    public boolean hasBegun() {
      return monitor.isRunning();
    }

    @Override
    public boolean hasStopped() {
      return monitor.hasStopped();
    }

    @Override
    public Optional<Throwable> problem() {
      return monitor.problem();
    }

    @Override
    public void close() {
      monitor.close();
    }
  }

  private static void await(StreamsMonitor running) throws InterruptedException {
    while (!running.hasStopped()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    running
        .problem()
        .ifPresent(
            problem -> {
              throw Failure.problem(
                  "the monitor stopped; nothing was skipped: "
                      + rootMessage(problem)
                      + "; remove the cause and start it again",
                  problem);
            });
  }

  private static String rootMessage(Throwable problem) {
    Throwable root = problem;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
