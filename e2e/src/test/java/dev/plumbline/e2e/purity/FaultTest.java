package dev.plumbline.e2e.purity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.embedded.EmbeddedBroker;
import dev.plumbline.streams.StreamsSettings;
import dev.plumbline.testkit.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionListing;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real steps fail where most is at stake: when they have been flushed and nothing of that is
 * committed, and while they are restored after it. Nothing of it can be seen in the outputs.
 */
@Timeout(300)
final class FaultTest {

  private static final int EVENTS = 1500;
  private static final String PLANTED = "planted";

  /** Less than a record takes while faults are left, so that each of them can come early. */
  private static final Duration COMMIT_INTERVAL = Duration.ofMillis(5);

  private static final EmbeddedBroker BROKER = EmbeddedBroker.start(Settings.BROKER);
  private static final String BOOTSTRAP = BROKER.bootstrapServers();
  private static final Admin ADMIN = Admin.create(Map.of("bootstrap.servers", BOOTSTRAP));
  private static final GeneratedMonitor HOSTILE =
      GeneratedMonitor.of("faults", "faults", Plan.of(5).withEvents(EVENTS));
  private static final InputTopics INPUT = new InputTopics(BOOTSTRAP, HOSTILE);

  @TempDir private Path folder;

  @BeforeAll
  static void writeInput() throws Exception {
    INPUT.create(ADMIN);
    INPUT.write(INPUT.partitions());
  }

  @AfterAll
  static void stop() {
    ADMIN.close();
    BROKER.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void faultsBetweenFlushAndCommitAndWhileRestoringLoseAndDoubleNothing(int threads)
      throws Exception {
    GeneratedMonitor monitor = HOSTILE.named("faults-" + threads);
    Revisions expected = Revisions.ofInterpreter(monitor, INPUT, true);
    Pace pace = new Pace(true);
    Faults faults = new Faults(monitor);
    try (Instances instances = new Instances(monitor, BOOTSTRAP, folder);
        OutputTopics outputs = new OutputTopics(BOOTSTRAP, monitor)) {
      instances.start(
          new WatchedSteps(monitor.steps(pace), faults), settings -> settings(settings, threads));
      instances.await(faults, faults::haveHappened);
      pace.free();

      outputs.readAll(expected.size(), instances::areWell).assertSameAs(expected);
    }
  }

  private static StreamsSettings settings(StreamsSettings settings, int threads) {
    return settings
        .withThreads(threads)
        .withCommitInterval(COMMIT_INTERVAL)
        .retryingOn(failure -> PLANTED.equals(failure.getMessage()))
        .untilEnd();
  }

  /** What befalls a step, once. */
  private enum Fault {
    INTAKE_FAILS("intake-0"),
    JOIN_FAILS("join-0"),
    MERGE_FAILS("merge-0"),
    JOIN_IS_FENCED("join-1"),
    /** Of the state that the join had before it was fenced. */
    JOIN_FAILS_WHILE_RESTORED("join-1");

    private final String step;

    Fault(String step) {
      this.step = step;
    }
  }

  /** Faults, each of which happens at the first occasion. */
  private static final class Faults implements WatchedSteps.Watcher {
    private final String producers;
    private final Set<Fault> left = EnumSet.allOf(Fault.class);

    Faults(GeneratedMonitor monitor) {
      this.producers = "plumbline-" + monitor.name() + "-";
    }

    synchronized boolean haveHappened() {
      return left.isEmpty();
    }

    @Override
    public void flushed(String step) {
      if (happens(Fault.JOIN_IS_FENCED, step)) {
        fence();
      }
      if (happens(Fault.INTAKE_FAILS, step)
          || happens(Fault.JOIN_FAILS, step)
          || happens(Fault.MERGE_FAILS, step)) {
        throw new IllegalStateException(PLANTED);
      }
    }

    @Override
    public void restoring(String step) {
      if (isPast(Fault.JOIN_IS_FENCED) && happens(Fault.JOIN_FAILS_WHILE_RESTORED, step)) {
        throw new IllegalStateException(PLANTED);
      }
    }

    private synchronized boolean happens(Fault fault, String step) {
      return fault.step.equals(step) && left.remove(fault);
    }

    private synchronized boolean isPast(Fault fault) {
      return !left.contains(fault);
    }

    /** Fences all producers of the monitor, as successors of theirs would. */
    private void fence() {
      try {
        List<String> ids =
            ADMIN.listTransactions().all().get().stream()
                .map(TransactionListing::transactionalId)
                .filter(id -> id.startsWith(producers))
                .toList();
        assertThat(ids).isNotEmpty();
        ADMIN.fenceProducers(ids).all().get();
      } catch (ExecutionException e) {
        throw new AssertionError("the broker must fence producers", e);
      } catch (InterruptedException e) {
        throw new IllegalStateException("interrupted while producers were fenced", e);
      }
    }

    @Override
    public synchronized String toString() {
      return "none of the faults is left, were " + left;
    }
  }
}
