package dev.plumbline.e2e.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.ReferenceFrozen;
import dev.plumbline.schemas.avro.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A monitor file that says the opposite of what the COMPAS scores show. */
final class PolarityTest {

  private static final String DATA = "data/compas_general/";
  private static final String SOME_NEGATIVES = "2015-03-02";

  @Test
  void aScoreReadTheWrongWayRoundIsRefusedWithItsLineOnceBothClassesAreKnown() throws IOException {
    Refused refused =
        refused(
            changed("high_means: reoffended", "high_means: stayed_out")
                .replace("to: 2013-05-01", "to: " + SOME_NEGATIVES));

    assertThat(refused.getProblem())
        .contains("line 20: predictions.fields.score.high_means", "AUROC 0.3");
    assertThat(refused.getRemedy()).isEqualTo("turn high_means round, or outcome.positive.label");
  }

  /** Until the end of 2014 no negative is known: only decisions can contradict scores. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "high_means: reoffended | high_means: stayed_out",
        "{1: high_risk, 0: low_risk} | {1: low_risk, 0: high_risk}",
        "label: reoffended | label: stayed_out",
      })
  void aDecisionThatContradictsItsScoreIsRefusedWithAllLinesThatMayBeWrong(
      String right, String wrong) throws IOException {
    Refused refused = refused(changed(right, wrong));

    assertThat(refused.getProblem())
        .contains("line 21: predictions.fields.decision.map: expected a reference");
    assertThat(refused.getRemedy())
        .contains("outcome.positive.decision (in line 8)", "high_means (in line 20)");
  }

  @Test
  void theFileAsItIsIsNotRefused() throws IOException {
    Outcome run = replay(Files.readString(Path.of("monitors", "compas_general.yaml")));

    assertThat(run.audit(Refused.class)).isEmpty();
    assertThat(run.audit(ReferenceFrozen.class)).hasSize(1);
  }

  private static String changed(String right, String wrong) throws IOException {
    String text = Files.readString(Path.of("monitors", "compas_general.yaml"));
    assertThat(text).contains(right);
    return text.replace(right, wrong);
  }

  /** What is said of a monitor file that is refused, and that nothing else follows from it. */
  private static Refused refused(String text) {
    Outcome run = replay(text);
    assertThat(run.audit(Refused.class)).hasSize(1);
    assertThat(run.audit(ReferenceFrozen.class)).isEmpty();
    assertThat(run.alerts()).isEmpty();
    return run.audit(Refused.class).get(0);
  }

  private static Outcome replay(String text) {
    Monitor monitor = MonitorFile.parse(text, "compas_general.yaml").orThrow();
    InputLog log =
        new InputLog(monitor, 1)
            .addRows(Kind.PREDICTIONS, SharedFiles.rows(DATA + "predictions.csv.gz"), 3)
            .addRows(Kind.LABELS, SharedFiles.rows(DATA + "labels.csv.gz"), 2);
    return Replays.byTime(monitor, log, Replays.NO_SCHEMAS);
  }
}
