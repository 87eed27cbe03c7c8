package dev.plumbline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Outputs;
import dev.plumbline.cli.kafka.Platform;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many monitors in one process: what is done to some of them is nothing to the others. */
@Timeout(400)
final class ManyMonitorsTest {

  private static final int PARTITIONS = 2;
  private static final int MONITORS = 8;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  private static final long STEP = Duration.ofMinutes(5).toMillis();
  private static final int IN_DAY = 288;
  private static final int FIRST_PART = 2 * IN_DAY + 17;
  private static final int ALL = 8 * IN_DAY;

  /** Everything up to here is published when the input is read. */
  private static final Instant UNTIL = Instant.parse("2026-01-08T00:00:00Z");

  private static final String MONITOR =
      """
      monitor: NAME
      models: [m]
      predictions:
        topic: many.predictions
        format: csv
        columns: [id, at, action, sex]
        fields:
          id: id
          time: at
          model: {constant: m}
          decision: {field: action, map: {D: decline, A: approve}}
          attributes: {sex: sex}
      labels:
        topic: many.labels
        format: csv
        columns: [id, at, status]
        fields:
          id: id
          known: at
          label: {field: status, map: {B: bad, G: good}}
        horizon: HORIZON
        late_by: 1h
      watches:
        - performance: {metrics: [tpr, selection]}
      """;

  private static final String SHARED =
      """
      defaults:
        owner: {team: lending}
        task: binary
        outcome:
          positive: {label: bad, decision: decline}
          favourable_decision: approve
        subgroups: {attributes: [sex], publish_min: 1}
        windows: {pane: 1h, sizes: [1d], recall: 1h, idle: 1h}
        reference: {from: 2026-01-01, to: 2026-01-04}
        shards: 2
      false_alarms: 10 per 30d
      monitors_at_most: 20
      """;

  private final Leftovers leftovers = new Leftovers();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set first by each run
  private Platform platform;

  @SuppressWarnings("NullAway.Init") // set first by each run
  private Outputs outputs;

  @SuppressWarnings("NullAway.Init") // set first by each run
  private KafkaConsumer<byte[], byte[]> reader;

  private Path directory = Path.of("");

  /** By key, which begins with the monitor's name. */
  private final Map<String, List<String>> published = new TreeMap<>();

  private final Map<String, Instant> closed = new HashMap<>();

  @AfterEach
  void stop() {
    leftovers.close();
  }

  @Test
  void whatIsDoneToOneIsNothingToTheOthers() throws Exception {
    Map<String, List<String>> quiet = run("quiet", false);
    assertThat(quiet.keySet()).anyMatch(key -> key.contains("m0") && key.contains("alerts"));

    Map<String, List<String>> busy = run("busy", true);

    for (int i = 0; i < MONITORS - 2; i++) {
      assertThat(of(busy, "m" + i)).as("m" + i).isNotEmpty().isEqualTo(of(quiet, "m" + i));
    }
    assertThat(of(busy, "m8")).as("added while the others run").isNotEmpty();
  }

  @Test
  void aDirectoryIsValidatedAndItsTopicsMadeAtOnce() throws IOException {
    platform = Platform.start(leftovers);
    platform.create(List.of("many.predictions", "many.labels"), PARTITIONS);
    directory = Files.createDirectory(folder.resolve("two"));
    Files.writeString(directory.resolve("plumbline.yaml"), SHARED);
    write("a.yaml", "m0");
    write("b.yaml", "m1");
    Shell valid = Shell.run("validate", directory);
    assertThat(valid.exitCode()).isZero();
    assertThat(valid.out()).contains("monitor m0, digest").contains("monitor m1, digest");
    Object[] create = {
      "topics",
      "create",
      "--monitors",
      directory,
      "--bootstrap-servers",
      platform.bootstrapServers()
    };
    assertThat(Shell.run(create).out())
        .contains("created plumbline.m0.clock", "created plumbline.m1.clock", "9 created");
    create[1] = "check";
    assertThat(Shell.run(create).out()).contains("all topics are there and set right");
    write("c.yaml", "m1");
    Shell twice = Shell.run("validate", directory);
    assertThat(twice.exitCode()).isEqualTo(1);
    assertThat(twice.out())
        .contains("monitor m0, digest")
        .contains("b.yaml:1: monitor: expected a name of its own, was that of c.yaml too");
    assertThat(Shell.run(create).err()).contains("have problems:").contains("that of b.yaml too");
  }

  private static Map<String, List<String>> of(Map<String, List<String>> all, String monitor) {
    Map<String, List<String>> own = new TreeMap<>(all);
    own.keySet().removeIf(key -> !key.contains(" " + monitor + "|"));
    return own;
  }

  private void write(String file, String name) throws IOException {
    int number = Integer.parseInt(name.substring(1));
    String horizon = number % 2 == 0 ? "1d" : "12h";
    Files.writeString(
        directory.resolve(file), MONITOR.replace("NAME", name).replace("HORIZON", horizon));
  }

