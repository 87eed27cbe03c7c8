package dev.plumbline.e2e.purity;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Counts the records that an instance maps, and holds it up at each while it is asked to. */
final class Pace implements Runnable {

  /** The whole stream takes half a minute, time enough to start another instance. */
  private static final long PAUSE_NANOS = 8_000_000;

  private final AtomicInteger mapped = new AtomicInteger();
  private volatile boolean isSlow;

  Pace(boolean isSlow) {
    this.isSlow = isSlow;
  }

  @Override
  public void run() {
    mapped.incrementAndGet();
    if (isSlow) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Records mapped so far, those mapped again after a rebalance included. */
  int mapped() {
    return mapped.get();
  }

  /** From now on the instance is not held up. */
  void free() {
    isSlow = false;
  }
}
