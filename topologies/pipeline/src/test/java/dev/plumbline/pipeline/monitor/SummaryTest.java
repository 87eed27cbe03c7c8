package dev.plumbline.pipeline.monitor;

import static dev.plumbline.pipeline.monitor.Examples.CREDIT;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {

  @Test
  void polarityIsOneSentence() {
    assertThat(Summary.polarity(monitor(with(CREDIT, "good", "default"))))
        .isEqualTo(
            "positive is defaulted = true; approved = false is the decision that predicts it"
                + " (decline); approved = true is favourable (approve); a high score means"
                + " default, the positive class");
    assertThat(Summary.polarity(MonitorFile.read(Examples.SHIPPED.get(1)).orThrow()))
        .isEqualTo(
            "positive is label = 1; predicted = 1 is the decision that predicts it"
                + " (predicted_above); predicted = 1 is favourable (predicted_above)");
  }

  @ParameterizedTest
  @CsvSource({
    "good,repaid",
    "bad,default",
    "positive,default",
    "negative,repaid",
    "approve,repaid",
    "decline,default",
    "repaid,repaid"
  })
  void highMeansIsAClassOrAWordForOne(String word, String label) {
    assertThat(Summary.polarity(monitor(with(CREDIT, "high_means: good", "high_means: " + word))))
        .contains("a high score means " + label + ", the ")
        .endsWith(
            label.equals("default") ? "the positive class" : "the class that is not positive");
  }

  @ParameterizedTest
  @CsvSource({
    "invite,hired,score >= 0.5",
    "invite,not_hired,score <= 0.5",
    "reject,hired,score < 0.5",
    "reject,not_hired,score > 0.5"
  })
  void aThresholdSaysWhichScoresAreFavourable(String favourable, String high, String expected) {
    String text =
        with(
            with(MINIMAL, "favourable_decision: invite", "favourable_decision: " + favourable),
            "high_means: hired",
            "high_means: " + high);

    assertThat(Summary.polarity(monitor(text)))
        .contains("; " + expected + " is favourable (" + favourable + ");");
  }

  @Test
  void theDecisionOfAThresholdSaysWhichScoresPredictThePositiveClass() {
    String turned = with(MINIMAL, "high_means: hired", "high_means: not_hired");

    assertThat(Summary.polarity(monitor(MINIMAL)))
        .contains("; score >= 0.5 is the decision that predicts it (invite);");
    assertThat(Summary.polarity(monitor(turned)))
        .contains("; score <= 0.5 is the decision that predicts it (invite);")
        .endsWith("a high score means not_hired, the class that is not positive");
  }

  @Test
  void whoHasALabelIsSaid() {
    assertThat(Summary.of(monitor(CREDIT)))
        .contains(
            "labels: whether one comes depends on action; one is awaited only where for_review ="
                + " forced or yes; rates are put together from the strata of applicant.risk");
    assertThat(Summary.of(monitor(MINIMAL))).doesNotContain("awaited");
  }

  @Test
  void aClassOfTwoMeaningsIsRefusedForAHighScore() {
    String both =
        with(
            with(
                with(
                    with(
                        with(CREDIT, "A: approve, D: decline", "A: default, D: repaid"),
                        "decision: decline",
                        "decision: repaid"),
                    "favourable_decision: approve",
                    "favourable_decision: default"),
                "{true: approve, false: decline}",
                "{true: default, false: repaid}"),
            "only_if: {decision: approve}",
            "only_if: {decision: default}");

    assertThat(MonitorFile.parse(with(both, "high_means: good", "high_means: repaid"), "m.yaml"))
        .isInstanceOfSatisfying(
            MonitorFile.Invalid.class,
            invalid ->
                assertThat(invalid.text())
                    .contains("high_means: expected a class with one meaning, was repaid")
                    .endsWith("; say positive or negative"));
    assertThat(MonitorFile.parse(with(both, "high_means: good", "high_means: positive"), "m.yaml"))
        .isInstanceOf(MonitorFile.Valid.class);
  }

  @Test
  void sizesAreThoseOfTheWorstCase() {
    Sizes sizes = Sizes.of(monitor(CREDIT));

    // 4, 22 and 6 values; 2 models; cohorts of 3h over 90 days; 5 age steps and beyond; labels of
    // 2 acted decisions in 4 strata, selected or not
    assertThat(sizes.cells()).isEqualTo(2 * 4 * 22 * 6 * 16);
    assertThat(sizes.cohorts()).isEqualTo(720);
    assertThat(sizes.ageSteps()).isEqualTo(6);
    assertThat(sizes.subgroups()).isEqualTo(1 + (4 + 22 + 6) + (4 * 22 + 4 * 6 + 22 * 6));
    assertThat(sizes.series()).isEqualTo(4 * 277 * 2);
    assertThat(sizes.stateBytes()).isEqualTo(720L * 16_896 * 6 * 8 * 8);
    assertThat(sizes.statementsPerDay()).isEqualTo(4L * 3 * 277 * 2 * 7);
  }

  @Test
  void theSummaryNamesWhatMatters() {
    assertThat(Summary.of(monitor(CREDIT)).lines())
        .hasSize(9)
        .contains(
            "models scorecard, challenger",
            "panes of 1h, windows 1d, 7d, all every 6h, cohorts of 3h, labels within 90d;"
                + " none within 60d of approve means repaid",
            "no input partition is read more than 5d ahead of another, unless that is idle for 2m",
            "at most 277 subgroups, 2216 series, 46536 statements a day",
            "false alarms: at most 2 per 60d, over all series");
  }
}
