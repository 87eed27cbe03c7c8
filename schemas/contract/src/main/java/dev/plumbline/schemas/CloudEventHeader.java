package dev.plumbline.schemas;

import java.util.Locale;

/**
 * Kafka headers of every record that Plumbline writes, as the CloudEvents Kafka binding names them
 * (binary mode). Values are UTF-8 text.
 */
public enum CloudEventHeader {
  /** Version of the CloudEvents specification, {@link #SPECIFICATION}. */
  SPECVERSION,
  /** Identity of the record: a hash of what it is about, the same in every replay. */
  ID,
  /** {@link Topic#eventType()}. */
  TYPE,
  /** The monitor, as a path. */
  SOURCE,
  /** A time that follows from the content, in RFC 3339. */
  TIME;

  /** Value of {@link #SPECVERSION}. */
  public static final String SPECIFICATION = "1.0";

  /** Key of the header. */
  public String key() {
    return "ce_" + name().toLowerCase(Locale.ROOT);
  }

  /** Value of {@link #SOURCE} for a monitor. */
  public static String source(String monitor) {
    return "/plumbline/monitors/" + monitor;
  }
}
