package dev.plumbline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Outputs;
import dev.plumbline.cli.kafka.Platform;
import dev.plumbline.cli.kafka.WantedTopics;
import dev.plumbline.pipeline.codec.Published;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.BookEntry;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Reject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A live run whose schema registry is away, or lets everybody in and answers nobody, while records
 * come that need it.
 */
@Timeout(300)
final class RegistryOutageTest {

  private static final String PREDICTIONS = "small.predictions";
  private static final String LABELS = "small.labels";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration POLL = Duration.ofMillis(100);

  /** A prediction every ten minutes, its label five minutes later; panes are hours. */
  private static final long STEP = Duration.ofMinutes(10).toMillis();

  private static final int IN_HOUR = 6;
  private static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  /** An answer of the registry is not waited for as long as it is by default. */
  private static final String SOON_SILENT = "--config=schema.registry.http.read.timeout.ms=1000";

  private static final Schema FIRST = schema("note");
  private static final Schema SECOND = schema("remark");

  private final Leftovers leftovers = new Leftovers();
  private final List<Published> published = new ArrayList<>();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Platform platform;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Gate gate;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path monitor;

  private static Schema schema(String optional) {
    return SchemaBuilder.record("Decision")
        .fields()
        .requiredString("id")
        .requiredString("at")
        .requiredDouble("score")
        .requiredString("action")
        .requiredString("sex")
        .optionalString(optional)
        .endRecord();
  }

  @BeforeEach
  void start() throws IOException {
    platform = Platform.start(leftovers);
    platform.create(List.of(PREDICTIONS, LABELS), 1);
    gate = leftovers.add(Gate.to(platform.registryUrl()));
    String csv = "format: csv\n  columns: [id, at, score, action, sex, note]";
    String text = Files.readString(Recorded.in(folder).monitor());
    assertThat(text).contains(csv);
    monitor = Files.writeString(folder.resolve("avro.yaml"), text.replace(csv, "format: avro"));
  }

  @AfterEach
  void stop() {
    leftovers.close();
  }

