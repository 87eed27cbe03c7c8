package dev.plumbline.e2e.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.pipeline.mapping.RegistryUnavailableException;
import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The designed income decisions, with records among them that cannot be read or believed. */
final class BadInputTest {

  private static final int SCHEMA_ID = 3;
  private static final int UNKNOWN_ID = 4;
  private static final Schema SCHEMA =
      SchemaBuilder.record("Decision")
          .fields()
          .requiredString("prediction_id")
          .requiredString("model_id")
          .requiredString("model_version")
          .optionalString("event_time")
          .name("score")
          .type()
          .unionOf()
          .doubleType()
          .and()
          .stringType()
          .endUnion()
          .noDefault()
          .requiredString("predicted")
          .optionalString("race")
          .requiredString("sex")
          .requiredString("age_band")
          .endRecord();

  private static final SchemaLookup REGISTRY =
      id ->
          id == SCHEMA_ID
              ? new SchemaLookup.Answer.Known(SCHEMA)
              : new SchemaLookup.Answer.Unknown();

  private static final int GOOD = 300;
  private static final long BEGIN = Instant.parse("2025-03-01T00:00:00Z").toEpochMilli();
  private static final long STEP = 600_000;
  private static final String SECRET = "secret-payload";
  private static final String PREDICTIONS = "acs.predictions";
  private static final String LABELS = "acs.labels";

  private final Monitor monitor = monitor();

  /** The monitor of the designed decisions, for predictions in Avro that have a score. */
  private static Monitor monitor() {
    String csv =
        """
          format: csv
          columns: [prediction_id, model_id, model_version, event_time, predicted, race, sex, age_band,
                    marital, edu, state]
        """;
    String text = text("acs_designed.yaml");
    assertThat(text).contains(csv);
    return MonitorFile.parse(
            text.replace(csv, "  format: avro\n")
                .replace(
                    "    decision: {field: predicted",
                    "    score: {field: score, range: [0, 1], high_means: positive}\n"
                        + "    decision: {field: predicted"),
            "acs_designed.yaml")
        .orThrow();
  }

  private static String text(String name) {
    try {
      return Files.readString(Path.of("monitors", name));
    } catch (IOException e) {
      throw new UncheckedIOException("expected a monitor file " + name, e);
    }
  }

  @Test
  void badRecordsAreRejectedOneByOneAndNothingElseIsLost() {
    Outcome clean = run(good());
    InputLog mixed = new InputLog(monitor, 1);
    Map<String, String> expected = mix(mixed);

    Outcome run = run(mixed);

    Map<String, String> rejects = new TreeMap<>();
    run.rejects().forEach(r -> rejects.put(r.getTopic() + " " + r.getOffset(), r.getReason()));
    assertThat(run.rejects()).hasSameSizeAs(expected.keySet());
    assertThat(rejects).isEqualTo(expected);
    assertThat(run.rejects())
        .allSatisfy(
            reject -> {
              assertThat(reject.getPartition()).isZero();
              assertThat(reject.toString()).doesNotContain(SECRET);
              assertThat(reject.getDetail()).contains("expected").contains("was");
            });
    assertThat(run.metrics()).isEqualTo(clean.metrics());
    assertThat(run.metrics()).isNotEmpty();
    assertThat(run.audit(Books.class)).isNotEmpty().allMatch(Books::getBalanced);
    assertThat(withoutRejects(run.books(), expected)).isEqualTo(clean.books());
  }

  @Test
  void whatIsNotMappedCanBeTooLargeAllTheSame() {
    InputLog log = good();
    log.add(Kind.PREDICTIONS, "big", at(GOOD), new byte[2 << 20]);

    assertThat(run(log).rejects())
        .singleElement()
        .satisfies(
            reject -> {
              assertThat(reject.getReason()).isEqualTo("too_large");
              assertThat(reject.getSizeBytes()).isEqualTo(2 << 20);
              assertThat(reject.getOffset()).isEqualTo(GOOD);
            });
  }

  @Test
  void aMissingAttributeIsAValueOfItsOwn() {
    InputLog log = good();
    GenericRecord unknown = decision(GOOD);
    unknown.put("race", null);
    log.add(Kind.PREDICTIONS, "p" + GOOD, at(GOOD), avro(SCHEMA_ID, unknown));

    Outcome run = run(log);

    assertThat(run.rejects()).isEmpty();
    assertThat(last(run, "race=missing").getCounters().getPredictions()).isEqualTo(1);
    assertThat(last(run, "all").getCounters().getPredictions()).isEqualTo(GOOD + 1);
  }

  @Test
  void aModelThatIsNotNamedIsCountedAsOther() {
    InputLog log = good();
    GenericRecord foreign = decision(GOOD);
    foreign.put("model_id", "somebody-elses");
    log.add(Kind.PREDICTIONS, "p" + GOOD, at(GOOD), avro(SCHEMA_ID, foreign));

    Outcome run = run(log);

    assertThat(run.rejects()).isEmpty();
    assertThat(run.books())
        .containsEntry(PREDICTIONS + " other", 1L)
        .containsEntry(PREDICTIONS + " accepted", (long) GOOD);
    assertThat(run.audit(Books.class)).allMatch(Books::getBalanced);
    assertThat(last(run, "all").getCounters().getPredictions()).isEqualTo(GOOD);
  }

  @Test
  void aRegistryThatDoesNotAnswerStopsTheRunAndRejectsNothing() {
    SchemaLookup down = id -> new SchemaLookup.Answer.Unavailable("connection refused");

    assertThatThrownBy(() -> Replays.byTime(monitor, good(), down))
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("connection refused");
  }

