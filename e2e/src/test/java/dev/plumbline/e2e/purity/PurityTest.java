package dev.plumbline.e2e.purity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.embedded.EmbeddedBroker;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.streams.StreamsMonitor;
import dev.plumbline.streams.StreamsSettings;
import dev.plumbline.testkit.Plan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kafka Streams publishes what the in-memory interpreter does, whatever it goes through. The
 * interpreter itself is held against the naive sorter where it lives.
 */
@Timeout(300)
final class PurityTest {

  private static final int EVENTS = 1500;

  /** Of a partition that waits: in the task's queue, beyond, and on the way when it got beyond. */
  private static final int MOST_BATCHES = 5;

  /** Records that an instance maps before something happens to it. */
  private static final int SHARE = 200;

  private static final EmbeddedBroker BROKER = EmbeddedBroker.start(Settings.BROKER);
  private static final String BOOTSTRAP = BROKER.bootstrapServers();
  private static final Admin ADMIN = Admin.create(Map.of("bootstrap.servers", BOOTSTRAP));
  private static final GeneratedMonitor HOSTILE =
      GeneratedMonitor.of("hostile", "hostile", Plan.of(1).withEvents(EVENTS));
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
  void oneInstanceWithAnyThreadsPublishesWhatTheInterpreterDoes(int threads) {
    GeneratedMonitor monitor = HOSTILE.named("threads-" + threads);
    Revisions expected = Revisions.ofInterpreter(monitor, INPUT, true);
    try (Instances instances = new Instances(monitor, BOOTSTRAP, folder);
        OutputTopics outputs = new OutputTopics(BOOTSTRAP, monitor)) {
      instances.start(new Pace(false), settings -> settings.withThreads(threads).untilEnd());

      outputs.readAll(expected.size(), instances::areWell).assertSameAs(expected);
    }
  }

  @Test
  void twoInstancesPublishWhatTheInterpreterDoes() throws Exception {
    GeneratedMonitor monitor = HOSTILE.named("two");
    Revisions expected = Revisions.ofInterpreter(monitor, INPUT, true);
    Pace one = new Pace(true);
    Pace other = new Pace(true);
    try (Instances instances = new Instances(monitor, BOOTSTRAP, folder);
        OutputTopics outputs = new OutputTopics(BOOTSTRAP, monitor)) {
      instances.start(one, StreamsSettings::untilEnd);
      instances.start(other, StreamsSettings::untilEnd);
      instances.await("both map", () -> one.mapped() > 0 && other.mapped() > 0);
      one.free();
      other.free();

      outputs.readAll(expected.size(), instances::areWell).assertSameAs(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aSecondInstanceComesAndTheFirstGoesWithinTheStream(boolean isShared) throws Exception {
    GeneratedMonitor monitor = HOSTILE.named("scaling-" + isShared);
    Revisions expected = Revisions.ofInterpreter(monitor, INPUT, true);
    Pace first = new Pace(true);
    Pace second = new Pace(true);
    try (Instances instances = new Instances(monitor, BOOTSTRAP, folder);
        OutputTopics outputs = new OutputTopics(BOOTSTRAP, monitor)) {
      if (isShared) {
        instances.shareReading();
      }
      StreamsMonitor leaving = instances.start(first, StreamsSettings::untilEnd);
      instances.await("the first maps", () -> first.mapped() > SHARE);
      instances.start(second, StreamsSettings::untilEnd);
      instances.await("the second maps", () -> second.mapped() > SHARE);
      leaving.close();
      assertThat(first.mapped() + second.mapped()).isLessThan(INPUT.size());
      second.free();

      outputs.readAll(expected.size(), instances::areWell).assertSameAs(expected);
    }
  }

  @Test
  void whatIsReadAheadOfAPartitionThatBringsNothingIsLittle() throws Exception {
    Plan plan = Plan.of(4).withEvents(EVENTS).withPartitions(2, 1);
    GeneratedMonitor monitor = GeneratedMonitor.of("ahead", "ahead", plan);
    InputTopics input = new InputTopics(BOOTSTRAP, monitor);
    input.create(ADMIN);
    input.write(List.of(0, 1));
    int most = 2 * MOST_BATCHES * Settings.BATCH;
    assertThat(input.size()).isGreaterThan(4 * most);
    Pace pace = new Pace(false);
    try (Instances instances = new Instances(monitor, BOOTSTRAP, folder);
        OutputTopics outputs = new OutputTopics(BOOTSTRAP, monitor)) {
      instances.start(pace, settings -> settings.withThreads(2));
      instances.await("both are read", () -> pace.mapped() > 2 * Settings.BATCH);
      TimeUnit.SECONDS.sleep(2);
      assertThat(pace.mapped()).isLessThanOrEqualTo(most);
      input.write(List.of(2));

      Revisions expected = Revisions.ofInterpreter(monitor, input, false);
      outputs.readAll(expected.size(), instances::areWell).assertSameAs(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aPartitionIsHeldBackUntilTheOthersAreReadToTheirEnds(int held) throws Exception {
    String name = "held-" + held;
    Plan plan = Plan.of(2).withEvents(EVENTS).withPartitions(2, 2);
    GeneratedMonitor monitor = GeneratedMonitor.of(name, name, plan);
    InputTopics input = new InputTopics(BOOTSTRAP, monitor);
    input.create(ADMIN);
    input.write(input.partitions().stream().filter(partition -> partition != held).toList());
    int others = input.size();
    Pace pace = new Pace(false);
    try (Instances instances = new Instances(monitor, BOOTSTRAP, folder);
        OutputTopics outputs = new OutputTopics(BOOTSTRAP, monitor)) {
      instances.start(pace, settings -> settings.withThreads(2).withBatch(others));
      instances.await("the others are read", () -> pace.mapped() == others);
      assertThat(outputs.readSome().size(monitor.topic(Output.ALERTS))).isZero();
      input.write(List.of(held));

      Revisions expected = Revisions.ofInterpreter(monitor, input, false);
      outputs.readAll(expected.size(), instances::areWell).assertSameAs(expected);
    }
  }
}
