package dev.plumbline.cli;

import dev.plumbline.cli.failure.ExitCode;
import dev.plumbline.cli.failure.Failure;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.LiveRun;
import dev.plumbline.cli.kafka.TemporaryFolder;
import dev.plumbline.cli.kafka.WantedTopics;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.Summary;
import dev.plumbline.schemas.Registry;
import dev.plumbline.streams.StreamsMonitor;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline run}. */
@Command(
    name = "run",
    header = "Runs a monitor on the topics of a cluster.",
    description = {
      "Runs a monitor on the topics of a cluster until it is told to stop (SIGTERM or Ctrl-C).",
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

  @Option(names = "--monitor", required = true, paramLabel = "FILE", description = "Monitor file.")
  private Path monitorFile;

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

  @Override
  public Integer call() throws InterruptedException {
    if (threads < 1 || commitMillis < 1) {
      throw Failure.usage("--threads and --commit-interval must be at least 1");
    }
    Monitor monitor = Monitors.read(monitorFile);
    try (Leftovers leftovers = new Leftovers()) {
      Registry registry = leftovers.add(Registry.at(registryUrl, options.registry()));
      LiveRun run = new LiveRun(monitor, Monitors.idKey(monitor), registry);
      Flow flow = prepare(monitor, run);
      Map<String, String> clients = options.clients();
      if (!clients.containsKey(STATE_DIR)) {
        TemporaryFolder state = leftovers.add(TemporaryFolder.create("plumbline-state-"));
        clients.put(STATE_DIR, state.path().toString());
      }
      Duration interval = Duration.ofMillis(commitMillis);
      StreamsMonitor running = leftovers.add(run.start(flow, clients, threads, interval));
      announce(monitor, flow, run);
      await(running);
    }
    return ExitCode.OK.number();
  }

  private Flow prepare(Monitor monitor, LiveRun run) {
    try (Cluster cluster = options.connect(spec.commandLine().getErr())) {
      WantedTopics wanted = new WantedTopics(monitor, 1);
      List<String> missing = wanted.missingInputs(cluster);
      if (!missing.isEmpty()) {
        throw Failure.problem(String.join(System.lineSeparator(), missing));
      }
      PrintWriter progress = spec.commandLine().getErr();
      progress.println("asking the schema registry at " + registryUrl);
      progress.flush();
      run.register();
      wanted.create(cluster, (short) -1);
      return run.flow(cluster);
    }
  }

  private void announce(Monitor monitor, Flow flow, LiveRun run) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(Summary.of(monitor));
    out.printf(
        "reading %d input partitions, writing to %s; stop with Ctrl-C%n",
        flow.inputs().size(),
        String.join(", ", run.outputs().topics().values().stream().sorted().toList()));
    out.flush();
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
