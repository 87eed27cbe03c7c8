package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlumblineTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"demo", "run", "validate", "replay", "topics", "status", "alerts"})
  void everyCommandHelpsWithAnExample(String command) {
    Shell shell = Shell.run(command, "--help");

    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out()).contains("Usage: plumbline " + command).contains("Example: plumbline");
  }

  @Test
  void withoutACommandItListsThemEachOnALineAndTheExitCodes() {
    Shell shell = Shell.run();

    assertThat(shell.out()).contains("  replay    Tries a monitor on recorded files.");

    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out()).contains("replay").contains("Exit codes: 0 ok");
  }

  @Test
  void aWrongOptionIsOneSentenceAndWhereToLook() {
    Shell shell = Shell.run("replay", "--monitr", "x");

    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err())
        .startsWith("plumbline: unknown option --monitr; expected one of --monitor, --predictions")
        .contains("See plumbline replay --help");
    assertThat(shell.err().lines()).hasSize(2);
  }

  @Test
  void aValidFileIsSummedUpWithItsPolarity() throws IOException {
    Shell shell = Shell.run("validate", Recorded.in(folder).monitor());

    assertThat(shell.exitCode()).isZero();
    assertThat(shell.out())
        .contains("positive is status = B; action = D is the decision that predicts it (decline);")
        .contains("; action = A is favourable (approve); a high score means bad, the positive");
  }

  @Test
  void aFolderIsNotAMonitorFile() {
    Shell shell = Shell.run("status", folder, "--output", folder);

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err()).contains("was a folder; name the file in it");
  }

  @Test
  void aFolderWithoutMonitorFilesIsNotValid() {
    Shell shell = Shell.run("validate", folder);

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err()).contains("expected monitor files *.yaml in it, was none");
  }

  @Test
  void anUnknownCommandIsNamedWithThoseThereAre() {
    Shell shell = Shell.run("reply");

    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err())
        .startsWith(
            "plumbline: unknown command reply; expected one of demo, init, validate, replay");
  }

  @Test
  void helpKnowsEveryCommand() {
    assertThat(Shell.run("help").out()).isEqualTo(Shell.run().out());
    assertThat(Shell.run("help", "replay").out()).isEqualTo(Shell.run("replay", "--help").out());
  }

  @Test
  void choicesAreNamedAsTheyAreTyped() {
    assertThat(Shell.run("topics", "list").err()).contains("expected create or check, was list");
    assertThat(Shell.run("replay", "--engine", "disk").err())
        .contains("expected memory or streams, was disk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "host:", "host:9092,", "host:9092;other:9092"})
  void brokersThatAreNotNamedAsSuchAreWrongUsage(String servers) throws IOException {
    Shell shell =
        Shell.run(
            "topics",
            "check",
            "--monitor",
            Recorded.in(folder).monitor(),
            "--bootstrap-servers",
            servers);

    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err()).contains("--bootstrap-servers: expected host:port");
  }

  @Test
  void allProblemsOfAllFilesAreNamedWithTheirLines() throws IOException {
    Path one = Files.writeString(folder.resolve("one.yaml"), "monitor: a\ntask: quaternary\n");
    Path other = folder.resolve("other.yaml");

    Shell shell = Shell.run("validate", one, other);

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.out()).contains("one.yaml:2: task: expected").contains("other.yaml:1: ");
    assertThat(shell.out().lines().count()).isGreaterThan(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"topics check", "run --schema-registry-url http://127.0.0.1:1"})
  void aBrokerThatDoesNotAnswerIsNamedWithTheRemedy(String command) throws IOException {
    List<Object> words = new ArrayList<>(List.of((Object[]) command.split(" ")));
    words.addAll(
        List.of(
            "--monitor",
            Recorded.in(folder).monitor(),
            "--bootstrap-servers",
            "127.0.0.1:1",
            "--config",
            "default.api.timeout.ms=1500",
            "--config",
            "request.timeout.ms=1000"));

    Shell shell = Shell.run(words.toArray());

    assertThat(shell.exitCode()).isEqualTo(3);
    assertThat(shell.err())
        .contains("no Kafka broker answered at 127.0.0.1:1")
        .contains("start it");
    assertThat(shell.err().lines()).hasSize(2);
    assertThat(shell.err()).startsWith("asking the Kafka brokers at 127.0.0.1:1, for at most 1500");
  }

  @Test
  void anUnknownFaultOfTheDemoIsNamedWithThoseThereAre() {
    Shell shell = Shell.run("demo", "--faults", "degrade,earthquake");

    assertThat(shell.exitCode()).isEqualTo(2);
    assertThat(shell.err()).contains("degrade,drift,slow-labels").contains("earthquake");
  }
}
