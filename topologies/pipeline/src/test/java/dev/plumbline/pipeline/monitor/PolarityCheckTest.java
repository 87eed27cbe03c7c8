package dev.plumbline.pipeline.monitor;

import static dev.plumbline.pipeline.monitor.Examples.CREDIT;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PolarityCheckTest {

  private static final long[] LOW = {8, 2, 0};
  private static final long[] HIGH = {0, 2, 8};
  private static final long[] NONE = {0, 0, 0};

  @Test
  void aScoreThatRanksTheClassesTheRightWayRoundPasses() {
    assertThat(PolarityCheck.score(monitor(CREDIT), HIGH, LOW)).isEmpty();
    assertThat(PolarityCheck.score(monitor(CREDIT), LOW, LOW)).isEmpty();
  }

  @Test
  void aScoreThatRanksThemTheWrongWayRoundNamesTheLineOfHighMeans() {
    Problem problem = PolarityCheck.score(monitor(CREDIT), LOW, HIGH).orElseThrow();

    // pairs above 0, ties 2 * 2 of 100
    assertThat(problem.text("monitor.yaml"))
        .isEqualTo(
            "monitor.yaml:19: predictions.fields.score.high_means: expected a reference in which"
                + " positives (default) score higher: AUROC of at least 0.5, was AUROC 0.0200; turn"
                + " high_means round, or outcome.positive.label");
  }

  @Test
  void anEmptyClassContradictsNothing() {
    assertThat(PolarityCheck.score(monitor(CREDIT), HIGH, NONE)).isEmpty();
    assertThat(PolarityCheck.decision(monitor(CREDIT), NONE, HIGH)).isEmpty();
  }

  @Test
  void aDecisionThatDisagreesWithItsScoreNamesTheLineOfTheMap() {
    Problem problem = PolarityCheck.decision(monitor(CREDIT), LOW, HIGH).orElseThrow();

    assertThat(PolarityCheck.decision(monitor(CREDIT), HIGH, LOW)).isEmpty();
    assertThat(problem.path()).isEqualTo("predictions.fields.decision.map");
    assertThat(problem.position().line()).isEqualTo(20);
    assertThat(problem.remedy())
        .isEqualTo(
            "turn the map round, or outcome.positive.decision (in line 7), or high_means (in line"
                + " 19)");
  }

  @Test
  void withoutAMapTheOutcomeIsTheLineToChange() {
    assertThat(PolarityCheck.decision(monitor(MINIMAL), LOW, HIGH).orElseThrow().path())
        .isEqualTo("outcome.positive.decision");
  }

  @Test
  void histogramsOfDifferentLengthAreAProgrammersFault() {
    assertThatThrownBy(() -> PolarityCheck.score(monitor(CREDIT), HIGH, new long[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("histograms differ in length: 3 vs 2");
  }
}
