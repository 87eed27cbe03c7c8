package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayProblemsTest {

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Recorded recorded;

  @BeforeEach
  void record() throws IOException {
    recorded = Recorded.in(folder);
  }

  @Test
  void anOutputThatIsAFileIsWrongUsage() throws IOException {
    Files.writeString(recorded.output("taken"), "something");

    Shell shell = recorded.replay(recorded.monitor(), "taken", "memory");

    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err()).contains("--output: expected a folder").contains("name another");
    assertThat(recorded.output("taken")).hasContent("something");
  }

  @Test
  void aColumnThatIsNotThereIsNamedWithTheNearestBeforeAnythingIsWritten() throws IOException {
    Path monitor = edited("id: id", "id: application.id");
    replaceHeader("id,at", "app_id,at");

    Shell shell = recorded.replay(monitor, "out", "memory");

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err().lines().findFirst().orElseThrow())
        .contains("predictions.csv:1: expected a column application.id")
        .contains("predictions.fields.id")
        .endsWith("did you mean app_id?");
    assertThat(recorded.output("out")).doesNotExist();
  }

  @Test
  void columnsOfRecordKeysHeadersAndConditionsMustBeThereToo() throws IOException {
    Path keyed = recorded.keyed();
    replaceHeader("kafka_key", "key");
    Files.writeString(
        keyed,
        Files.readString(keyed)
            .replaceAll("columns: .*\n", "\n")
            .replace("{header: ref}", "{header: reference}")
            .replaceFirst("  format: csv", "  format: csv\n  where: {channel: web}"));

    Shell shell = recorded.replay(keyed, "out", "memory");

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err())
        .contains("expected a column kafka_key, as predictions.fields.id says")
        .contains("expected a column kafka_header.reference, as labels.fields.id says")
        .contains("did you mean kafka_header.ref?")
        .contains("expected a column channel, as predictions.where.channel says");
  }

  @Test
  void filesThatAreSwappedAreToldFromMissingColumns() {
    Shell shell =
        Shell.run(
            "replay",
            "--monitor",
            recorded.monitor(),
            "--predictions",
            recorded.labels(),
            "--labels",
            recorded.predictions(),
            "--output",
            recorded.output("out"));

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err()).contains("swap --predictions and --labels");
    assertThat(shell.err().lines()).hasSize(1);
  }

  @Test
  void rowsThatAreNotInOrderOfTimeAreToldWithTheRemedy() throws IOException {
    Files.writeString(
        recorded.predictions(), inOrder(recorded.predictions(), Collections::reverse));

    Shell shell = recorded.replay(recorded.monitor(), "out", "memory");

    assertThat(shell.err())
        .containsPattern("warning: .*predictions.csv: [0-9]+ of 801 records are late; ")
        .contains("sort them by predictions.fields.time");
  }

  @Test
  void aReplayThatAcceptsNothingEndsWithACodeOfItsOwn() throws IOException {
    Shell shell = recorded.replay(edited("action, map: {D:", "action, map: {N:"), "out", "memory");
    Path others = edited("{constant: m}", "{constant: another}");
    Shell other = recorded.replay(others, "out", "memory");

    assertThat(shell.err()).contains("are rejected (unmapped_value); the details in rejects say");
    assertThat(other.exitCode()).isEqualTo(5);
    assertThat(other.err())
        .contains("records are other; add their model to models")
        .contains("predictions.csv: no prediction was accepted");
  }

  @Test
  void theSummaryAddsUpAndNamesSeriesAndAlerts() {
    Shell shell = recorded.replay(recorded.monitor(), "out", "memory");

    assertThat(shell.out())
        .contains("predictions.csv: 801 read = 800 accepted + 1 rejected (bad_score)")
        .containsPattern("of these 800 accepted = [0-9]+ labelled")
        .containsPattern("model m: [0-9]+ of 6 series armed by the reference 2026-01-01T00:00:00Z")
        .contains("departed: selection of sex=F")
        .containsPattern("open .*  m +selection +sex=F +up ");
    assertThat(shell.err()).doesNotContain("warning");
  }

  @Test
  void whereNoSeriesArmsItSaysHowOneDoes() throws IOException {
    List<String> rows = rows(recorded.predictions());
    Files.writeString(
        recorded.predictions(), String.join("\r\n", rows.subList(0, 1 + rows.size() / 8)) + "\r\n");

    Shell shell = recorded.replay(recorded.monitor(), "out", "memory");

    assertThat(shell.out())
        .contains("alerts: none")
        .contains("a series is armed by a reference with at least 200 of its events");
  }

  @Test
  void whatTheJoinRejectsSaysWhatHappenedAndWhatToDo() throws IOException {
    recorded.replay(recorded.monitor(), "out", "memory");

    assertThat(Files.readAllLines(recorded.output("out").resolve("rejects.jsonl")))
        .filteredOn(line -> line.contains("\"reason\":\"orphan\""))
        .isNotEmpty()
        .allMatch(line -> line.contains("no prediction of this id came in time; check that"));
  }

  private Path edited(String from, String to) throws IOException {
    String text = Files.readString(recorded.monitor());
    assertThat(text).contains(from);
    return Files.writeString(
        folder.resolve("edited.yaml"),
        text.replaceFirst(Pattern.quote(from), to).replaceAll("columns: .*\n", "\n"));
  }

  private void replaceHeader(String from, String to) throws IOException {
    Files.writeString(
        recorded.predictions(), Files.readString(recorded.predictions()).replaceFirst(from, to));
  }

  private interface Order {
    void apply(List<String> rows);
  }

  private static String inOrder(Path file, Order order) throws IOException {
    List<String> rows = new ArrayList<>(rows(file));
    order.apply(rows.subList(1, rows.size()));
    return String.join("\r\n", rows) + "\r\n";
  }

  /** Rows, which may extend over several lines. */
  private static List<String> rows(Path file) throws IOException {
    return List.of(Files.readString(file).split("\r\n", -1)).stream()
        .filter(row -> !row.isEmpty())
        .toList();
  }
}
