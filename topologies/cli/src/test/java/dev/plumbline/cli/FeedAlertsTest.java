package dev.plumbline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A monitor whose feeds are stopped one after another: each stop has a message of its own, which
 * ends when the feed goes on.
 */
@Timeout(180)
final class FeedAlertsTest {

  private static final long LOOK_MILLIS = 300;
  private static final String PREDICTIONS = "fed.predictions";
  private static final String LABELS = "fed.labels";
  private static final String MONITOR =
      """
      monitor: fed
      task: binary
      models: [m]
      outcome:
        positive: {label: bad, decision: decline}
        favourable_decision: approve
      predictions:
        topic: fed.predictions
        format: csv
        columns: [id, at, action, sex]
        fields:
          id: id
          time: at
          model: {constant: m}
          decision: {field: action, map: {D: decline, A: approve}}
          attributes: {sex: sex}
      labels:
        topic: fed.labels
        format: csv
        columns: [id, at, status]
        fields:
          id: id
          known: at
          label: {field: status, map: {B: bad, G: good}}
        horizon: 2d
      subgroups: {attributes: [sex]}
      windows: {pane: 1h, sizes: [1d], recall: 1h}
      reference: {from: 2026-01-01, to: 2026-01-04}
      watches:
        - performance: {metrics: [tpr, selection]}
      health:
        heartbeat: 1s
        stopped: {after: 4s, labels_at_first: 4s}
      """;

  private final Leftovers leftovers = new Leftovers();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    leftovers.close();
  }

  @Test
  void eachStopHasAMessageOfItsOwn() throws Exception {
    Path monitor = Files.writeString(folder.resolve("fed.yaml"), MONITOR);
    Platform platform = Platform.start(leftovers);
    platform.create(List.of(PREDICTIONS, LABELS), 2);
    Command status = Command.of(platform, "status", monitor);
    Command run = Command.of(platform, "run", "--monitor", monitor);
    try (Feeds feeds = new Feeds(platform.feeder());
        LiveShell shell = LiveShell.start(run.words().toArray(String[]::new))) {
      await("run begins", shell, status, "feed alerts: none open");
      TimeUnit.SECONDS.sleep(3);

      feeds.only("p0", "p1");
      await(
          "labels",
          shell,
          status,
          "labels_stopped since .*: no label has come from fed.labels for");
      assertThat(status.out()).contains("feed alerts: 1 open");
      feeds.only("p0", "p1", "l0", "l1");
      await("labels come again", shell, status, "feed alerts: none open");

      feeds.only("p0", "l0", "l1");
      await(
          "one partition",
          shell,
          status,
          "partition_stalled since .*: partition 1 of fed.predictions has brought nothing for");
      assertThat(status.out()).contains("feed alerts: 1 open");
      feeds.only("p0", "p1", "l0", "l1");
      await("it comes again", shell, status, "feed alerts: none open");

      feeds.only("l0", "l1");
      await(
          "predictions",
          shell,
          status,
          "predictions_stopped since .*: no prediction has come from fed.predictions for");
      assertThat(status.out()).contains("feed alerts: 1 open");
      assertThat(Command.of(platform, "alerts", "--open").out())
          .contains("fed: predictions_stopped since");
    }

    assertThat(status.out())
        .containsPattern("^the monitor is not running since .*: it was told to stop");
  }

  private record Command(List<String> words) {

    static Command of(Platform platform, Object... words) {
      List<String> all = new ArrayList<>();
      Arrays.stream(words).forEach(word -> all.add(word.toString()));
      all.addAll(List.of("--bootstrap-servers", platform.bootstrapServers()));
      all.addAll(List.of("--schema-registry-url", platform.registryUrl()));
      return new Command(all);
    }

    String out() {
      return Shell.run(words.toArray()).out();
    }
  }

  private static void await(String what, LiveShell shell, Command status, String pattern)
      throws InterruptedException {
    long began = System.nanoTime();
    while (!Pattern.compile(pattern).matcher(status.out()).find()) {
      assertThat(shell.isAlive()).as(shell.err() + shell.log()).isTrue();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    System.out.printf("%s: said after %d ms%n", what, (System.nanoTime() - began) / 1_000_000);
  }

  /** Producers of two topics with two partitions each; each can be stopped. */
  private static final class Feeds implements AutoCloseable {

    private static final long EVERY_MILLIS = 50;

    private final Feeder feeder;
    private final Thread thread = new Thread(this::feed, "feeds");
    private volatile Set<String> active = Set.of("p0", "p1", "l0", "l1");
    private int number;

    Feeds(Feeder feeder) {
      this.feeder = feeder;
      thread.start();
    }

    void only(String... names) {
      active = Set.of(names);
    }

    private void feed() {
      try {
        while (true) {
          for (String name : active) {
            send(name, Integer.parseInt(name.substring(1)));
          }
          feeder.flush();
          TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
        }
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
      }
    }

    private void send(String name, int partition) {
      long now = System.currentTimeMillis();
      boolean isPrediction = name.startsWith("p");
      String id = "i" + number++;
      String row =
          isPrediction
              ? id + "," + Instant.ofEpochMilli(now) + ",A," + (number % 3 == 0 ? "F" : "M")
              : "i" + (number / 2) + "," + Instant.ofEpochMilli(now) + ",G";
      feeder.send(
          new ProducerRecord<>(
              isPrediction ? PREDICTIONS : LABELS, partition, now, null, row.getBytes(UTF_8)));
    }

    @Override
    public void close() {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException interrupt) {
        Thread.currentThread().interrupt();
      }
      feeder.close();
    }
  }
}
