package dev.plumbline.e2e.purity;

import dev.plumbline.testkit.Plan;
import java.util.Locale;

/** What is read by processes that are killed. Each makes the same of it. */
enum KilledInput {
  /** One process alone has most of it before it when it is killed for the last time. */
  SHORT(1500),

  /** Two processes that are held up have enough to do until they are killed for the last time. */
  LONG(4000);

  private static final long SEED = 3;

  private final int events;

  KilledInput(int events) {
    this.events = events;
  }

  /** The monitor of this name that reads it. */
  GeneratedMonitor monitor(String name) {
    String topics = "killed-" + name().toLowerCase(Locale.ROOT);
    return GeneratedMonitor.of(name, topics, Plan.of(SEED).withEvents(events));
  }
}
