package dev.plumbline.e2e.purity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.plumbline.streams.StreamsMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Main class of a process that runs one instance of a monitor, which may stall in the midst of a
 * transaction and then waits to be killed. It ends by itself when its standard input does.
 */
final class MonitorProcess {

  /** What the process says when it has stalled. */
  static final String STALLED = "stalled";

  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(500);

  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(4);

  private final Orders orders;
  private final AtomicInteger passes = new AtomicInteger();

  private MonitorProcess(Orders orders) {
    this.orders = orders;
  }

  public static void main(String[] args) throws IOException {
    Orders orders = Orders.parse(args);
    MonitorProcess process = new MonitorProcess(orders);
    GeneratedMonitor monitor = orders.monitor();
    var unused =
        StreamsMonitor.start(
            monitor.steps(process::pass),
            published -> {
              process.pass();
              return Fact.encode(published);
            },
            Settings.of(
                    monitor, orders.bootstrap(), Path.of(orders.stateFolder()), TRANSACTION_LIMIT)
                .withCommitInterval(COMMIT_INTERVAL)
                .untilEnd());
    while (System.in.read() >= 0) {
      // The parent says nothing; its end is the end of the stream.
    }
    Runtime.getRuntime().halt(0);
  }

  /** Called with each record that is mapped or about to be published. */
  private void pass() {
    if (passes.incrementAndGet() > orders.stallAfter()) {
      System.out.writeBytes((STALLED + System.lineSeparator()).getBytes(UTF_8));
      System.out.flush();
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException("a stalled process is killed, not interrupted", e);
      }
    }
  }
}