  private Map<String, List<String>> run(String name, boolean isBusy) throws Exception {
    platform = Platform.start(leftovers);
    platform.create(List.of("many.predictions", "many.labels"), PARTITIONS);
    published.clear();
    closed.clear();
    directory = Files.createDirectory(folder.resolve(name));
    Files.writeString(directory.resolve("plumbline.yaml"), SHARED);
    for (int i = 0; i < MONITORS; i++) {
      write("m" + i + ".yaml", "m" + i);
    }
    List<String> names = new ArrayList<>(IntStream.range(0, 8).mapToObj(i -> "m" + i).toList());
    outputs = new Outputs(new TopicNames("plumbline", "m0"), new WireFormat(platform.registry()));
    try (LiveShell shell = LiveShell.start(words());
        KafkaConsumer<byte[], byte[]> consumer = platform.consumer()) {
      reader = consumer;
      await(shell, () -> names.stream().allMatch(one -> shell.out().contains(one + ": started")));
      reader.assign(
          Stream.of(Output.METRICS, Output.ALERTS, Output.AUDIT, Output.REJECTS)
              .map(output -> new TopicPartition(outputs.topics().get(output), 0))
              .toList());
      send(0, FIRST_PART);
      await(shell, () -> haveClosed(names, Instant.parse("2026-01-02T12:00:00Z")));
      if (isBusy) {
        disturb(shell);
        names.remove("m6");
        names.add("m8");
      }
      send(FIRST_PART, ALL);
      await(shell, () -> haveClosed(names, UNTIL));
    }
    return Map.copyOf(published);
  }

  private void disturb(LiveShell shell) throws Exception {
    write("m8.yaml", "m8");
    Files.writeString(directory.resolve("broken.yaml"), "monitor: broken\nmodel: m\n");
    Files.delete(directory.resolve("m6.yaml"));
    Files.writeString(
        directory.resolve("m7.yaml"), Files.readString(directory.resolve("m7.yaml")) + "cap: 3\n");
    write("namesake.yaml", "m5");
    await(
        shell,
        () ->
            Stream.of(
                    "m8: started",
                    "broken.yaml: not taken",
                    "m6: stopped, as its file is gone",
                    "m7.yaml: not taken; m7 goes on as it was",
                    "m5.yaml: not taken; m5 goes on as it was",
                    "namesake.yaml: not taken")
                .allMatch(text -> shell.out().contains(text)));
    write("m7.yaml", "m9");
    write("m7.yaml", "m7");
    Files.writeString(
        directory.resolve("m7.yaml"),
        Files.readString(directory.resolve("m7.yaml")) + "score_bins: 500\n");
    await(shell, () -> shell.out().contains("m7: stopped, as its file has changed"));
    assertThat(shell.out()).doesNotContain("not started");
  }

  private String[] words() {
    return new String[] {
      "run",
      "--monitors",
      directory.toString(),
      "--bootstrap-servers",
      platform.bootstrapServers(),
      "--schema-registry-url",
      platform.registryUrl(),
      "--commit-interval",
      "100"
    };
  }

  /** Cases of these numbers; from the sixth day on women are declined more often. */
  private void send(int from, int to) {
    try (Feeder feeder = platform.feeder()) {
      for (int i = from; i < to; i++) {
        long at = BEGIN + i * STEP;
        boolean isWoman = i % 4 < 2;
        boolean isBad = i * 7 % 10 < 3;
        boolean isDeclined = i * 3 % 10 < (isWoman && i > 5 * IN_DAY ? 9 : 4);
        String[] cells = {
          "p" + i, Instant.ofEpochMilli(at).toString(), isDeclined ? "D" : "A", isWoman ? "F" : "M"
        };
        row(feeder, "many.predictions", i, at, cells);
        long known = at + STEP / 2;
        row(
            feeder,
            "many.labels",
            i,
            known,
            "p" + i,
            Instant.ofEpochMilli(known).toString(),
            isBad ? "B" : "G");
      }
      feeder.flush();
    }
  }

  private static void row(Feeder feeder, String topic, int number, long at, String... cells) {
    byte[] bytes = String.join(",", cells).getBytes(UTF_8);
    feeder.send(new ProducerRecord<>(topic, number % PARTITIONS, at, null, bytes));
  }

  private boolean haveClosed(List<String> names, Instant end) {
    reader.poll(POLL).forEach(this::note);
    return names.stream().allMatch(name -> !closed.getOrDefault(name, Instant.MIN).isBefore(end));
  }

  private void note(ConsumerRecord<byte[], byte[]> record) {
    String key = new String(record.key(), UTF_8);
    if (outputs.decode(record).value() instanceof Audit audit
        && audit.getEvent() instanceof Books
        && audit.getPaneEnd() != null) {
      closed.merge(audit.getMonitor(), audit.getPaneEnd(), (a, b) -> a.isAfter(b) ? a : b);
    }
    if (record.timestamp() <= UNTIL.toEpochMilli()) {
      byte[] content = Arrays.copyOfRange(record.value(), 5, record.value().length);
      published
          .computeIfAbsent(record.topic() + " " + key, unseen -> new ArrayList<>())
          .add(record.timestamp() + " " + HexFormat.of().formatHex(content));
    }
  }

  private static void await(LiveShell shell, Condition condition) throws Exception {
    while (!condition.holds()) {
      assertThat(shell.isAlive()).as(shell.err() + shell.log()).isTrue();
      Thread.sleep(100);
    }
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds() throws Exception;
  }
}
