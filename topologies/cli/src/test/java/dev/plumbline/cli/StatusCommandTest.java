package dev.plumbline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.plumbline.cli.kafka.Feeder;
import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} and {@code alerts} say of a replay's files and of a live run's topics. */
@Timeout(180)
final class StatusCommandTest {

  private static final long LOOK_MILLIS = 500;

  private final Leftovers leftovers = new Leftovers();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Recorded recorded;

  @BeforeEach
  void record() throws IOException {
    recorded = Recorded.in(folder);
  }

  @AfterEach
  void stop() {
    leftovers.close();
  }

  @Test
  void filesOfAReplayTellAlertsAndStatus() throws IOException {
    recorded.replay(recorded.monitor(), "out", "memory");
    Path out = recorded.output("out");

    Shell alerts = Shell.run("alerts", "--output", out);
    Shell json = Shell.run("alerts", "--open", "--json", "--output", out, "--name", "small");
    Shell others = Shell.run("alerts", "--output", out, "--name", "other");
    Shell status = Shell.run("status", recorded.monitor(), "--all", "--output", out);

    assertThat(alerts.exitCode()).isZero();
    assertThat(alerts.out())
        .contains("alerts: 1 opened, 0 resolved, 1 open")
        .containsPattern("2026-01-0[0-9T:]+Z +2026-01-0[0-9T:]+Z +open .* selection +sex=F +up ");
    assertThat(Files.readAllLines(out.resolve("alerts.jsonl"))).contains(json.out().strip());
    assertThat(others.out().strip()).isEqualTo("alerts: none");
    assertThat(status.exitCode()).isZero();
    assertThat(status.out())
        .containsPattern("model m: 4 of 6 series armed by the reference .* \\(600 predictions")
        .contains("1 departed: selection of sex=F")
        .contains("undecided, unarmed (until there is a longer reference): tpr of sex=")
        .containsPattern("small.predictions: 801 read = 800 accepted \\[99.9 %\\] \\+ 1 rejected")
        .contains("books of the last closed pane, which ended at 2026-01-")
        .containsPattern("small.labels: 0 read = [0-9]+ orphan - [0-9]+ waiting")
        .contains("lag: not known from files");
  }

  @Test
  void anAlertIsFollowedByItsOwner() throws IOException {
    String text = Files.readString(recorded.monitor());
    Files.writeString(recorded.monitor(), text + "owner: {team: lending-ml, tier: 1}\n");
    recorded.replay(recorded.monitor(), "out", "memory");
    Path out = recorded.output("out");
    String told = Shell.run("alerts", "--output", out).out();

    assertThat(told).containsPattern(" selection +sex=F .*\\R  owner: team lending-ml, tier 1\\R");
    assertThat(Shell.run("alerts", "--json", "--output", out).out())
        .contains("\"owner\":{\"team\":\"lending-ml\",\"tier\":\"1\",\"runbook\":\"\"}");

    Path file = out.resolve("alerts.jsonl");
    Files.writeString(file, Files.readString(file).replaceAll(",\"owner\":\\{[^}]*}", ""));

    assertThat(Shell.run("alerts", "--output", out).out())
        .as("of a replay that knew no owner")
        .isEqualTo(told.replaceAll("  owner: .*\\R", ""));
  }

  /** Here nothing has been encoded before, so that Avro trusts our classes. */
  @Test
  void aProcessOfItsOwnReadsThemToo() throws Exception {
    recorded.replay(recorded.monitor(), "out", "memory");

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Plumbline.class.getName(),
                "status",
                recorded.monitor().toString(),
                "--output",
                recorded.output("out").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(said).contains("1 departed: selection of sex=F");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void ofAnotherMonitorFileNothingIsKnown() throws IOException {
    recorded.replay(recorded.monitor(), "out", "memory");
    Files.writeString(
        recorded.monitor(), Files.readString(recorded.monitor()).replace("cap: 4", "cap: 5"));

    Shell status = Shell.run("status", recorded.monitor(), "--output", recorded.output("out"));

    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.out())
        .contains("records of other contents of this monitor file are left out")
        .contains("nothing is published yet");
  }

