package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.cli.kafka.Leftovers;
import dev.plumbline.cli.kafka.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterCommandsTest {

  private final Leftovers leftovers = new Leftovers();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Platform platform;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path monitor;

  @BeforeEach
  void start() throws IOException {
    platform = Platform.start(leftovers);
    monitor = Recorded.in(folder).monitor();
  }

  @AfterEach
  void stop() {
    leftovers.close();
  }

  @Test
  void whatIsMissingIsNamedUntilItIsCreated() {
    Shell before = topics("check");
    platform.create(List.of("small.predictions"), 1);
    Shell creation = topics("create");
    Shell between = topics("check");
    platform.create(List.of("small.labels"), 1);
    Shell after = topics("check");

    assertThat(before.exitCode()).isEqualTo(1);
    assertThat(before.out())
        .contains("topic small.predictions: expected an input topic")
        .contains("topic plumbline.alerts: expected to exist, was missing; run plumbline topics");
    assertThat(creation.exitCode()).isZero();
    assertThat(creation.out()).contains("created plumbline.metrics").contains("7 created");
    assertThat(between.exitCode()).isEqualTo(1);
    assertThat(between.out().lines().filter(line -> line.startsWith("topic")))
        .singleElement()
        .asString()
        .startsWith("topic small.labels:");
    assertThat(after.exitCode()).isZero();

    Shell withoutRegistry = run();
    assertThat(withoutRegistry.exitCode()).isEqualTo(3);
    assertThat(withoutRegistry.err()).contains("http://127.0.0.1:1").contains("start it");
  }

  @Test
  void aRunWithoutItsInputTopicsSaysWhichAreMissing() {
    Shell shell = run();

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.err()).contains("small.predictions").contains("small.labels");
  }

  @Test
  void aTopicThatForgetsIsNamedWithTheCommandThatCorrectsIt() {
    platform.create(List.of("small.predictions", "small.labels", "plumbline.small.progress"), 1);
    topics("create");

    Shell shell = topics("check");

    assertThat(shell.exitCode()).isEqualTo(1);
    assertThat(shell.out())
        .contains("topic plumbline.small.progress: expected cleanup.policy = compact, was delete")
        .contains("--entity-name plumbline.small.progress --add-config cleanup.policy=compact");
  }

  private Shell topics(String action) {
    return Shell.run(
        "topics", action, "--monitor", monitor, "--bootstrap-servers", platform.bootstrapServers());
  }

  private Shell run() {
    return Shell.run(
        "run",
        "--monitor",
        monitor,
        "--bootstrap-servers",
        platform.bootstrapServers(),
        "--schema-registry-url",
        "http://127.0.0.1:1");
  }
}
