package dev.plumbline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Decisions on credits and what became of them, as another team writes them: about 25 an hour in
 * twelve days, each with an outcome one to three days later.
 */
record ForeignInput(List<Decision> decisions) {

  static final Instant BEGIN = Instant.parse("2026-01-05T00:00:00Z");
  private static final int DAYS = 12;
  private static final int A_DAY = 600;

  /** A decision, and when its outcome was reported. */
  record Decision(
      String id,
      Instant at,
      String gender,
      int age,
      double score,
      boolean isBad,
      Instant reported) {

    String action() {
      return score > 0.5 ? "DECLINE" : "APPROVE";
    }

    String outcome() {
      return isBad ? "DEFAULTED" : "REPAID";
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"decision_id\": \"%s\", \"scored_at\": \"%s\", \"applicant\": {\"gender\": \"%s\","
              + " \"age\": %d}, \"score\": %.4f, \"action\": \"%s\"}",
          id,
          at,
          gender,
          age,
          score,
          action());
    }

    String outcomeJson() {
      return "{\"decision_id\": \"%s\", \"reported_at\": \"%s\", \"outcome\": \"%s\"}"
          .formatted(id, reported, outcome());
    }
  }

  static ForeignInput make() {
    SplittableRandom random = new SplittableRandom(11);
    long step = Duration.ofDays(1).toMillis() / A_DAY;
    List<Decision> decisions = new ArrayList<>();
    for (int i = 0; i < DAYS * A_DAY; i++) {
      Instant at = BEGIN.plusMillis(i * step);
      double score = random.nextInt(10_000) / 10_000.0;
      decisions.add(
          new Decision(
              "d-" + Long.toHexString(random.nextLong()),
              at,
              random.nextInt(3) == 0 ? "F" : "M",
              20 + random.nextInt(50),
              score,
              random.nextDouble() < score,
              at.plus(Duration.ofHours(24 + random.nextInt(48)))));
    }
    return new ForeignInput(decisions);
  }

  /** Decisions of the second day. */
  List<Decision> secondDay() {
    return decisions.subList(A_DAY, 2 * A_DAY);
  }

  /** A value behind the header of the Confluent wire format. */
  static byte[] framed(int schema, byte[] value) {
    return ByteBuffer.allocate(5 + value.length).put((byte) 0).putInt(schema).put(value).array();
  }

  static byte[] avro(int schema, GenericRecord record) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
      return framed(schema, bytes.toByteArray());
    } catch (IOException impossible) {
      throw new IllegalStateException("writing to memory failed", impossible);
    }
  }

  /** Registers a JSON Schema that allows any object; its id. */
  static int registerJsonSchema(String registry, String topic, String title)
      throws IOException, InterruptedException {
    String body =
        "{\"schemaType\": \"JSON\", \"schema\": \"{\\\"title\\\": \\\"%s\\\", \\\"type\\\": \\\"object\\\"}\"}"
            .formatted(title);
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(registry + "/subjects/" + topic + "-value/versions"))
                    .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                    .build(),
                HttpResponse.BodyHandlers.ofString(UTF_8));
    return Integer.parseInt(answer.body().replaceAll("[^0-9]", ""));
  }
}
