package dev.plumbline.schemas;

import java.util.regex.Pattern;

/**
 * How topics are named: {@code <prefix>.<suffix>} for those that others read, {@code
 * <prefix>.<monitor>.<suffix>} for the internal ones of a monitor.
 *
 * @param prefix first part of every name; {@value #DEFAULT_PREFIX} unless a replay writes elsewhere
 * @param monitor name of the monitor
 */
public record TopicNames(String prefix, String monitor) {

  /** Prefix of a monitor that does not say otherwise. */
  public static final String DEFAULT_PREFIX = "plumbline";

  /** Kafka refuses longer names. */
  private static final int MAX_LENGTH = 249;

  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

  /** Checks both parts; an illegal one is an {@link IllegalArgumentException} that names it. */
  public TopicNames {
    check("prefix", prefix);
    check("monitor", monitor);
    for (Topic topic : Topic.values()) {
      int length = name(topic, prefix, monitor).length();
      if (length > MAX_LENGTH) {
        throw new IllegalArgumentException(
            "the name of the %s topic must have at most %d characters, had %d: shorten prefix or monitor"
                .formatted(topic.suffix(), MAX_LENGTH, length));
      }
    }
  }

  /** Names with the default prefix. */
  public static TopicNames of(String monitor) {
    return new TopicNames(DEFAULT_PREFIX, monitor);
  }

  /** Name of a topic. */
  public String name(Topic topic) {
    return name(topic, prefix, monitor);
  }

  private static String name(Topic topic, String prefix, String monitor) {
    String middle = topic.internal() ? monitor + "." : "";
    return prefix + "." + middle + topic.suffix();
  }

  private static void check(String part, String text) {
    if (!LEGAL.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "%s must be letters, digits, dots, underscores or hyphens, was \"%s\""
              .formatted(part, text));
    }
  }
}
