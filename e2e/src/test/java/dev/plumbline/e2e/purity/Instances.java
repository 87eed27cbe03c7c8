package dev.plumbline.e2e.purity;

import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.streams.SharedReading;
import dev.plumbline.streams.StreamsMonitor;
import dev.plumbline.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.KafkaStreams.State;

/** The instances of one monitor within this process. */
final class Instances implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(20);

  private final GeneratedMonitor monitor;
  private final String bootstrap;
  private final Path folder;
  private final List<StreamsMonitor> all = new ArrayList<>();
  private Optional<SharedReading> shared = Optional.empty();

  Instances(GeneratedMonitor monitor, String bootstrap, Path folder) {
    this.monitor = monitor;
    this.bootstrap = bootstrap;
    this.folder = folder;
  }

  /** Starts an instance. */
  StreamsMonitor start(Pace pace, UnaryOperator<StreamsSettings> changes) {
    return start(monitor.steps(pace), changes);
  }

  /** Has the inputs read once for all instances that are started later. */
  void shareReading() {
    shared = Optional.of(SharedReading.start(Map.of("bootstrap.servers", bootstrap)));
  }

  /** Starts an instance that runs these steps. */
  StreamsMonitor start(Steps steps, UnaryOperator<StreamsSettings> changes) {
    Path state = folder.resolve(monitor.name() + "-" + all.size());
    StreamsSettings settings =
        changes.apply(Settings.of(monitor, bootstrap, state, TRANSACTION_LIMIT));
    StreamsMonitor instance =
        shared
            .map(reading -> StreamsMonitor.start(steps, Fact::encode, settings, reading))
            .orElseGet(() -> StreamsMonitor.start(steps, Fact::encode, settings));
    all.add(instance);
    return instance;
  }

  /**
   * Waits until something is so.
   *
   * @param what says what was awaited, if it does not come
   */
  void await(Object what, BooleanSupplier isSo) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!isSo.getAsBoolean()) {
      if (System.nanoTime() > deadline || !areWell()) {
        throw new AssertionError("expected: " + what + "; instances: " + this);
      }
      TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
    }
  }

  /** Whether none has stopped by itself. */
  boolean areWell() {
    return all.stream().noneMatch(instance -> instance.state() == State.ERROR);
  }

  @Override
  public void close() {
    all.forEach(StreamsMonitor::close);
    shared.ifPresent(SharedReading::close);
  }

  @Override
  public String toString() {
    return all.stream().map(i -> i.state() + " " + i.problem()).toList().toString();
  }
}
