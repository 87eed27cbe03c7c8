package dev.plumbline.e2e.purity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes with a large state are killed, in the midst of a transaction and while they read it
 * from the changelog; nothing of it can be seen in the outputs.
 */
@Timeout(300)
final class BacklogTest {

  private static final String NAME = "backlog";

  /** Least size of the state when a process is killed, as the changelogs of the joins have it. */
  private static final long LARGE = 64L << 20;

  private final EmbeddedBroker broker = EmbeddedBroker.start(Settings.BROKER);
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  private final Orders orders = Orders.of(broker.bootstrapServers(), NAME, KilledInput.BACKLOG);
  private final GeneratedMonitor monitor = orders.monitor();
  private final Transactions transactions = new Transactions(admin, monitor);

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    admin.close();
    broker.close();
  }

  @Test
  void killsWithALargeStateAndWhileItIsRestoredChangeNothing() throws Exception {
    new InputTopics(broker.bootstrapServers(), monitor).create(admin);
    KilledInput.backlog().write(broker.bootstrapServers(), monitor);
    Revisions expected = Revisions.ofInterpreter(monitor, KilledInput.backlog()::runToEnd);

    try (Victim first = start("first", orders)) {
      while (transactions.changelogBytes("join") < LARGE) {
        first.awaitWork();
        TimeUnit.MILLISECONDS.sleep(MonitorProcess.COMMIT_INTERVAL.toMillis());
      }
      first.stall();
      TimeUnit.MILLISECONDS.sleep(MonitorProcess.COMMIT_INTERVAL.toMillis());
    }
    Set<Long> killed = transactions.producers();
    try (Victim second = start("second", orders.stallingWhileRestored())) {
      second.awaitStall();
    }
    try (Victim last = start("last", orders);
        OutputTopics outputs = new OutputTopics(broker.bootstrapServers(), monitor)) {
      assertThat(outputs.readSome().size()).isLessThan(expected.size());
      outputs.readAll(expected.size(), last::isAlive).assertSameAs(expected);
    }
    assertThat(transactions.aborted()).containsAnyElementsOf(killed);
  }

  private Victim start(String name, Orders orders) throws Exception {
    return Victim.start(orders.in(folder.resolve(name).toString()));
  }
}
