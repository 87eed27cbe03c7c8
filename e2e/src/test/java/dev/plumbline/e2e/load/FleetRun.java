package dev.plumbline.e2e.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Outputs;
import dev.plumbline.cli.kafka.Platform;
import dev.plumbline.cli.kafka.TemporaryFolder;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Books;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Measures what many monitors in one process cost beside one: {@code run --monitors} in a process
 * of its own, with one monitor and with many that all read the same topics. Broker and registry are
 * in this process and do not count.
 *
 * <p>Arguments: number of predictions (default 100000), number of monitors (default 40).
 */
public final class FleetRun {

  private static final int PARTITIONS = 4;
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final Instant UNTIL =
      Instant.ofEpochMilli(LoadTopic.BEGIN).plus(LoadTopic.SPAN).minus(Duration.ofHours(2));

  private final Platform platform;
  private final Path folder;

  private FleetRun(Platform platform, Path folder) {
    this.platform = platform;
    this.folder = folder;
  }

  /**
   * What a process used.
   *
   * @param cpuSeconds until all was published
   * @param idleCpu CPU seconds per second when nothing comes
   * @param heapMebibytes after a garbage collection
   * @param residentMebibytes of the process
   */
  private record Used(
      double cpuSeconds,
      double wallSeconds,
      double idleCpu,
      double heapMebibytes,
      double residentMebibytes,
      long threads) {}

  /** Runs both and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int predictions = arguments.length < 1 ? 100_000 : Integer.parseInt(arguments[0]);
    int many = arguments.length < 2 ? 40 : Integer.parseInt(arguments[1]);
    try (Leftovers leftovers = new Leftovers()) {
      Platform platform = Platform.start(leftovers);
      Path folder = leftovers.add(TemporaryFolder.create("plumbline-fleet-")).path();
      FleetRun run = new FleetRun(platform, folder);
      long records = run.produce(predictions);
      System.out.printf("%,d records in %d partitions%n", records, 2 * PARTITIONS);
      print(1, run.measure("one", 1), records);
      print(many, run.measure("many", many), records);
    }
  }

  private static void print(int monitors, Used used, long records) {
    System.out.printf(
        "%2d monitors: %.1f s CPU (%.2f us per record and monitor) in %.0f s, idle %.1f %% of a"
            + " core, heap %.0f MiB, resident %.0f MiB, %d threads%n",
        monitors,
        used.cpuSeconds,
        used.cpuSeconds * 1e6 / records / monitors,
        used.wallSeconds,
        used.idleCpu * 100,
        used.heapMebibytes,
        used.residentMebibytes,
        used.threads);
  }

  private long produce(int predictions) {
    platform.create(List.of(LoadTopic.PREDICTIONS, LoadTopic.LABELS), PARTITIONS);
    List<LoadTopic.Entry> entries =
        LoadTopic.of(predictions, PARTITIONS, new WireFormat(platform.registry()));
    try (Feeder feeder = platform.feeder()) {
      for (LoadTopic.Entry entry : entries) {
        feeder.send(
            new ProducerRecord<>(
                entry.topic(), entry.partition(), entry.time(), null, entry.value()));
      }
      feeder.flush();
    }
    return entries.size();
  }

  private Used measure(String name, int monitors) throws Exception {
    Path directory = Files.createDirectory(folder.resolve(name));
    Set<String> awaited = new HashSet<>();
    for (int i = 0; i < monitors; i++) {
      String monitor = name + "-" + i;
      awaited.add(monitor);
      Files.writeString(
          directory.resolve(monitor + ".yaml"), LoadMonitor.text(monitor, "intersections: 1"));
    }
    long began = System.nanoTime();
    Process process = start(directory);
    try {
      follow(awaited, process);
      double wall = (System.nanoTime() - began) / 1e9;
      double cpu = cpuSeconds(process);
      TimeUnit.SECONDS.sleep(5);
      double before = cpuSeconds(process);
      TimeUnit.SECONDS.sleep(IDLE.toSeconds());
      double idle = (cpuSeconds(process) - before) / IDLE.toSeconds();
      String status = Files.readString(Path.of("/proc", "" + process.pid(), "status"));
      double resident = number(status, "VmRSS:\\s+(\\d+) kB") / 1024;
      long threads = (long) number(status, "Threads:\\s+(\\d+)");
      jcmd(process, "GC.run");
      double heap = number(jcmd(process, "GC.heap_info"), "used (\\d+)K") / 1024;
      return new Used(cpu, wall, idle, heap, resident, threads);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private Process start(Path directory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx3g",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.plumbline.cli.Plumbline",
            "run",
            "--monitors",
            directory.toString(),
            "--bootstrap-servers",
            platform.bootstrapServers(),
            "--schema-registry-url",
            platform.registryUrl());
    return builder
        .redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Until every monitor has said what became of the last pane. */
  private void follow(Set<String> awaited, Process process) {
    Outputs outputs =
        new Outputs(new TopicNames("plumbline", "any"), new WireFormat(platform.registry()));
    try (KafkaConsumer<byte[], byte[]> consumer = platform.consumer()) {
      String topic = outputs.topics().getOrDefault(Output.AUDIT, "");
      consumer.assign(List.of(new TopicPartition(topic, 0)));
      while (!awaited.isEmpty()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (outputs.decode(record).value() instanceof Audit audit
              && audit.getEvent() instanceof Books
              && audit.getPaneEnd() != null
              && !audit.getPaneEnd().isBefore(UNTIL)) {
            awaited.remove(audit.getMonitor());
          }
        }
        if (!process.isAlive()) {
          throw new IllegalStateException("the process ended before all was published");
        }
      }
    }
  }

  private static double cpuSeconds(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  private static String jcmd(Process process, String command) throws Exception {
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    Process asked =
        new ProcessBuilder(tool, Long.toString(process.pid()), command)
            .redirectErrorStream(true)
            .start();
    String answer = new String(asked.getInputStream().readAllBytes(), UTF_8);
    asked.waitFor();
    return answer;
  }

  private static double number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
  }
}
