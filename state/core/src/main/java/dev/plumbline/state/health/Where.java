package dev.plumbline.state.health;

import java.util.Comparator;

/**
 * What a condition is about.
 *
 * @param model a model, or empty
 * @param topic an input topic, or empty
 * @param partition a partition of the topic, or {@link #ALL}
 * @param attribute an attribute, or empty
 */
public record Where(String model, String topic, int partition, String attribute)
    implements Comparable<Where> {

  /** Stands for all partitions. */
  public static final int ALL = -1;

  private static final Comparator<Where> ORDER =
      Comparator.comparing(Where::model)
          .thenComparing(Where::topic)
          .thenComparingInt(Where::partition)
          .thenComparing(Where::attribute);

  /** A topic. */
  public static Where ofTopic(String topic) {
    return new Where("", topic, ALL, "");
  }

  /** A partition of a topic. */
  public static Where ofPartition(String topic, int partition) {
    return new Where("", topic, partition, "");
  }

  /** A model. */
  public static Where ofModel(String model) {
    return new Where(model, "", ALL, "");
  }

  /** An attribute of a model's predictions. */
  public static Where ofAttribute(String model, String attribute) {
    return new Where(model, "", ALL, attribute);
  }

  @Override
  public int compareTo(Where other) {
    return ORDER.compare(this, other);
  }
}
