package dev.plumbline.pipeline.monitor;

import static dev.plumbline.pipeline.monitor.Examples.CREDIT;
import static dev.plumbline.pipeline.monitor.Examples.MINIMAL;
import static dev.plumbline.pipeline.monitor.Examples.monitor;
import static dev.plumbline.pipeline.monitor.Examples.problems;
import static dev.plumbline.pipeline.monitor.Examples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.state.health.HealthRules;
import dev.plumbline.state.join.Outcomes;
import dev.plumbline.state.join.Outcomes.Absence;
import dev.plumbline.state.join.Outcomes.Combination;
import dev.plumbline.state.time.AgeSteps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorFileTest {

  @Test
  void tenPlantedProblemsAndOneThatFollowsAreReportedAtOnceWithTheirLines() {
    List<String> found = problems(Examples.TEN_PROBLEMS);

    assertThat(found)
        .containsExactly(
            "monitor.yaml:1: monitor: expected a name of a-z, 0-9 and hyphens, at most 40 letters,"
                + " was \"Credit Risk\"",
            "monitor.yaml:3: models[1]: expected each name once, was \"scorecard\" again; remove"
                + " it",
            "monitor.yaml:6: outcome.favourable_decision: expected a class of"
                + " predictions.fields.decision.map (approve, decline), was \"aprove\"; did you"
                + " mean approve?",
            "monitor.yaml:14: predictions.fields.score.range: expected the lowest score before the"
                + " highest, was [850, 300]; swap them",
            "monitor.yaml:14: predictions.fields.score.high_means: expected a class of the labels"
                + " (defaulted, repaid) or good, bad, positive, negative, was \"tall\"",
            "monitor.yaml:16: predictions.fields.atributes: expected one of id, time, model,"
                + " version, score, decision, acted, review, sequence, subjects, attributes, was the unknown key"
                + " atributes; did you mean attributes?",
            "monitor.yaml:23: labels.horizon: expected a duration such as 15m, 1h or 7d, was 90",
            "monitor.yaml:24: subgroups.attributes[0]: expected an attribute of"
                + " predictions.fields.attributes (), was \"sex\"; map it there",
            "monitor.yaml:26: windows.pane: expected a duration such as 15m, 1h or 7d, was \"1x\"",
            "monitor.yaml:28: reference.from: expected a day of the calendar, was \"2026-02-30\"",
            "monitor.yaml:30: watches[0].performance.metrics[1]: expected accuracy, tpr, fpr or"
                + " selection, was \"auroc\"");
  }

  @Test
  void everyKeyOfTheFullExampleIsRead() {
    Monitor monitor = monitor(CREDIT);

    assertThat(monitor.name()).isEqualTo("credit-risk");
    assertThat(monitor.owner()).isEqualTo(new Monitor.Owner("lending-ml", "1", "runbooks/credit"));
    assertThat(monitor.models()).containsExactly("scorecard", "challenger");
    assertThat(monitor.predictions().get(0).version()).isEqualTo(new Fields.Origin.Constant("7"));
    assertThat(monitor.predictions().get(0).attributes())
        .extracting(Fields.Attribute::name)
        .containsExactly("sex", "region", "age");
    assertThat(monitor.labels().known()).isEmpty();
    assertThat(monitor.labels().lateBy()).hasToString("30d");
    assertThat(monitor.windows().sizes()).hasToString("[1d, 7d]");
    assertThat(monitor.windows().all()).isTrue();
    assertThat(monitor.windows().idle()).hasToString("2m");
    assertThat(monitor.windows().ahead()).hasToString("5d");
    assertThat(monitor.falseAlarms().perThirtyDays()).isEqualTo(1.0);
    assertThat(monitor.settings().shards()).isEqualTo(12);
    assertThat(monitor.settings().outputPrefix()).isEqualTo("fairness");
    assertThat(monitor.settings().maxRecordBytes()).isEqualTo(65536);
    assertThat(monitor.joinRules().bins()).isEqualTo(500);
    assertThat(monitor.timing().grace()).isEqualTo(600_000);
    assertThat(monitor.timing().skew()).isEqualTo(300_000);
    assertThat(monitor.timing().copies()).isEqualTo(8);
  }

  @Test
  void whatTheMinimalExampleLeavesOutHasADocumentedDefault() {
    Monitor monitor = monitor(MINIMAL);

    assertThat(monitor.predictions().get(0).version()).isEqualTo(new Fields.Origin.Constant("1"));
    assertThat(monitor.subgroups()).isEqualTo(new Monitor.Subgroups(List.of("sex"), 1, 20, 50));
    assertThat(monitor.windows())
        .hasToString(
            "Windows[pane=1h, sizes=[1d], all=false, advance=1d, grace=15m, skew=15m, jump=1d,"
                + " recall=7d, idle=5m, ahead=2d, copies=16]");
    assertThat(monitor.labels().lateBy()).isEqualTo(monitor.labels().horizon());
    assertThat(monitor.labels().ages()).hasToString("[1h, 3h, 6h, 12h, 1d, 2d, 4d, 5d]");
    assertThat(monitor.falseAlarms().perThirtyDays()).isEqualTo(1.0);
    assertThat(monitor.reference()).isEmpty();
    assertThat(monitor.settings())
        .isEqualTo(
            new Monitor.Settings(
                new KeySource.Derived("hiring"),
                1000,
                "plumbline",
                8,
                1024 * 1024,
                HealthRules.DEFAULT));
  }

  @Test
  void theLastAgeEdgeIsTheHorizon() {
    Monitor monitor = monitor(CREDIT);

    assertThat(monitor(MINIMAL).ages().horizon())
        .isEqualTo(monitor(MINIMAL).labels().horizon().millis() / Span.HOUR.millis());
    assertThat(monitor.ages().step(24)).isEqualTo(1);
  }

  @Test
  void conclusionsFromAbsenceHaveAnAgeStepOfTheirOwnWithinTheEvidenceHorizon() {
    AgeSteps ages = monitor(CREDIT).ages();

    assertThat(ages.count()).isEqualTo(5);
    assertThat(ages.edge(4)).isEqualTo(60 * 24);
    assertThat(ages.step(60 * 24)).isEqualTo(4);
    assertThat(ages.horizon()).isEqualTo(90 * 24 + 1);
    AgeSteps latest = monitor(with(CREDIT, "after: 60d", "after: 90d")).ages();
    assertThat(latest.step(90 * 24)).isLessThan(latest.beyond());
  }

  @Test
  void labelsMayBeCombinedIgnoredWithdrawnAndAbsent() {
    Monitor monitor = monitor(CREDIT);

    assertThat(monitor.labels().outcomes())
        .isEqualTo(
            new Outcomes(
                Combination.MAX,
                Optional.of(new Absence(Span.DAY.times(60).millis(), 0, OptionalInt.of(0))),
                false));
    assertThat(monitor(MINIMAL).labels().outcomes()).isEqualTo(Outcomes.OF_LAST);
  }

  @Test
  void labelsMayBeFinalUnlessSeveralDecide() {
    assertThat(monitor(with(MINIMAL, "horizon: 30d", "horizon: 30d\n  final: true")).labels())
        .extracting(labels -> labels.outcomes().isFinal())
        .isEqualTo(true);
    assertThat(problems(with(CREDIT, "final: false", "final: true")))
        .containsExactly(
            "monitor.yaml:43: labels.combine: expected first or last, as labels are final, was"
                + " \"max\"; remove one of them");
  }

  @Test
  void aTombstoneWithdrawsOnlyWhatItNamesAndWhenItIsKnown() {
    String withdrawn = with(MINIMAL, "horizon: 30d", "horizon: 30d\n  tombstones: withdrawn");

    assertThat(problems(withdrawn))
        .singleElement()
        .asString()
        .contains("labels.tombstones: expected an id in the record key or in a header");
    assertThat(
            problems(
                with(
                    with(withdrawn, "id: id\n    label", "id: {key: text}\n    label"),
                    "windows:",
                    "times: {kafka_timestamps: ignored}\nwindows:")))
        .anyMatch(
            problem -> problem.contains("labels.tombstones: expected times.kafka_timestamps"));
  }

  @Test
  void aClassMayFollowFromAbsenceAlone() {
    String text =
        with(CREDIT, "true: default, false: repaid, open: ignored", "PAID: repaid, open: ignored")
            .replace("label: repaid, only_if", "label: default, only_if");

    assertThat(Summary.polarity(monitor(text)))
        .startsWith("positive is no label within 60d; ")
        .endsWith("a high score means repaid, the class that is not positive");
    assertThat(problems(with(text, "label: default, only_if", "label: bankrupt, only_if")))
        .singleElement()
        .asString()
        .contains("outcome.positive.label", "bankrupt, repaid");
  }

  @Test
  void whatIsWrongWithAbsenceIsSaid() {
    assertThat(problems(with(CREDIT, "after: 60d", "after: 91d")))
        .containsExactly(
            "monitor.yaml:44: labels.absent.after: expected a time after the prediction of at most"
                + " labels.horizon = 90d, was \"91d\"; a label that comes later than the horizon would"
                + " not count; raise the horizon");
    assertThat(problems(with(CREDIT, "{decision: approve}", "{decision: aprove}")))
        .singleElement()
        .asString()
        .contains("labels.absent.only_if.decision", "did you mean approve?");
  }

  @Test
  void theCohortDividesAdvanceAndSizesAndCoversTheHorizonIn720() {
    assertThat(monitor(CREDIT).cohort()).hasToString("3h");
    assertThat(monitor(MINIMAL).cohort()).hasToString("1h");
    assertThat(problems(with(CREDIT, "horizon: 90d", "horizon: 400d")))
        .containsExactly(
            "monitor.yaml:52: windows.advance: expected a common divisor of advance and sizes of at"
                + " least horizon / 720, 14h, was advance 6h; make windows.advance and"
                + " windows.sizes multiples of 14h or more");
  }

  @Test
  void theShippedExamplesAreRight() {
    for (Path file : Examples.SHIPPED) {
      MonitorFile.Reading reading = MonitorFile.read(file);

      assertThat(reading).isInstanceOf(MonitorFile.Valid.class);
    }
    assertThat(MonitorFile.read(Examples.SHIPPED.get(0)).orThrow().cohort()).hasToString("2d");
  }

  @Test
  void commentsSpacingAndKeyOrderDoNotCountInTheDigest() {
    String other =
        with(
            with(
                MINIMAL,
                "monitor: hiring\ntask: binary",
                "# note\ntask:   binary\nmonitor: hiring"),
            "range: [0, 1]",
            "range: [0.0, 1.00]");

    assertThat(monitor(other).digest()).isEqualTo(monitor(MINIMAL).digest()).hasSize(64);
    assertThat(monitor(with(MINIMAL, "30d", "31d")).digest())
        .isNotEqualTo(monitor(MINIMAL).digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pane: 1h, sizes: [1d]|pane: 7m, sizes: [1d]|windows.pane: expected a pane that divides 1h",
        "pane: 1h, sizes: [1d]|pane: 1h, sizes: [90m]|windows.sizes[0]: expected a multiple of",
        "sizes: [1d]|sizes: [1d, 1d]|windows.sizes[1]: expected each name once",
        "sizes: [1d]|sizes: [1d], advance: 2d|windows.advance: expected at most the smallest size",
        "sizes: [1d]|sizes: [1d], ahead: 74m|windows.ahead: expected at least windows.pane and",
        "sizes: [1d]|sizes: [1d], ahead: 0s|windows.ahead: expected a duration such as",
        "horizon: 30d|horizon: 90m|labels.horizon: expected a multiple of windows.pane",
        "horizon: 30d|horizon: 30d, ages: [7d, 1d]|labels.ages[1]: expected an age above",
        "horizon: 30d|horizon: 30d, ages: [60d]|labels.ages[0]: expected at most the horizon",
        ", threshold: 0.5|''|score.threshold: expected a threshold, as no decision is mapped",
        "threshold: 0.5|threshold: 5|score.threshold: expected a score of the range",
        "1: hired, 0: not_hired|1: hired|label.map: expected values of two classes",
        "label: hired, decision|label: hird, decision|outcome.positive.label: expected a class of",
        "attributes: [sex]}|attributes: [sx]}|subgroups.attributes[0]: expected an attribute of",
        "attributes: [sex]}|attributes: [sex], intersections: 2}|subgroups.intersections: expected",
        "topic: hiring.labels|topic: hiring.predictions|labels.topic: expected another topic",
        "task: binary|task: binry|did you mean binary?",
        "task: binary|task: regression|task: expected binary",
        "model: model|model: model..name|fields.model: expected a path whose steps",
        "attributes: {sex: sex}|attributes: {sex: {field: sex, bins: [1], map: {a: b}}}|bins or map",
        "attributes: {sex: sex}|attributes: {sex: {field: sex, bins: [2, 1]}}|above the one before",
      })
  void eachKindOfContradictionIsFound(String part, String other, String expected) {
    assertThat(problems(with(MINIMAL, part, other.replace(", ages", "\n  ages"))))
        .singleElement()
        .asString()
        .contains(expected);
  }

  @Test
  void watchesNeedAReference() {
    assertThat(problems(MINIMAL + "watches: [{performance: {metrics: [tpr]}}]\n"))
        .singleElement()
        .asString()
        .contains("reference: expected from and to, as watches compare");
  }

  @Test
  void aReferenceIsWholeCohorts() {
    assertThat(problems(with(CREDIT, "2026-02-01T00:00Z", "2026-02-01T01:00Z")))
        .singleElement()
        .asString()
        .endsWith("take 2026-02-01T00:00:00Z or 2026-02-01T03:00:00Z");
    assertThat(problems(with(CREDIT, "2026-02-01T00:00Z", "2025-12-01")))
        .singleElement()
        .asString()
        .contains("reference.to: expected a time after from");
  }

  @Test
  void anIgnoredKafkaTimestampCannotSayWhenALabelBecameKnown() {
    assertThat(problems(with(CREDIT, "kafka_timestamps: real", "kafka_timestamps: ignored")))
        .singleElement()
        .asString()
        .contains("labels.fields.known: expected a path");
  }

  @Test
  void csvFieldsAreColumns() {
    String csv = with(MINIMAL, "labels\n  format: json", "labels\n  format: csv\n  columns: [id]");

    assertThat(problems(csv))
        .singleElement()
        .asString()
        .contains("labels.fields.label.field: expected one of the columns, was \"hired\"");
  }

  @Test
  void sizesBeyondALimitAreRefusedByItsName() {
    String wide = with(CREDIT, "{field: applicant.age, bins: [25, 45, 65]}", "applicant.age");

    List<String> both = problems(with(wide, "cap: 20", "cap: 1000"));
    List<String> one =
        problems(
            with(wide, "intersections: 2, publish_min: 50, cap: 20", "intersections: 1, cap: 900"));

    assertThat(both).hasSize(2);
    assertThat(both.get(0)).contains("subgroups.intersections: expected at most MAX_STATEMENTS");
    assertThat(both.get(1)).contains("lower subgroups.cap, or name fewer attributes or ages");
    assertThat(one).singleElement().asString().contains("MAX_STATE_BYTES = 68719476736 bytes");
  }

  @Test
  void missingKeysNameWhatToAdd() {
    assertThat(problems("monitor: x\n"))
        .hasSize(7)
        .contains("monitor.yaml:1: task: expected binary, was missing; add it");
  }

  @Test
  void whatIsNoYamlIsOneProblemWithItsLine() {
    assertThat(problems("monitor: x\n  bad: ["))
        .singleElement()
        .asString()
        .startsWith("monitor.yaml:2");
    assertThat(problems(""))
        .containsExactly("monitor.yaml:1: expected a mapping of keys to values, was an empty file");
    assertThat(problems("- a")).singleElement().asString().contains("a mapping of keys");
    assertThat(problems(MINIMAL + "task: binary\n"))
        .containsExactly(
            "monitor.yaml:25: task: expected a key once, was a second time; the first is in line 2");
  }

  @Test
  void aliasesNeitherRecurseNorExplode() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 6; i++) {
      String alias = "*a" + (i - 1);
      bomb.append(
          "a"
              + i
              + ": &a"
              + i
              + " ["
              + String.join(
                  ", ", List.of(alias, alias, alias, alias, alias, alias, alias, alias, alias))
              + "]\n");
    }

    assertThat(problems(bomb.toString())).singleElement().asString().contains("MAX_NODES");
    assertThat(problems("a: &a [*a]\n")).isNotEmpty();
  }

  @Test
  void aFileThatIsNotThereIsAProblem(@TempDir Path folder) throws IOException {
    Path absent = folder.resolve("absent.yaml");
    Path binary = folder.resolve("binary.yaml");
    Files.write(binary, new byte[] {(byte) 0xc3, 0x28});

    assertThatThrownBy(() -> MonitorFile.read(absent).orThrow())
        .isInstanceOf(InvalidMonitorException.class)
        .hasMessageEndingWith("expected a readable UTF-8 file, was no such file");
    assertThatThrownBy(() -> MonitorFile.read(binary).orThrow())
        .hasMessageEndingWith("was a file that is not UTF-8");
  }
}
