package dev.plumbline.pipeline.codec;

import dev.plumbline.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record for an output topic.
 *
 * @param key text key; all revisions of one statement share it
 * @param timestamp Kafka timestamp, epoch milliseconds, a function of the input
 * @param id CloudEvents id: a hash of what the record says, never random
 */
public record Published(
    Output output, String key, SpecificRecord value, long timestamp, String id) {

  /** The output topics. */
  public enum Output {
    METRICS(Topic.METRICS),
    ALERTS(Topic.ALERTS),
    REJECTS(Topic.REJECTS),
    AUDIT(Topic.AUDIT);

    private final Topic topic;

    Output(Topic topic) {
      this.topic = topic;
    }

    /** Its place in the contract. */
    public Topic topic() {
      return topic;
    }
  }
}