  private Outcome run(InputLog log) {
    return Replays.byTime(monitor, log, REGISTRY);
  }

  private InputLog good() {
    InputLog log = new InputLog(monitor, 1);
    for (int i = 0; i < GOOD; i++) {
      addGood(log, i);
    }
    return log;
  }

  private static void addGood(InputLog log, int i) {
    log.add(Kind.PREDICTIONS, "p" + i, at(i), avro(SCHEMA_ID, decision(i)));
    String label = "p" + i + "," + (i % 3 == 0 ? 1 : 0) + "," + (at(i) + STEP / 2);
    log.add(Kind.LABELS, "p" + i, at(i) + STEP / 2, label.getBytes(UTF_8));
  }

  /** Good records with bad ones among them: the first, and one after each good one. */
  private static Map<String, String> mix(InputLog log) {
    Map<String, String> expected = new TreeMap<>();
    List<Bad> predictions = badPredictions();
    List<Bad> labels = badLabels();
    for (int i = 0; i < GOOD; i++) {
      if (i < predictions.size()) {
        Bad bad = predictions.get(i);
        expected.put(PREDICTIONS + " " + 2 * i, bad.reason);
        log.add(Kind.PREDICTIONS, "bad", at(i), bad.value);
      }
      if (i < labels.size()) {
        Bad bad = labels.get(i);
        expected.put(LABELS + " " + 2 * i, bad.reason);
        log.add(Kind.LABELS, "bad", at(i) + STEP / 2, bad.value);
      }
      addGood(log, i);
    }
    return expected;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Bad(String reason, byte @Nullable [] value) {}

  private static List<Bad> badPredictions() {
    byte[] whole = avro(SCHEMA_ID, decision(0));
    List<Bad> bad = new ArrayList<>();
    bad.add(new Bad("null_value", null));
    bad.add(new Bad("too_large", new byte[2 << 20]));
    bad.add(new Bad("undecodable", Arrays.copyOf(whole, whole.length - 9)));
    bad.add(new Bad("undecodable", (SECRET + " is no Avro").getBytes(UTF_8)));
    bad.add(new Bad("undecodable", new byte[0]));
    bad.add(new Bad("unknown_schema", avro(UNKNOWN_ID, decision(0))));
    bad.add(badField("missing_field", "event_time", null));
    bad.add(badField("missing_field", "prediction_id", ""));
    bad.add(badField("bad_time", "event_time", SECRET));
    bad.add(badField("time_out_of_range", "event_time", "1970-01-01T00:00:00Z"));
    bad.add(badField("time_out_of_range", "event_time", "+50000-01-01T00:00:00Z"));
    bad.add(badField("time_out_of_range", "event_time", "1515692692800000"));
    bad.add(badField("wrong_type", "score", SECRET));
    bad.add(badField("bad_score", "score", Double.NaN));
    bad.add(badField("bad_score", "score", 1.000001));
    bad.add(badField("bad_score", "score", Double.NEGATIVE_INFINITY));
    bad.add(badField("unmapped_value", "predicted", SECRET));
    return bad;
  }

  private static Bad badField(String reason, String field, @Nullable Object value) {
    GenericRecord decision = decision(0);
    decision.put("sex", SECRET);
    decision.put(field, value);
    return new Bad(reason, avro(SCHEMA_ID, decision));
  }

  private static List<Bad> badLabels() {
    return List.of(
        badLabel("unmapped_value", SECRET + ",7," + at(0)),
        badLabel("missing_field", SECRET + ",," + at(0)),
        badLabel("missing_field", ",1," + at(0)),
        badLabel("bad_time", SECRET + ",1,soon"),
        badLabel("time_out_of_range", SECRET + ",1,0"),
        badLabel("undecodable", SECRET + ",1"),
        badLabel("undecodable", "\"" + SECRET + ",1," + at(0)),
        new Bad("undecodable", new byte[] {(byte) 0xff, (byte) 0xfe}),
        new Bad("null_value", null));
  }

  private static Bad badLabel(String reason, String line) {
    return new Bad(reason, line.getBytes(UTF_8));
  }

  private static Map<String, Long> withoutRejects(
      Map<String, Long> books, Map<String, String> expected) {
    Map<String, Long> left = new TreeMap<>(books);
    expected.forEach(
        (position, reason) -> {
          String topic = position.substring(0, position.indexOf(' '));
          left.merge(topic + " read", -1L, Long::sum);
          left.merge(topic + " rejected " + reason, -1L, Long::sum);
        });
    left.values().removeIf(count -> count == 0);
    return left;
  }

  private static Metrics last(Outcome run, String subgroup) {
    return run.finals().stream()
        .filter(m -> m.getWindowSize().equals("all") && m.getSubgroup().equals(subgroup))
        .findFirst()
        .orElseThrow();
  }

  private static long at(int i) {
    return BEGIN + i * STEP;
  }

  private static GenericRecord decision(int i) {
    GenericRecord decision = new GenericData.Record(SCHEMA);
    decision.put("prediction_id", "p" + i);
    decision.put("model_id", "income");
    decision.put("model_version", "1");
    decision.put("event_time", Instant.ofEpochMilli(at(i)).toString());
    decision.put("score", i % 10 / 10.0);
    decision.put("predicted", i % 10 >= 5 ? "1" : "0");
    decision.put("race", i % 4 == 0 ? "Black" : "White");
    decision.put("sex", i % 2 == 0 ? "Female" : "Male");
    decision.put("age_band", "25-34");
    return decision;
  }

  private static byte[] avro(int schemaId, GenericRecord content) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.write(0);
      bytes.write(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(SCHEMA).write(content, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }
}
