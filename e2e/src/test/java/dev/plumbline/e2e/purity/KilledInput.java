package dev.plumbline.e2e.purity;

import dev.plumbline.testkit.Plan;
import java.util.Locale;

/** What is read by processes that are killed. Each makes the same of it. */
enum KilledInput {
  /** One process alone has most of it before it when it is killed for the last time. */
  SHORT(1500, Settings.BATCH),

  /** Two processes that are held up have enough to do until they are killed for the last time. */
  LONG(4000, Settings.BATCH),

  /** All of it is state until the end. */
  BACKLOG(2_200_000, 10_000);

  private static final long SEED = 3;

  private final int events;
  private final int batch;

  KilledInput(int events, int batch) {
    this.events = events;
    this.batch = batch;
  }

  /** Records of a batch. */
  int batch() {
    return batch;
  }

  /** The stream of {@link #BACKLOG}. */
  static Backlog backlog() {
    return new Backlog(BACKLOG.events);
  }

  /** The monitor of this name that reads it. */
  GeneratedMonitor monitor(String name) {
    if (this == BACKLOG) {
      return backlog().monitor(name);
    }
    String topics = "killed-" + name().toLowerCase(Locale.ROOT);
    return GeneratedMonitor.of(name, topics, Plan.of(SEED).withEvents(events));
  }
}
