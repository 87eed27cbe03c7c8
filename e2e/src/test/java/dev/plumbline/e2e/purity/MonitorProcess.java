package dev.plumbline.e2e.purity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.streams.StreamsMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Main class of a process that runs one instance of a monitor, which may stall in the midst of a
 * transaction and then waits to be killed, or to be told to go on. It ends by itself when its
 * standard input does.
 */
final class MonitorProcess implements WatchedSteps.Watcher {

  /** What the process says whenever a step of it has been flushed. */
  static final String WORKS = "works";

  /** What the process says when it has stalled. */
  static final String STALLED = "stalled";

  /** What the process is told to stall when a step has been flushed the next time. */
  static final char STALL = 's';

  /** What the process is told to go on where it has stalled, for good. */
  static final char GO_ON = 'g';

  /** What the process is told to be held up no longer. */
  static final char HURRY = 'h';

  static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(4);

  private final Orders orders;
  private final Pace pace;
  private final AtomicInteger passes = new AtomicInteger();
  private final AtomicBoolean hasStalled = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean mustStall;

  private MonitorProcess(Orders orders) {
    this.orders = orders;
    this.pace = new Pace(orders.isSlow());
  }

  public static void main(String[] args) throws IOException {
    Orders orders = Orders.parse(args);
    MonitorProcess process = new MonitorProcess(orders);
    process.start(orders.monitor());
    for (int word = System.in.read(); word >= 0; word = System.in.read()) {
      if (word == STALL) {
        process.mustStall = true;
      } else if (word == GO_ON) {
        process.mustStall = false;
        process.end.countDown();
      } else if (word == HURRY) {
        process.pace.free();
      }
    }
    Runtime.getRuntime().halt(0);
  }

  private void start(GeneratedMonitor monitor) {
    var unused =
        StreamsMonitor.start(
            new WatchedSteps(monitor.steps(this::map), this),
            published -> {
              pass();
              return Fact.encode(published);
            },
            Settings.of(
                    monitor, orders.bootstrap(), Path.of(orders.stateFolder()), TRANSACTION_LIMIT)
                .withBatch(orders.input().batch())
                .withThreads(orders.threads())
                .withCommitInterval(COMMIT_INTERVAL)
                .untilEnd());
  }

  private void map() {
    pace.run();
    pass();
  }

  /** Called with each record that is mapped or about to be published. */
  private void pass() {
    if (passes.incrementAndGet() > orders.stallAfter()) {
      stall();
    }
  }

  @Override
  public void flushed(String step) {
    if (mustStall) {
      stall();
    }
    say(WORKS);
  }

  @Override
  public void restoring(String step) {
    if (orders.stallsRestoring() && step.startsWith("join-")) {
      stall();
    }
  }

  private void stall() {
    if (hasStalled.compareAndSet(false, true)) {
      say(STALLED);
    }
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(
          "a stalled process is killed or told to go on, not interrupted", e);
    }
  }

  private static void say(String word) {
    System.out.writeBytes((word + System.lineSeparator()).getBytes(UTF_8));
    System.out.flush();
  }
}