  @ParameterizedTest
  @EnumSource(Gate.Shut.class)
  void aRunWaitsForItsRegistryAndGoesOnWithoutLoss(Gate.Shut how) throws Exception {
    int first = platform.registry().register(PREDICTIONS, FIRST);
    int second = platform.registry().register(PREDICTIONS, SECOND);
    try (LiveShell shell = LiveShell.start(run(SOON_SILENT));
        KafkaConsumer<byte[], byte[]> consumer = platform.consumer()) {
      await(shell, "the run begins", () -> shell.out().contains("reading 2 input partitions"));
      assign(consumer);

      gate.shut(how);
      send(0, 4 * IN_HOUR, FIRST, first);
      await(shell, "it waits for the first schema", () -> waitsFor(shell, first));
      gate.open();
      await(shell, "it goes on", () -> count(consumer, "accepted") == 3 * IN_HOUR);

      gate.shut(how);
      send(4 * IN_HOUR, 8 * IN_HOUR + 3, SECOND, second);
      await(shell, "it waits for the second schema", () -> waitsFor(shell, second));
      gate.open();
      await(shell, "it goes on again", () -> count(consumer, "accepted") == 8 * IN_HOUR);
    }

    long all = 8L * IN_HOUR;
    assertThat(books())
        .isEqualTo(Map.of("read", 2 * all, "accepted", all, "matched", all, "labelled", all));
    assertThat(values(Reject.class)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Gate.Shut.class)
  void aRunThatFoundNoRegistryLosesNothingWhenItIsStartedAgain(Gate.Shut how) throws Exception {
    int first = platform.registry().register(PREDICTIONS, FIRST);
    send(0, 4 * IN_HOUR + 3, FIRST, first);
    gate.shut(how);
    Shell without = Shell.run((Object[]) run());
    assertThat(without.exitCode()).isEqualTo(3);
    assertThat(without.err()).contains(gate.url()).contains("start it");

    gate.open();
    try (LiveShell shell = LiveShell.start(run());
        KafkaConsumer<byte[], byte[]> consumer = platform.consumer()) {
      await(shell, "the run begins", () -> shell.out().contains("reading 2 input partitions"));
      assign(consumer);
      await(shell, "all is counted", () -> count(consumer, "accepted") == 4 * IN_HOUR);
    }

    assertThat(values(Reject.class)).isEmpty();
  }

  private String[] run(String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("run", "--monitor", monitor.toString()));
    words.addAll(List.of("--bootstrap-servers", platform.bootstrapServers()));
    words.addAll(List.of("--schema-registry-url", gate.url()));
    words.addAll(List.of("--commit-interval", "100"));
    words.addAll(List.of("--config", "main.consumer.session.timeout.ms=6000"));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  /** Whether the log says which record waits, for whom, and what to do. */
  private boolean waitsFor(LiveShell shell, int schemaId) {
    return shell
        .log()
        .lines()
        .anyMatch(
            line ->
                line.contains("Monitor waits")
                    && line.contains("schema id " + schemaId)
                    && line.contains(gate.url())
                    && line.contains("start it"));
  }

  private static void await(LiveShell shell, String what, BooleanSupplier isSo)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > deadline || !shell.isAlive()) {
        throw new AssertionError(
            "expected: " + what + "; said: " + shell.err() + "; logged: " + shell.log());
      }
      Thread.sleep(POLL.toMillis());
    }
  }

  /** Sends predictions of these numbers, and the label of each. */
  private void send(int from, int to, Schema schema, int schemaId) throws IOException {
    try (Feeder feeder = platform.feeder()) {
      for (int i = from; i < to; i++) {
        long at = BEGIN + i * STEP;
        feeder.send(new ProducerRecord<>(PREDICTIONS, 0, at, null, avro(i, at, schema, schemaId)));
        long known = at + STEP / 2;
        String label =
            "p%d,%s,%s".formatted(i, Instant.ofEpochMilli(known), i % 3 == 0 ? "B" : "G");
        feeder.send(new ProducerRecord<>(LABELS, 0, known, null, label.getBytes(UTF_8)));
      }
      feeder.flush();
    }
  }

  private static byte[] avro(int i, long at, Schema schema, int schemaId) throws IOException {
    GenericRecord decision = new GenericData.Record(schema);
    decision.put("id", "p" + i);
    decision.put("at", Instant.ofEpochMilli(at).toString());
    decision.put("score", i % 10 / 10.0);
    decision.put("action", i % 2 == 0 ? "D" : "A");
    decision.put("sex", i % 4 < 2 ? "F" : "M");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(WireFormat.MAGIC);
    bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(decision, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private void assign(KafkaConsumer<byte[], byte[]> consumer) {
    consumer.assign(
        Stream.of(Output.AUDIT, Output.REJECTS)
            .map(output -> new TopicPartition(outputs().topics().get(output), 0))
            .toList());
  }

  private Outputs outputs() {
    return new Outputs(
        WantedTopics.names(Monitors.read(monitor)), new WireFormat(platform.registry()));
  }

  /** Reads on, and returns how many records are in a state. */
  private long count(KafkaConsumer<byte[], byte[]> consumer, String state) {
    Outputs outputs = outputs();
    consumer.poll(POLL).forEach(record -> published.add(outputs.decode(record)));
    return books().getOrDefault(state, 0L);
  }

  /** The books over all closed panes, by state. */
  private Map<String, Long> books() {
    Map<String, Long> sums = new TreeMap<>();
    for (Audit audit : values(Audit.class)) {
      if (audit.getEvent() instanceof Books books) {
        for (BookEntry entry : books.getEntries()) {
          sums.merge(entry.getState().toString(), entry.getCount(), Long::sum);
        }
      }
    }
    sums.values().removeIf(count -> count == 0);
    return sums;
  }

  private <T> List<T> values(Class<T> type) {
    return published.stream()
        .map(Published::value)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
