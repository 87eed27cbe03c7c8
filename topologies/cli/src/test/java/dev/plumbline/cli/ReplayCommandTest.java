package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayCommandTest {

  private static final List<String> FILES =
      List.of("metrics.jsonl", "alerts.jsonl", "rejects.jsonl", "audit.jsonl");

  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Recorded recorded;

  @BeforeEach
  void record() throws IOException {
    recorded = Recorded.in(folder);
  }

  @Test
  void theSummaryCountsEveryRecordOfBothFilesByState() {
    Shell shell = recorded.replay(recorded.monitor(), "out", "memory");

    assertThat(shell.err()).contains("rows/s").doesNotContain("defect");
    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out())
        .contains("predictions.csv: 801 read")
        .contains("800 accepted")
        .contains("1 rejected (bad_score)")
        .contains("sex=F")
        .contains("alerts: ");
  }

  @Test
  void twoReplaysWriteTheSameBytes() throws IOException {
    recorded.replay(recorded.monitor(), "one", "memory");
    recorded.replay(recorded.monitor(), "two", "memory");

    assertThat(recorded.output("one")).isDirectoryContaining(this::isMetrics);
    assertSame("one", "two");
  }

  @Test
  void bothEnginesWriteTheSameBytes() throws IOException {
    recorded.replay(recorded.monitor(), "memory", "memory");
    Shell streams = recorded.replay(recorded.monitor(), "streams", "streams");

    assertThat(streams.err()).doesNotContain("plumbline:");
    assertThat(streams.exitCode()).isZero();
    assertSame("memory", "streams");
  }

  @Test
  void bothEnginesReadKeysAndHeaders() throws IOException {
    Path keyed = recorded.keyed();

    Shell memory = recorded.replay(keyed, "memory", "memory");
    recorded.replay(keyed, "streams", "streams");

    assertThat(memory.out())
        .contains("800 accepted")
        .contains("728 read = 631 matched + 97 orphan");
    assertThat(memory.out()).doesNotContain("missing_field");
    assertSame("memory", "streams");
  }

  @Test
  void attributesComeFromAFileOfTheirOwn() throws IOException {
    Object[] words = {
      "replay",
      "--monitor",
      recorded.elsewhere(),
      "--predictions",
      recorded.predictions(),
      "--labels",
      recorded.labels(),
      "--output",
      recorded.output("people")
    };
    Object[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--attributes";
    all[words.length + 1] = recorded.people();

    assertThat(Shell.run(words).err()).contains("small.people").contains("--attributes 0");
    Shell shell = Shell.run(all);

    assertThat(shell.exitCode()).as(shell.err() + shell.out()).isZero();
    assertThat(shell.out())
        .containsPattern("people.csv: 401 read = 401 attributes")
        .contains("sex=missing");
  }

  @Test
  void everyLineIsAnObjectAndLinesStandInOrderOfTheirPanes() throws IOException {
    recorded.replay(recorded.monitor(), "out", "memory");

    List<String> panes = new ArrayList<>();
    for (String line : Files.readAllLines(recorded.output("out").resolve("metrics.jsonl"))) {
      JsonNode row = json.readTree(line);
      panes.add(row.get("pane_end").asText());
      assertThat(row.get("monitor").asText()).isEqualTo("small");
    }
    assertThat(panes).isNotEmpty().isSorted();
    JsonNode first =
        json.readTree(Files.readAllLines(recorded.output("out").resolve("audit.jsonl")).get(0));
    assertThat(first.at("/event/type").asText()).isEqualTo("MonitorStarted");
  }

  @Test
  void aRejectNamesTheFieldAndNeverTheValue() throws IOException {
    recorded.replay(recorded.monitor(), "out", "memory");

    assertThat(Files.readString(recorded.output("out").resolve("rejects.jsonl")))
        .contains("\"reason\":\"bad_score\"")
        .contains("\"offset\":800")
        .contains("score: expected a number of [0.0, 1.0]")
        .doesNotContain("out of range");
  }

  @Test
  void aReferenceThatContradictsThePolarityIsRefused() throws IOException {
    Shell shell = recorded.replay(recorded.swapped(), "out", "memory");

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.out().lines())
        .filteredOn(line -> line.startsWith("refused: "))
        .singleElement()
        .asString()
        .startsWith("refused: " + recorded.swapped() + ": model ")
        .containsPattern(": line [0-9]+: predictions\\.fields\\.score\\.high_means: expected ")
        .containsOnlyOnce("turn high_means round");
  }

  @Test
  void theCommandOfAnAlertDerivesItAgain() throws IOException {
    recorded.replay(recorded.monitor(), "out", "memory");
    List<String> alerts = Files.readAllLines(recorded.output("out").resolve("alerts.jsonl"));
    List<JsonNode> ofWomen = new ArrayList<>();
    for (String line : alerts) {
      JsonNode alert = json.readTree(line);
      if (alert.at("/series/subgroup").asText().equals("sex=F")) {
        ofWomen.add(alert);
      }
    }
    assertThat(ofWomen).isNotEmpty().allMatch(alert -> alert.at("/complement/trials").asInt() > 0);
    String command = ofWomen.get(0).get("command").asText();

    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Files.copy(recorded.monitor(), elsewhere.resolve("small.yaml"));
    Files.copy(recorded.predictions(), elsewhere.resolve("small.predictions.csv"));
    Files.copy(recorded.labels(), elsewhere.resolve("small.labels.csv"));
    Shell shell = Shell.run(in(elsewhere, command));

    assertThat(shell.exitCode()).isZero();
    assertThat(
            elsewhere
                .resolve("alert-" + ofWomen.get(0).get("alert_id").asText())
                .resolve("alerts.jsonl"))
        .hasSameBinaryContentAs(recorded.output("out").resolve("alerts.jsonl"));
  }

  /** The arguments of a command, with the names behind its options as files of a folder. */
  private static Object[] in(Path folder, String command) {
    String[] words = command.split(" ", -1);
    assertThat(words[0]).isEqualTo("plumbline");
    Object[] arguments = Arrays.copyOfRange(words, 1, words.length, Object[].class);
    for (int i = 1; i < arguments.length; i++) {
      if (words[i].startsWith("--")) {
        arguments[i] = folder.resolve(words[i + 1]);
      }
    }
    return arguments;
  }

  @Test
  void aMissingFileIsOneLineWithoutAStackTrace() throws IOException {
    Files.delete(recorded.labels());

    Shell shell = recorded.replay(recorded.monitor(), "out", "memory");

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err()).contains("labels.csv.gz: expected").contains("no such file");
    assertThat(shell.err().lines()).hasSize(1);
  }

  @Test
  void aMonitorFileWithProblemsIsNotReplayed() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "monitor: x\n");

    Shell shell = recorded.replay(broken, "out", "memory");

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err()).contains("broken.yaml:1:");
  }

  private boolean isMetrics(Path file) {
    return file.endsWith("metrics.jsonl");
  }

  private void assertSame(String one, String other) throws IOException {
    for (String file : FILES) {
      assertThat(recorded.output(other).resolve(file))
          .hasSameBinaryContentAs(recorded.output(one).resolve(file));
    }
    assertThat(recorded.output(other)).isDirectoryNotContaining("glob:**.part");
  }
}
