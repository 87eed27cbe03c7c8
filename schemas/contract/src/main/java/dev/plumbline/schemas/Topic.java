package dev.plumbline.schemas;

import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Health;
import dev.plumbline.schemas.avro.Label;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.Prediction;
import dev.plumbline.schemas.avro.Reject;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * Every topic that Plumbline reads by default, writes, or keeps for itself; the only such list.
 *
 * <p>Names come from {@link TopicNames}. Nothing is deleted by time: the records of a replay carry
 * the timestamps of their day, which would be older than any retention.
 */
public enum Topic {
  /** Predictions in Plumbline's own schema: the input where a monitor file names no other. */
  PREDICTIONS(
      "predictions", "the id of the prediction, as text", Cleanup.DELETE, Prediction.SCHEMA$),
  /** Labels in Plumbline's own schema: the input where a monitor file names no other. */
  LABELS("labels", "the id of the prediction, as text", Cleanup.DELETE, Label.SCHEMA$),
  /** Counters and metrics of windows and subgroups. */
  METRICS(
      "metrics",
      "monitor, model, version, window, subgroup and label age, as text",
      Cleanup.DELETE,
      Metrics.SCHEMA$),
  /**
   * Alerts; the last record of a key is the alert's state. All stay: who subscribes late, or was
   * away, must see that an alert was opened.
   */
  ALERTS("alerts", "monitor and alert id, as text", Cleanup.DELETE, Alert.SCHEMA$),
  /** Input records that were not admitted. */
  REJECTS(
      "rejects",
      "monitor, input topic, partition and offset, as text",
      Cleanup.DELETE,
      Reject.SCHEMA$),
  /** Books, verdicts, idle decisions, digests. */
  AUDIT("audit", "monitor, as text", Cleanup.DELETE, Audit.SCHEMA$),
  /**
   * What is wrong with a monitor's feeds, and its heartbeat; by the wall clock, so no part of what
   * a replay repeats. All stay, a record a minute and one for every change.
   */
  HEALTH(
      "health",
      "monitor and heartbeat; or monitor, kind, model, topic, partition and attribute, as text",
      Cleanup.DELETE,
      Health.SCHEMA$),
  /**
   * Internal: from which pane on a partition that was idle counts again. What else passes between
   * the steps travels in the repartition topics that Kafka Streams makes and purges itself.
   */
  CLOCK("clock", "the message itself", Cleanup.COMPACT),
  /** Internal: how far each input partition has come, so that none is read far ahead of another. */
  PROGRESS("progress", "the number of the input partition", Cleanup.COMPACT);

  static {
    TrustedClasses.trust(); // for whoever makes records by the schema of a topic
  }

  private final String suffix;
  private final String keyMeaning;
  private final Cleanup cleanup;

  @SuppressWarnings("ImmutableEnumChecker") // A schema is complete once parsed; nobody adds to it.
  private final Optional<Schema> schema;

  Topic(String suffix, String keyMeaning, Cleanup cleanup) {
    this(suffix, keyMeaning, cleanup, Optional.empty());
  }

  Topic(String suffix, String keyMeaning, Cleanup cleanup, Schema generated) {
    this(suffix, keyMeaning, cleanup, Optional.of(PublicSchema.of(generated)));
  }

  Topic(String suffix, String keyMeaning, Cleanup cleanup, Optional<Schema> schema) {
    this.suffix = suffix;
    this.keyMeaning = keyMeaning;
    this.cleanup = cleanup;
    this.schema = schema;
  }

  /** What happens to old records; never by time. */
  public enum Cleanup {
    /** All records stay. */
    DELETE("delete"),
    /** The last record of each key stays. */
    COMPACT("compact");

    private final String text;

    Cleanup(String text) {
      this.text = text;
    }

    /** Kafka's word for it: the value of {@code cleanup.policy}. */
    public String text() {
      return text;
    }
  }

  /** Last part of the topic's name. */
  public String suffix() {
    return suffix;
  }

  /** What the key of a record stands for. */
  public String keyMeaning() {
    return keyMeaning;
  }

  /** What happens to old records. */
  public Cleanup cleanup() {
    return cleanup;
  }

  /**
   * Schema of the values as it is registered, with its documentation; empty for the internal
   * topics, whose values are Plumbline's own blocks.
   */
  public Optional<Schema> schema() {
    return schema;
  }

  /** Whether the topic belongs to one monitor and is read by nobody else. */
  public boolean internal() {
    return schema.isEmpty();
  }

  /** Value of the CloudEvents header {@code ce_type} on this topic's records. */
  public String eventType() {
    return "dev.plumbline." + suffix + ".v1";
  }

  /**
   * Settings to create the topic with. Time stamps are the producer's, as everything that Plumbline
   * writes carries a time that follows from the log.
   */
  public Map<String, String> settings() {
    return Map.of(
        "cleanup.policy", cleanup.text(),
        "retention.ms", "-1",
        "retention.bytes", "-1",
        "message.timestamp.type", "CreateTime");
  }

  /**
   * The public topic whose values are records of this class.
   *
   * @throws IllegalArgumentException if no topic carries such records
   */
  public static Topic of(Class<? extends SpecificRecord> recordClass) {
    for (Topic topic : values()) {
      if (topic.schema.map(Schema::getFullName).equals(Optional.of(recordClass.getName()))) {
        return topic;
      }
    }
    throw new IllegalArgumentException("no topic carries records of " + recordClass.getName());
  }
}
