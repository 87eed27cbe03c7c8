package dev.plumbline.cli.demo;

import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.schemas.WireFormat;
import dev.plumbline.schemas.avro.Label;
import dev.plumbline.schemas.avro.Prediction;
import dev.plumbline.testkit.traffic.Observation;
import dev.plumbline.testkit.traffic.Traffic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Writes traffic to topics, as the systems that make predictions and learn the truth would. */
final class TrafficFeed {

  private static final double MICRO = 1e6;

  private final String predictions;
  private final String labels;
  private final WireFormat format;

  /** A feed of these two topics. */
  TrafficFeed(String predictions, String labels, WireFormat format) {
    this.predictions = predictions;
    this.labels = labels;
    this.format = format;
  }

  /** Writes everything, in order of time. */
  void write(Traffic traffic, Feeder feeder) {
    for (Observation seen : traffic) {
      feeder.send(
          seen.fold(
              scored -> row(predictions, scored, prediction(scored, traffic)),
              known -> row(labels, known, label(known))));
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
    feeder.flush();
  }

  private ProducerRecord<byte[], byte[]> row(String topic, Observation seen, SpecificRecord value) {
    return new ProducerRecord<>(
        topic,
        null,
        seen.time(),
        seen.id().getBytes(StandardCharsets.UTF_8),
        format.encode(topic, value));
  }

  private static Prediction prediction(Observation.Scored scored, Traffic traffic) {
    Map<String, String> attributes = new HashMap<>();
    for (int i = 0; i < traffic.attributes().size(); i++) {
      attributes.put(traffic.attributes().get(i).name(), scored.values().get(i));
    }
    return Prediction.newBuilder()
        .setId(scored.id())
        .setTime(Instant.ofEpochMilli(scored.time()))
        .setModel("loans")
        .setVersion("1")
        .setScore(scored.score() / MICRO)
        .setDecision(scored.decision() == 1 ? "approve" : "decline")
        .setAttributes(attributes)
        .build();
  }

  private static Label label(Observation.Known known) {
    return Label.newBuilder()
        .setId(known.id())
        .setKnown(Instant.ofEpochMilli(known.time()))
        .setLabel(known.value() == 1 ? "repaid" : "defaulted")
        .build();
  }
}
