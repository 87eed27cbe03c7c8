package dev.plumbline.cli.fleet;

import dev.plumbline.pipeline.monitor.Monitor;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The place of one monitor in a fleet: it runs, or waits until it is tried again. */
final class Seat {

  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 300_000;

  private Monitor monitor;
  private @Nullable Running running;
  private long sinceMillis;
  private int failures;

  /** A monitor that is to be started at once. */
  Seat(Monitor monitor) {
    this.monitor = monitor;
  }

  Monitor monitor() {
    return monitor;
  }

  /** The file that the monitor was read from. */
  Path file() {
    return Path.of(monitor.source().file());
  }

  @Nullable Running running() {
    return running;
  }

  /**
   * Takes what a file of its name says.
   *
   * @param goesOn whether it says the same; if not, what ran was closed
   */
  void take(Monitor other, boolean goesOn) {
    monitor = other;
    running = goesOn ? running : null;
    failures = goesOn ? failures : 0;
  }

  /** Whether it does not run, and has waited long enough. */
  boolean isDue(long nowMillis) {
    return running == null && (failures == 0 || nowMillis - sinceMillis >= pauseMillis());
  }

  /** Whether it was started and does not work yet. */
  boolean isBeginning() {
    return running != null && !running.hasBegun() && !running.hasStopped();
  }

  /** How long it waits; doubles with each failure that comes soon after the last. */
  long pauseMillis() {
    long pause = FIRST_PAUSE_MILLIS;
    for (int i = 1; i < failures && pause < LONGEST_PAUSE_MILLIS; i++) {
      pause *= 2;
    }
    return Math.min(pause, LONGEST_PAUSE_MILLIS);
  }

  void started(Running now, long nowMillis) {
    running = now;
    sinceMillis = nowMillis;
  }

  void failed(long nowMillis) {
    boolean hadLasted = running != null && nowMillis - sinceMillis >= LONGEST_PAUSE_MILLIS;
    failures = hadLasted ? 1 : failures + 1;
    running = null;
    sinceMillis = nowMillis;
  }
}
