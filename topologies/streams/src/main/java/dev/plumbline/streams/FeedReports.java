package dev.plumbline.streams;

import dev.plumbline.state.health.FeedReport;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the readers of all input partitions said last, whichever instance they are in, and whether
 * this instance was told to stop. Written and read by several threads.
 */
final class FeedReports {

  private final ConcurrentMap<Integer, FeedReport> last = new ConcurrentHashMap<>();
  private final AtomicInteger merges = new AtomicInteger();
  private final AtomicInteger goodbyes = new AtomicInteger();
  private volatile boolean isStopping;

  /** A reader said something; the later word of a partition stands. */
  void hear(FeedReport report) {
    last.merge(report.partition(), report, (before, now) -> before.at() > now.at() ? before : now);
  }

  /** Returns the last word on each partition. */
  Collection<FeedReport> all() {
    return List.copyOf(last.values());
  }

  /** A merge begins in this instance. */
  void merging() {
    merges.incrementAndGet();
  }

  /** A merge of this instance has gone. */
  void gone() {
    merges.decrementAndGet();
  }

  /** The instance was told to stop: its merges shall say so. */
  void stop() {
    isStopping = true;
  }

  /** Whether the instance was told to stop. */
  boolean isStopping() {
    return isStopping;
  }

  /** A merge has said that the monitor was told to stop. */
  void saidGoodbye() {
    goodbyes.incrementAndGet();
  }

  /** Whether every merge of this instance has said so. */
  boolean haveAllSaidGoodbye() {
    return goodbyes.get() >= merges.get();
  }
}
