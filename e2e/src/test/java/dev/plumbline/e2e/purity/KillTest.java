package dev.plumbline.e2e.purity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed inside open transactions; nothing of it can be seen in the outputs. */
@Timeout(300)
final class KillTest {

  private static final String NAME = "killed";
  private static final long SEED = 3;
  private static final int EVENTS = 1500;
  private static final int KILLS = 5;

  /** Attempts for so many kills; one that happens to hit no transaction does not count. */
  private static final int ATTEMPTS = 8;

  /**
   * Records that the first process maps or publishes before it stalls, and how many more each later
   * one; all of them together are less than a third of what there is to do.
   */
  private static final int STALL = 400;

  private static final int LATER = 37;

  private static final int LOOKS = 20;
  private static final long LOOK_MILLIS = 50;

  private final EmbeddedBroker broker = EmbeddedBroker.start(Settings.BROKER);
  private final Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  private final List<Victim> started = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    started.forEach(Victim::close);
    admin.close();
    broker.close();
  }

  @Test
  void fiveKillsInsideOpenTransactionsChangeNothing() throws Exception {
    String bootstrap = broker.bootstrapServers();
    GeneratedMonitor monitor = orders(Orders.NEVER).monitor();
    InputTopics input = new InputTopics(bootstrap, monitor);
    input.create(admin);
    input.write(input.partitions());
    Transactions transactions = new Transactions(admin, monitor);

    Set<Long> killed = new TreeSet<>();
    for (int attempt = 0; killed.size() < KILLS && attempt < ATTEMPTS; attempt++) {
      Victim victim = start(orders(STALL + attempt * LATER));
      victim.awaitStall();
      awaitTransaction(transactions, killed);
      victim.close();
    }
    assertThat(killed).hasSize(KILLS);
    Victim last = start(orders(Orders.NEVER));

    Revisions expected = Revisions.ofInterpreter(monitor, input, true);
    try (OutputTopics outputs = new OutputTopics(bootstrap, monitor)) {
      outputs.readAll(expected.size(), last::isAlive).assertSameAs(expected);
    }
    assertThat(transactions.aborted()).containsAll(killed);
  }

  /**
   * Adds the producer whose transaction is open, if there is one; that of the process before may
   * still be. What was sent reaches the broker a moment later.
   */
  private static void awaitTransaction(Transactions transactions, Set<Long> killed)
      throws Exception {
    int before = killed.size();
    for (int look = 0; look < LOOKS && killed.size() == before; look++) {
      Thread.sleep(LOOK_MILLIS);
      killed.addAll(transactions.open());
    }
  }

  private Victim start(Orders orders) throws Exception {
    Victim victim = Victim.start(orders);
    started.add(victim);
    return victim;
  }

  private Orders orders(int stallAfter) {
    String state = folder.resolve(NAME + "-" + started.size()).toString();
    return new Orders(broker.bootstrapServers(), state, NAME, NAME, SEED, EVENTS, stallAfter);
  }
}
