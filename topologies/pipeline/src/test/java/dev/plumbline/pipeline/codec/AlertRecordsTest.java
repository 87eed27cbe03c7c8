package dev.plumbline.pipeline.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Owner;
import dev.plumbline.state.evidence.Direction;
import dev.plumbline.state.evidence.Effect;
import dev.plumbline.state.evidence.Finding.Opened;
import dev.plumbline.state.evidence.Finding.Resolved;
import dev.plumbline.state.evidence.Finding.Strength;
import dev.plumbline.state.evidence.Interval;
import dev.plumbline.state.evidence.RateMetric;
import dev.plumbline.state.evidence.ReferencePanes;
import dev.plumbline.state.evidence.Sample;
import dev.plumbline.state.evidence.SeriesName;
import dev.plumbline.state.evidence.Subgroup;
import dev.plumbline.state.health.HealthRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class AlertRecordsTest {

  private static final int PUBLISH_MIN = Hiring.PUBLISH_MIN;

  /** A model of which half is labelled. */
  private static final class HalfLabelled implements AlertRecords.Context {
    @Override
    public AlertRecords.Reference frozenReference() {
      return new AlertRecords.Reference(new ReferencePanes(0, 24), 1000, 900, "fingerprint");
    }

    @Override
    public OptionalDouble coverageSince(long pane) {
      return OptionalDouble.of(0.5);
    }
  }

  private static Opened opened(RateMetric metric, long trials, long others) {
    Effect effect =
        new Effect(new Sample(trials, trials / 2), new Interval(0.3, 0.7), 0.2, new Interval(0, 1));
    return new Opened(
        new SeriesName(metric, new Subgroup("sex=F", 1)),
        100,
        Direction.UP,
        new Strength(12, 10, 0.1, 1),
        90,
        effect,
        7,
        trials,
        500,
        new Sample(others, others / 4));
  }

  private static Alert open(RateMetric metric, long trials, long others) {
    return record(Hiring.FLOW, alert(opened(metric, trials, others), Optional.empty(), 1));
  }

  private static dev.plumbline.alerts.Alert alert(
      Opened opened, Optional<Resolved> resolved, int revision) {
    return new dev.plumbline.alerts.Alert("a1", "ranker", opened, resolved, revision);
  }

  private static Alert record(Flow flow, dev.plumbline.alerts.Alert alert) {
    return (Alert) new Records(flow).alert(alert, new HalfLabelled(), List.of(), 0).value();
  }

  @Test
  void anAlertTellsTheRateOfEverybodyElse() {
    Alert alert = open(RateMetric.TPR, 40, 80);

    assertThat(alert.getComplement().getTrials()).isEqualTo(80);
    assertThat(alert.getComplement().getSuccesses()).isEqualTo(20);
    assertThat(alert.getComplement().getRate()).isEqualTo(0.25);
    assertThat(alert.getComplement().getLow()).isBetween(0.16, 0.17);
    assertThat(alert.getComplement().getHigh()).isBetween(0.35, 0.36);
  }

  @Test
  void theRateOfTooFewOthersIsWithheld() {
    assertThat(open(RateMetric.TPR, 40, PUBLISH_MIN).getComplement()).isNotNull();
    assertThat(open(RateMetric.TPR, 40, PUBLISH_MIN - 1).getComplement()).isNull();
    assertThat(open(RateMetric.TPR, 40, 0).getComplement()).isNull();
  }

  @Test
  void nothingIsToldThatWouldGiveTheRateOfTooFewAway() {
    Alert alert = open(RateMetric.TPR, PUBLISH_MIN - 1, 80);

    assertThat(alert.getEffect().getTrials()).isZero();
    assertThat(alert.getEffect().getSuccesses()).isZero();
    assertThat(alert.getEffect().getRate()).isNull();
    assertThat(alert.getEffect().getDifference()).isNull();
    assertThat(alert.getEffect().getExpected()).isEqualTo(0.2);
    assertThat(alert.getSeverity()).isZero();
    assertThat(alert.getComplement()).isNull();
    assertThat(alert.getEvidence().getEventsUsed()).isZero();
    assertThat(alert.getEvidence().getLogS()).isEqualTo(12);
  }

  @Test
  void aResolvedAlertTellsTheComplementOfItsOpening() {
    Opened opened = opened(RateMetric.TPR, 40, 80);
    Resolved resolved =
        new Resolved(opened.series(), 200, 100, new Sample(PUBLISH_MIN, 5), new Interval(0.1, 0.6));

    Alert alert = record(Hiring.FLOW, alert(opened, Optional.of(resolved), 2));

    assertThat(alert.getComplement().getTrials()).isEqualTo(80);
    assertThat(alert.getSinceAlarm().getTrials()).isEqualTo(PUBLISH_MIN);
  }

  @Test
  void theCommandNamesFilesByWhatTheyHold() {
    assertThat(open(RateMetric.TPR, 40, 80).getCommand())
        .isEqualTo(
            "plumbline replay --monitor hiring.yaml --predictions hiring.predictions.csv"
                + " --labels hiring.outcomes.csv --output alert-a1");
  }

  @Test
  void anAlertTellsWhomItConcerns() {
    assertThat(ownerBy("owner: {team: people-ml, tier: 2, runbook: runbooks/hiring}"))
        .isEqualTo(new Owner("people-ml", "2", "runbooks/hiring"));
    assertThat(ownerBy("owner: {team: people-ml}")).isEqualTo(new Owner("people-ml", "", ""));
    assertThat(ownerBy("")).isEqualTo(new Owner("", "", ""));
  }

  private static Owner ownerBy(String lines) {
    Flow flow = Hiring.flow(lines).withHealth(HealthRules.DEFAULT);
    return record(flow, alert(opened(RateMetric.TPR, 40, 80), Optional.empty(), 1)).getOwner();
  }

  @Test
  void labelCoverageIsOfSeriesWithLabels() {
    assertThat(open(RateMetric.TPR, 40, 80).getLabelCoverage()).isEqualTo(0.5);
    assertThat(open(RateMetric.SELECTION, 40, 80).getLabelCoverage()).isNull();
  }
}
