package dev.plumbline.e2e.purity;

import dev.plumbline.streams.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Settings of the broker and of the instances: what failed is taken over soon, and partitions wait
 * for each other all the time, as batches are small and the monitor's {@code ahead} is one pane.
 */
final class Settings {

  static final Map<String, String> BROKER =
      Map.of(
          "group.min.session.timeout.ms", "1000",
          "transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");

  /** Records of a batch. */
  static final int BATCH = 25;

  private Settings() {}

  /**
   * Settings of an instance.
   *
   * @param transactionLimit how long the transaction of a killed instance stays open
   */
  static StreamsSettings of(
      GeneratedMonitor monitor, String bootstrap, Path stateFolder, Duration transactionLimit) {
    Map<String, String> clients =
        Map.of(
            "bootstrap.servers",
            bootstrap,
            "state.dir",
            stateFolder.toString(),
            "main.consumer.session.timeout.ms",
            "3000",
            "main.consumer.heartbeat.interval.ms",
            "500",
            // A thread held up with records in hand asks the group for news at half of this.
            "main.consumer.max.poll.interval.ms",
            "6000",
            "producer.transaction.timeout.ms",
            Long.toString(transactionLimit.toMillis()));
    return StreamsSettings.of(clients, monitor.outputs()).withBatch(BATCH);
  }
}