  @Test
  void noNumberOfFewerThanMayBePublishedIsTold() throws IOException {
    String text = Files.readString(recorded.monitor());
    Files.writeString(recorded.monitor(), text.replace("publish_min: 1,", "publish_min: 500,"));
    recorded.replay(recorded.monitor(), "out", "memory");
    Path out = recorded.output("out");

    assertThat(Shell.run("status", recorded.monitor(), "--output", out).out())
        .contains("(600 predictions, fewer than 500 labels)");
    assertThat(Shell.run("alerts", "--output", out).out())
        .containsPattern("open +withheld +m +selection +sex=F +up +withheld +0\\.[0-9]+ ");
  }

  @Test
  void withoutASourceOrWithABrokenOneItSaysWhatIsExpected() throws IOException {
    Files.writeString(folder.resolve("alerts.jsonl"), "{\"phase\":\"ODD\"}\n");

    assertThat(Shell.run("alerts").exitCode()).isEqualTo(2);
    assertThat(Shell.run("alerts").err()).contains("--schema-registry-url, or --output with");
    assertThat(Shell.run("alerts", "--output", folder).err())
        .contains("alerts.jsonl:1: expected a line that plumbline replay wrote");
    assertThat(Shell.run("status", recorded.monitor(), "--output", folder).err())
        .contains("audit.jsonl: expected a file that plumbline replay wrote");
  }

  @Test
  void topicsOfALiveRunTellThemAndTheLag() throws Exception {
    Platform platform = Platform.start(leftovers);
    platform.create(List.of("small.predictions", "small.labels"), 1);
    List<Object> where =
        List.of(
            "--bootstrap-servers",
            platform.bootstrapServers(),
            "--schema-registry-url",
            platform.registryUrl());
    List<Object> status = with(where, "status", recorded.monitor());

    Shell before = Shell.run(status.toArray());
    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.err()).contains("topic plumbline.audit: expected an output of plumbline run");

    feed(platform);
    List<String> run =
        with(where, "run", "--monitor", recorded.monitor()).stream().map(Object::toString).toList();
    try (LiveShell shell = LiveShell.start(run.toArray(String[]::new))) {
      Shell alerts = Shell.run();
      Shell told = Shell.run();
      while (!alerts.out().contains("\"phase\":\"OPEN\"") || !told.out().contains(", 0 behind")) {
        assertThat(shell.isAlive()).as(shell.err() + shell.log()).isTrue();
        Thread.sleep(LOOK_MILLIS);
        alerts = Shell.run(with(where, "alerts", "--open", "--json").toArray());
        told = Shell.run(status.toArray());
      }

      assertThat(new ObjectMapper().readTree(alerts.out()).at("/series/subgroup").asText())
          .isEqualTo("sex=F");
      assertThat(told.out())
          .contains("departed: selection of sex=F")
          .contains("lag of consumer group plumbline-small")
          .containsPattern("small.predictions 0, 0 behind \\(read to 801 of 801\\); passed 20\\S+Z")
          .containsOnlyOnce(", panes wait for it");
    }
  }

  private static List<Object> with(List<Object> where, Object... words) {
    List<Object> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(where);
    return all;
  }

  /** Writes the recorded rows as a producer would, with their times as timestamps. */
  private void feed(Platform platform) throws IOException {
    String labels;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(recorded.labels()))) {
      labels = new String(in.readAllBytes(), UTF_8);
    }
    try (Feeder feeder = platform.feeder()) {
      for (String row : Files.readString(recorded.predictions()).split("\r\n", -1)) {
        if (!row.isEmpty() && !row.startsWith("id,")) {
          send(feeder, "small.predictions", row.split(",", -1)[1], row);
        }
      }
      for (String row : labels.lines().skip(1).toList()) {
        String[] cells = row.split(",", -1);
        send(feeder, "small.labels", cells[0], cells[1] + "," + cells[0] + "," + cells[2]);
      }
      feeder.flush();
    }
  }

  private static void send(Feeder feeder, String topic, String at, String row) {
    long time = Instant.parse(at).toEpochMilli();
    feeder.send(new ProducerRecord<>(topic, 0, time, null, row.getBytes(UTF_8)));
  }
}
