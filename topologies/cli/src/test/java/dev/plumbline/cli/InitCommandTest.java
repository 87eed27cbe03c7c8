package dev.plumbline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cli.ForeignInput.Decision;
import dev.plumbline.cli.kafka.Cluster;
import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Outputs;
import dev.plumbline.cli.kafka.Past;
import dev.plumbline.cli.kafka.Platform;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.schemas.TopicNames;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.schemas.avro.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first hour: from foreign inputs to the first true statement, where a person edits the lines
 * of the polarity and no other.
 */
@Timeout(180)
final class InitCommandTest {

  private static final long LOOK_MILLIS = 500;
  private static final Instant END_OF_SECOND_DAY = ForeignInput.BEGIN.plus(Duration.ofDays(2));

  private final Leftovers leftovers = new Leftovers();
  private final ForeignInput input = ForeignInput.make();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    leftovers.close();
  }

  @Test
  void csvFiles() throws IOException {
    files("DEFAULTED");
    Path decisions = folder.resolve("decisions.csv");
    Path outcomes = folder.resolve("outcomes.csv");
    long began = System.nanoTime();

    Path monitor = init("--predictions", decisions, "--labels", outcomes);
    Path result = folder.resolve("result");
    Shell replay =
        Shell.run(
            "replay",
            "--monitor",
            monitor,
            "--predictions",
            decisions,
            "--labels",
            outcomes,
            "--output",
            result);

    assertThat(replay.exitCode()).as(replay.err()).isZero();
    List<Long> women = new ArrayList<>();
    for (String line : Files.readAllLines(result.resolve("metrics.jsonl"))) {
      JsonNode node = new ObjectMapper().readTree(line);
      if (node.get("window_end").asText().equals(END_OF_SECOND_DAY.toString())
          && node.get("window_size").asText().equals("1d")
          && node.get("subgroup").asText().equals("gender=F")) {
        women.add(node.at("/counters/predictions").asLong());
      }
    }
    assertThat(women).isNotEmpty().containsOnly(women());
    said("CSV", began);
  }

  /** Writes both files; of the young the bad outcomes have a word of their own. */
  private void files(String third) throws IOException {
    List<String> rows = new ArrayList<>(List.of("decision_id,scored_at,gender,age,score,action"));
    List<String> labels = new ArrayList<>(List.of("decision_id,reported_at,outcome"));
    for (Decision d : input.decisions()) {
      rows.add(
          String.join(
              ",",
              d.id(),
              d.at().toString(),
              d.gender(),
              "" + d.age(),
              "" + d.score(),
              d.action()));
    }
    for (Decision d : reported()) {
      String outcome = d.age() < 30 && d.isBad() ? third : d.outcome();
      labels.add(String.join(",", d.id(), d.reported().toString(), outcome));
    }
    Files.write(folder.resolve("decisions.csv"), rows);
    Files.write(folder.resolve("outcomes.csv"), labels);
  }

  @Test
  void whatThreeValuesMeanIsLeftToThePerson() throws IOException {
    files("LATE");

    Shell shell =
        Shell.run(
            "init",
            "--predictions",
            folder.resolve("decisions.csv"),
            "--labels",
            folder.resolve("outcomes.csv"));

    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out())
        .contains("map: {REPAID: CHOOSE, DEFAULTED: CHOOSE, LATE: CHOOSE}")
        .containsPattern("# outcome: REPAID [0-9.]+ %, DEFAULTED [0-9.]+ %, LATE [0-9.]+ %")
        .contains("horizon: 3d")
        .contains("pane: 1h");
  }

  @Test
  void quickLabelsWaitForAPaneAtLeast() throws IOException {
    List<String> labels = new ArrayList<>(List.of("decision_id,reported_at,outcome"));
    for (Decision d : input.decisions()) {
      labels.add(String.join(",", d.id(), d.at().plusSeconds(600).toString(), d.outcome()));
    }
    files("DEFAULTED");
    Files.write(folder.resolve("outcomes.csv"), labels);

    Path monitor =
        init(
            "--predictions",
            folder.resolve("decisions.csv"),
            "--labels",
            folder.resolve("outcomes.csv"));

    assertThat(Files.readString(monitor)).contains("horizon: 1h");
  }

  @Test
  void jsonWithARegisteredSchema() throws Exception {
    Platform platform = platform("credit.decisions", "credit.outcomes");
    int scored =
        ForeignInput.registerJsonSchema(platform.registryUrl(), "credit.decisions", "Scored");
    int told = ForeignInput.registerJsonSchema(platform.registryUrl(), "credit.outcomes", "Told");
    feed(
        platform,
        "credit.decisions",
        "credit.outcomes",
        (d, isLabel) ->
            isLabel
                ? ForeignInput.framed(told, d.outcomeJson().getBytes(UTF_8))
                : ForeignInput.framed(scored, d.json().getBytes(UTF_8)));

    live("JSON Schema", platform, "credit.decisions", "credit.outcomes");
  }

  @Test
  void changesOfRows() throws Exception {
    Platform platform = platform("db.decisions", "db.outcomes");
    feed(
        platform,
        "db.decisions",
        "db.outcomes",
        (d, isLabel) ->
            "{\"op\": \"c\", \"ts_ms\": %d, \"source\": {\"table\": \"t\"}, \"before\": null, \"after\": %s}"
                .formatted(
                    (isLabel ? d.reported() : d.at()).toEpochMilli(),
                    isLabel ? d.outcomeJson() : d.json())
                .getBytes(UTF_8));

    live("Debezium", platform, "db.decisions", "db.outcomes");
  }

  @Test
  void nestedAvroWithSeveralTypesInOneTopic() throws Exception {
    Platform platform = platform("credit.events");
    Schema person =
        SchemaBuilder.record("com.acme.Person")
            .fields()
            .requiredString("gender")
            .requiredInt("age")
            .endRecord();
    Schema scored =
        SchemaBuilder.record("com.acme.Scored")
            .fields()
            .requiredString("decision_id")
            .requiredLong("scored_at")
            .name("applicant")
            .type(person)
            .noDefault()
            .requiredDouble("score")
            .requiredString("action")
            .endRecord();
    Schema told =
        SchemaBuilder.record("com.acme.Told")
            .fields()
            .requiredString("decision_id")
            .requiredLong("reported_at")
            .requiredString("outcome")
            .endRecord();
    int scoredId = platform.registry().register("credit.events", scored);
    int toldId = platform.registry().register("credit.told", told);
    feed(
        platform,
        "credit.events",
        "credit.events",
        (d, isLabel) -> isLabel ? told(toldId, told, d) : scored(scoredId, scored, person, d));

    live("Avro, several types", platform, "credit.events", "credit.events");
  }

  private static byte[] scored(int id, Schema schema, Schema person, Decision d) {
    GenericRecord applicant =
        new GenericRecordBuilder(person).set("gender", d.gender()).set("age", d.age()).build();
    return ForeignInput.avro(
        id,
        new GenericRecordBuilder(schema)
            .set("decision_id", d.id())
            .set("scored_at", d.at().toEpochMilli())
            .set("applicant", applicant)
            .set("score", d.score())
            .set("action", d.action())
            .build());
  }

  private static byte[] told(int id, Schema schema, Decision d) {
    return ForeignInput.avro(
        id,
        new GenericRecordBuilder(schema)
            .set("decision_id", d.id())
            .set("reported_at", d.reported().toEpochMilli())
            .set("outcome", d.outcome())
            .build());
  }

  @Test
  void inputsThatHaveNothingInCommonAreRefused() throws IOException {
    Path decisions = Files.writeString(folder.resolve("a.csv"), "id,at\n1,2026-01-01T00:00:00Z\n");
    Path outcomes = Files.writeString(folder.resolve("b.csv"), "id,at\n2,2026-01-01T00:00:00Z\n");

    Shell shell = Shell.run("init", "--predictions", decisions, "--labels", outcomes);
    Shell one = Shell.run("init", "--predictions", decisions, "--labels", "topic");

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err()).contains("b.csv").contains("expected");
    assertThat(one.exitCode()).isEqualTo(2);
    assertThat(one.err()).contains("expected two topics or two files");
  }

  private Platform platform(String... topics) {
    Platform platform = Platform.start(leftovers);
    platform.create(List.of(topics), 1);
    return platform;
  }

  private List<Decision> reported() {
    return input.decisions().stream().sorted(Comparator.comparing(Decision::reported)).toList();
  }

  private long women() {
    return input.secondDay().stream().filter(d -> d.gender().equals("F")).count();
  }

  private void feed(
      Platform platform,
      String predictions,
      String labels,
      BiFunction<Decision, Boolean, byte[]> bytes) {
    List<ProducerRecord<byte[], byte[]>> all = new ArrayList<>();
    for (Decision d : input.decisions()) {
      all.add(record(predictions, d.at(), bytes.apply(d, false)));
      all.add(record(labels, d.reported(), bytes.apply(d, true)));
    }
    all.sort(Comparator.comparing(ProducerRecord::timestamp));
    try (Feeder feeder = platform.feeder()) {
      all.forEach(feeder::send);
      feeder.flush();
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, Instant at, byte[] value) {
    return new ProducerRecord<>(topic, 0, at.toEpochMilli(), null, value);
  }

  /** Writes a monitor file, and edits the lines of the polarity. */
  private Path init(Object... inputs) throws IOException {
    Path file = folder.resolve("proposed.yaml");
    List<Object> words = new ArrayList<>(List.of("init", "--name", "credit", "--output", file));
    words.addAll(List.of(inputs));
    Shell init = Shell.run(words.toArray());
    assertThat(init.exitCode()).as(init.err()).isZero();
    String proposed = Files.readString(file);
    assertThat(Shell.run("validate", file).out().lines())
        .as(proposed)
        .allMatch(line -> line.contains("CHOOSE"))
        .hasSize(4);
    assertThat(proposed).doesNotContain(input.decisions().get(0).id());
    String chosen =
        proposed
            .replace("{label: CHOOSE, decision: CHOOSE}", "{label: defaulted, decision: decline}")
            .replace("favourable_decision: CHOOSE", "favourable_decision: approve")
            .replace("high_means: CHOOSE", "high_means: bad");
    Files.writeString(file, chosen);
    assertThat(Shell.run("validate", file).exitCode()).as(chosen).isZero();
    return file;
  }

  private void live(String what, Platform platform, String predictions, String labels)
      throws Exception {
    List<Object> where =
        List.of(
            "--bootstrap-servers",
            platform.bootstrapServers(),
            "--schema-registry-url",
            platform.registryUrl());
    List<Object> inputs = new ArrayList<>(List.of("--predictions", predictions));
    if (!labels.equals(predictions)) {
      inputs.addAll(List.of("--labels", labels));
    }
    inputs.addAll(where);
    long began = System.nanoTime();
    Path monitor = init(inputs.toArray());
    List<String> run = new ArrayList<>(List.of("run", "--monitor", monitor.toString()));
    where.forEach(word -> run.add(word.toString()));
    try (LiveShell shell = LiveShell.start(run.toArray(String[]::new))) {
      Optional<Metrics> first = Optional.empty();
      while (first.isEmpty()) {
        assertThat(shell.isAlive()).as(shell.err() + shell.log()).isTrue();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        first = women(platform);
      }
      said(what, began);
      assertThat(first.get().getCounters().getPredictions()).isEqualTo(women());
    }
  }

  /** What is said of the women of the second day, if it is said. */
  private static Optional<Metrics> women(Platform platform) {
    List<Metrics> found = new ArrayList<>();
    try (Cluster cluster = Cluster.at(platform.clients())) {
      if (cluster.partitions("plumbline.metrics").isEmpty()) {
        return Optional.empty();
      }
      Outputs outputs = new Outputs(TopicNames.of("credit"), new WireFormat(platform.registry()));
      new Past(cluster, platform.clients(), outputs)
          .read(
              List.of(Output.METRICS),
              published -> {
                if (published.value() instanceof Metrics metrics
                    && END_OF_SECOND_DAY.equals(metrics.getWindowEnd())
                    && metrics.getWindowSize().equals("1d")
                    && metrics.getSubgroup().equals("gender=F")) {
                  found.add(metrics);
                }
              });
    }
    return found.stream().findFirst();
  }

  private static void said(String what, long began) {
    System.out.printf(
        "%s: the first true statement %d s after init began%n",
        what, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
  }
}
