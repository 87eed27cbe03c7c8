package dev.plumbline.e2e.purity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.embedded.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Processes are killed inside open transactions, or stall in one until it is aborted; nothing of it
 * can be seen in the outputs.
 */
@Timeout(300)
final class KillTest {

  private static final int KILLS_OF_TWO = 3;

  /** Attempts for so many kills; one that happens to hit no transaction does not count. */
  private static final int ATTEMPTS = 10;

  /**
   * Records that the first process maps or publishes before it stalls, and how many more each later
   * one; all of them together are less than a third of what there is to do.
   */
  private static final int STALL = 400;

  private static final int LATER = 37;

  private static final EmbeddedBroker BROKER = EmbeddedBroker.start(Settings.BROKER);
  private static final String BOOTSTRAP = BROKER.bootstrapServers();
  private static final Admin ADMIN = Admin.create(Map.of("bootstrap.servers", BOOTSTRAP));
  private static final InputTopics SHORT =
      new InputTopics(BOOTSTRAP, KilledInput.SHORT.monitor(""));
  private static final InputTopics LONG = new InputTopics(BOOTSTRAP, KilledInput.LONG.monitor(""));

  private final List<Victim> started = new ArrayList<>();

  /** For each kill, the producers with a transaction that was open. */
  private final List<Set<Long>> killed = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeAll
  static void writeInput() throws Exception {
    for (InputTopics input : List.of(SHORT, LONG)) {
      input.create(ADMIN);
      input.write(input.partitions());
    }
  }

  @AfterAll
  static void stop() {
    ADMIN.close();
    BROKER.close();
  }

  @AfterEach
  void kill() {
    started.forEach(Victim::close);
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "4, 3"})
  void killsInsideOpenTransactionsChangeNothing(int threads, int kills) throws Exception {
    Orders orders =
        Orders.of(BOOTSTRAP, "killed-" + threads, KilledInput.SHORT).withThreads(threads);
    Transactions transactions = new Transactions(ADMIN, orders.monitor());

    for (int attempt = 0; killed.size() < kills && attempt < ATTEMPTS; attempt++) {
      Set<Long> before = transactions.producers();
      Victim victim = start(orders.stallingAfter(STALL + attempt * LATER));
      victim.awaitStall();
      kill(victim, transactions, before);
    }

    Victim last = start(orders);
    assertSameAsInMemory(orders.monitor(), SHORT, last);
    assertKilled(kills, transactions);
  }

  @Test
  void killsOfOneOfTwoProcessesChangeNothing() throws Exception {
    Orders orders = Orders.of(BOOTSTRAP, "killed-of-two", KilledInput.LONG).slowly();
    Transactions transactions = new Transactions(ADMIN, orders.monitor());

    Victim other = start(orders.withThreads(2));
    other.awaitWork();
    for (int attempt = 0; killed.size() < KILLS_OF_TWO && attempt < ATTEMPTS; attempt++) {
      Victim one = other;
      Set<Long> ofOne = transactions.producers();
      other = start(orders.withThreads(1 + attempt % 2));
      other.awaitWork();
      Set<Long> ofOther = transactions.producers();
      ofOther.removeAll(ofOne);
      one.stall();
      kill(one, transactions, ofOther);
      other.awaitWork();
    }
    Victim last = start(orders);
    last.awaitWork();
    other.hurry();
    last.hurry();

    assertSameAsInMemory(orders.monitor(), LONG, other, last);
    assertKilled(KILLS_OF_TWO, transactions);
  }

  @Test
  void aProcessThatOutlivesItsTransactionAndItsTasksChangesNothing() throws Exception {
    Orders orders = Orders.of(BOOTSTRAP, "outlived", KilledInput.LONG).slowly();
    Transactions transactions = new Transactions(ADMIN, orders.monitor());

    Victim one = start(orders);
    one.awaitWork();
    Set<Long> ofOne = transactions.producers();
    Victim other = start(orders);
    other.awaitWork();
    one.stall();
    while (Collections.disjoint(ofOne, transactions.aborted())) {
      Thread.sleep(MonitorProcess.COMMIT_INTERVAL.toMillis());
    }
    other.awaitWork();
    one.goOn();
    other.close();
    one.hurry();

    assertSameAsInMemory(orders.monitor(), LONG, one);
  }

  private Victim start(Orders orders) throws IOException {
    Victim victim = Victim.start(orders.in(folder.resolve("state-" + started.size()).toString()));
    started.add(victim);
    return victim;
  }

  /**
   * Kills a process that has stalled, and notes which transactions that hits. What was sent reaches
   * the broker a moment later; transactions of threads that have not stalled come and go.
   *
   * @param others producers that are not its own
   */
  private void kill(Victim victim, Transactions transactions, Set<Long> others) throws Exception {
    Thread.sleep(MonitorProcess.COMMIT_INTERVAL.toMillis());
    Set<Transactions.Open> open = transactions.open();
    Thread.sleep(2 * MonitorProcess.COMMIT_INTERVAL.toMillis());
    open.retainAll(transactions.open());
    victim.close();
    Set<Long> producers = new TreeSet<>();
    open.forEach(transaction -> producers.add(transaction.producer()));
    producers.removeAll(others);
    if (!producers.isEmpty()) {
      killed.add(producers);
    }
  }

  private void assertKilled(int kills, Transactions transactions) throws Exception {
    assertThat(killed).hasSize(kills);
    Set<Long> aborted = transactions.aborted();
    assertThat(killed).allSatisfy(producers -> assertThat(aborted).containsAll(producers));
  }

  private static void assertSameAsInMemory(
      GeneratedMonitor monitor, InputTopics input, Victim... left) {
    Revisions expected = Revisions.ofInterpreter(monitor, input, true);
    try (OutputTopics outputs = new OutputTopics(BOOTSTRAP, monitor)) {
      outputs
          .readAll(expected.size(), () -> Stream.of(left).allMatch(Victim::isAlive))
          .assertSameAs(expected);
    }
  }
}
