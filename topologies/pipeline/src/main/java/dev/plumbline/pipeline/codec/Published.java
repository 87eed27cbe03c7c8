package dev.plumbline.pipeline.codec;

import dev.plumbline.schemas.Topic;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.Health;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.Reject;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record for an output topic.
 *
 * @param key text key; all revisions of one statement share it
 * @param timestamp Kafka timestamp, epoch milliseconds, a function of the input; of health records
 *     the wall clock
 * @param id CloudEvents id: a hash of what the record says, never random
 */
public record Published(
    Output output, String key, SpecificRecord value, long timestamp, String id) {

  /** The output topics. */
  public enum Output {
    METRICS(Topic.METRICS, Metrics.class),
    ALERTS(Topic.ALERTS, Alert.class),
    REJECTS(Topic.REJECTS, Reject.class),
    AUDIT(Topic.AUDIT, Audit.class),
    /** By the wall clock: no part of what a replay repeats. */
    HEALTH(Topic.HEALTH, Health.class);

    private final Topic topic;
    private final Class<? extends SpecificRecord> type;

    Output(Topic topic, Class<? extends SpecificRecord> type) {
      this.topic = topic;
      this.type = type;
    }

    /** Its place in the contract. */
    public Topic topic() {
      return topic;
    }

    /** Class of its records. */
    public Class<? extends SpecificRecord> type() {
      return type;
    }
  }
}
