package dev.plumbline.e2e.load;

import dev.plumbline.schemas.WireFormat;
import dev.plumbline.schemas.avro.Label;
import dev.plumbline.schemas.avro.Prediction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecord;

/**
 * Predictions and labels in Plumbline's own schemas, in time order: four attributes, two versions,
 * labels up to 20 hours late, so that every pane closes with labels of all ages.
 */
final class LoadTopic {

  static final String PREDICTIONS = "load.predictions";
  static final String LABELS = "load.labels";
  static final long BEGIN = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
  static final Duration SPAN = Duration.ofDays(4);

  private static final Duration LATEST = Duration.ofHours(20);
  private static final List<String> ATTRIBUTES = List.of("a", "b", "c", "d");
  private static final int[] VALUES = {4, 3, 3, 3};

  /** A record of one of the two topics. */
  @SuppressWarnings("ArrayRecordComponent") // Bytes as a topic holds them; never compared.
  record Entry(String topic, int partition, long time, byte[] value) {}

  private record Due(long time, String id, int label) {}

  private final WireFormat format;
  private final int partitions;
  private final List<Entry> entries = new ArrayList<>();

  private LoadTopic(WireFormat format, int partitions) {
    this.format = format;
    this.partitions = partitions;
  }

  /** So many predictions, and a label for nine of ten. */
  static List<Entry> of(int predictions, int partitions, WireFormat format) {
    LoadTopic topic = new LoadTopic(format, partitions);
    topic.generate(predictions);
    return topic.entries;
  }

  private void generate(int predictions) {
    SplittableRandom random = new SplittableRandom(1);
    PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> Long.compare(a.time, b.time));
    for (int i = 0; i < predictions; i++) {
      long time = BEGIN + SPAN.toMillis() * i / predictions;
      while (!due.isEmpty() && due.peek().time <= time) {
        add(due.remove());
      }
      double score = random.nextDouble();
      String id = "id-" + i;
      add(PREDICTIONS, i % partitions, time, prediction(id, time, score, random));
      if (random.nextInt(10) > 0) {
        int label = random.nextDouble() < score ? 1 : 0;
        due.add(new Due(time + random.nextLong(LATEST.toMillis()), id, label));
      }
    }
    while (!due.isEmpty()) {
      add(due.remove());
    }
  }

  private static Prediction prediction(
      String id, long time, double score, SplittableRandom random) {
    Map<String, String> attributes = new HashMap<>();
    for (int a = 0; a < VALUES.length; a++) {
      attributes.put(ATTRIBUTES.get(a), "v" + random.nextInt(VALUES[a]));
    }
    return Prediction.newBuilder()
        .setId(id)
        .setTime(Instant.ofEpochMilli(time))
        .setModel("load")
        .setVersion("v" + random.nextInt(2))
        .setScore(Math.round(score * 1e4) / 1e4)
        .setDecision(score > 0.5 ? "yes" : "no")
        .setAttributes(attributes)
        .build();
  }

  private void add(Due due) {
    Label label =
        Label.newBuilder()
            .setId(due.id)
            .setKnown(Instant.ofEpochMilli(due.time))
            .setLabel(due.label == 1 ? "good" : "bad")
            .build();
    add(LABELS, Math.floorMod(due.id.hashCode(), partitions), due.time, label);
  }

  private void add(String topic, int partition, long time, SpecificRecord value) {
    entries.add(new Entry(topic, partition, time, format.encode(topic, value)));
  }
}
