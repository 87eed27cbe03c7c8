package dev.plumbline.pipeline.mapping;

import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.plumbline.pipeline.mapping.SchemaLookup.Answer;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.state.record.IdHash;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatsTest {

  private static final IdHash.Key KEY = new IdHash.Key(1, 2);
  private static final long TIME = 1_767_225_600_000L;

  private static Mapped map(Monitor monitor, RowDecoder decoder, byte[] bytes) {
    return Mapping.ofPredictions(monitor, 0, KEY, decoder).map(new Incoming(0, TIME, null, bytes));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] avro(Schema schema) throws IOException {
    GenericRecord record = new GenericData.Record(schema);
    record.put("id", 42);
    record.put("at", TIME);
    record.put("model", "ranker");
    record.put("score", 0.7f);
    record.put("sex", "F");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(ByteBuffer.allocate(5).put((byte) 0).putInt(1).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  @Test
  void oneRecordIsOnePredictionInEveryFormat() throws IOException {
    Schema schema =
        SchemaBuilder.record("P")
            .fields()
            .requiredInt("id")
            .requiredLong("at")
            .requiredString("model")
            .requiredFloat("score")
            .requiredString("sex")
            .endRecord();
    Monitor monitor = monitor(MINIMAL);
    List<String> columns = List.of("id", "at", "model", "score", "sex");

    Mapped json =
        map(
            monitor,
            RowDecoder.json(),
            utf8(
                "{\"id\":\"42\",\"at\":\"2026-01-01T00:00:00Z\",\"model\":\"ranker\",\"score\":0.7,"
                    + "\"sex\":\"F\"}"));
    Mapped csv =
        map(monitor, RowDecoder.csv(columns), utf8("42.0,1767225600000,ranker,7e-1,F\r\n"));
    Mapped avro = map(monitor, RowDecoder.avro(id -> new Answer.Known(schema)), avro(schema));

    assertThat(json).isInstanceOf(Mapped.Admitted.class).isEqualTo(csv).isEqualTo(avro);
  }

  @Test
  void aFeedNamesItsDecoder() {
    SchemaLookup nothing = id -> new Answer.Unknown();
    String csv =
        with(
            MINIMAL,
            "predictions\n  format: json",
            "predictions\n  format: csv\n  columns: [id, at, model, score, sex]");
    Monitor monitor = monitor(csv);

    RowDecoder decoder = RowDecoder.of(monitor.predictions().get(0).feed(), nothing);

    assertThat(map(monitor, decoder, utf8("1,2026-01-01,ranker,x,F")))
        .hasToString(
            "Rejected[reason=BAD_SCORE, detail=score: expected a number of [0.0, 1.0], was not a"
                + " number]");
    assertThat(map(monitor, decoder, utf8("1,,ranker,0.1,F"))).asString().contains("MISSING_FIELD");
  }

  @ParameterizedTest
  @CsvSource({"compas_general,7214,7214", "acs_designed,60183,58782"})
  void everyRecordOfTheRealDataIsAdmitted(String name, int predictions, int labels)
      throws IOException {
    Path data = Path.of(System.getProperty("shared.dir"), "data", name);
    assumeTrue(Files.isDirectory(data), "no data in shared.dir");
    Monitor monitor =
        MonitorFile.read(Path.of("..", "..", "e2e", "monitors", name + ".yaml")).orThrow();
    SchemaLookup nothing = id -> new Answer.Unknown();

    long admittedPredictions =
        admitted(
            Mapping.ofPredictions(
                monitor, 0, KEY, RowDecoder.of(monitor.predictions().get(0).feed(), nothing)),
            data.resolve("predictions.csv.gz"));
    long admittedLabels =
        admitted(
            Mapping.ofLabels(monitor, KEY, RowDecoder.of(monitor.labels().feed(), nothing)),
            data.resolve("labels.csv.gz"));

    assertThat(admittedPredictions).isEqualTo(predictions);
    assertThat(admittedLabels).isEqualTo(labels);
  }

  private static long admitted(Mapping mapping, Path file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .skip(1)
          .map(line -> mapping.map(new Incoming(0, TIME, null, utf8(line))))
          .filter(mapped -> mapped instanceof Mapped.Admitted)
          .count();
    }
  }
}
