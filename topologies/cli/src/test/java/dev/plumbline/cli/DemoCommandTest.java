package dev.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DemoCommandTest {

  @Test
  void theDemoFindsWhatItPlantedThroughTheRealEngine() {
    Shell shell = Shell.run("demo", "--days", "18", "--faults", "degrade", "--seed", "5");

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out())
        .contains("ALERT opened")
        .containsPattern("degrade +tpr of region=\\w+ +2026-01-\\d\\dT00:00:00Z +after \\d d");
    assertThat(shell.exitCode()).isZero();
  }
}
