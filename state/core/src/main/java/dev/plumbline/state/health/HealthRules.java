package dev.plumbline.state.health;

import java.util.Set;

/**
 * When a feed is not well. Times are milliseconds of the wall clock, shares millionths.
 *
 * @param isOn whether anything is looked at
 * @param off conditions that are not looked at
 * @param heartbeat time between two heartbeats
 * @param silence a feed is silent for at least this long before it counts as stopped
 * @param timesUsual and for this many hundredths of its usual silence
 * @param learning and for this long, if it is a feed of labels in its first three days
 * @param lag how long records may wait to be read
 * @param share smallest share that is worth a word
 * @param timesShare and so many times the usual share
 * @param fewest records or predictions of which a share is taken
 * @param coverage labels are missing below this share of the usual coverage
 * @param constant so many equal scores in a row are too many
 * @param publishMin nothing is told of fewer predictions
 */
public record HealthRules(
    boolean isOn,
    Set<Condition> off,
    long heartbeat,
    long silence,
    long timesUsual,
    long learning,
    long lag,
    long share,
    long timesShare,
    long fewest,
    long coverage,
    long constant,
    int publishMin) {

  /** One as a share. */
  public static final long ONE = 1_000_000;

  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;

  /** What holds where the monitor file says nothing. */
  public static final HealthRules DEFAULT =
      new HealthRules(
          true,
          Set.of(),
          MINUTE,
          5 * MINUTE,
          150,
          26 * HOUR,
          10 * MINUTE,
          ONE / 20,
          3,
          100,
          ONE / 2,
          1000,
          20);

  /** Nothing is looked at. */
  public static final HealthRules OFF = DEFAULT.turned(false);

  public HealthRules {
    off = Set.copyOf(off);
  }

  private HealthRules turned(boolean on) {
    return new HealthRules(
        on,
        off,
        heartbeat,
        silence,
        timesUsual,
        learning,
        lag,
        share,
        timesShare,
        fewest,
        coverage,
        constant,
        publishMin);
  }
}
