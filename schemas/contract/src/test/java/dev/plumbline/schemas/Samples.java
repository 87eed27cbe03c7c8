package dev.plumbline.schemas;

import dev.plumbline.schemas.avro.Affects;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.BookEntry;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Closed;
import dev.plumbline.schemas.avro.Counters;
import dev.plumbline.schemas.avro.Direction;
import dev.plumbline.schemas.avro.Disparity;
import dev.plumbline.schemas.avro.Effect;
import dev.plumbline.schemas.avro.Estimate;
import dev.plumbline.schemas.avro.Evidence;
import dev.plumbline.schemas.avro.Exclusion;
import dev.plumbline.schemas.avro.Health;
import dev.plumbline.schemas.avro.HealthKind;
import dev.plumbline.schemas.avro.HealthState;
import dev.plumbline.schemas.avro.HealthUnit;
import dev.plumbline.schemas.avro.InputPartition;
import dev.plumbline.schemas.avro.Label;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.MonitorStarted;
import dev.plumbline.schemas.avro.Operator;
import dev.plumbline.schemas.avro.Owner;
import dev.plumbline.schemas.avro.Phase;
import dev.plumbline.schemas.avro.Position;
import dev.plumbline.schemas.avro.Prediction;
import dev.plumbline.schemas.avro.Proportion;
import dev.plumbline.schemas.avro.Reference;
import dev.plumbline.schemas.avro.ReferenceFrozen;
import dev.plumbline.schemas.avro.Refused;
import dev.plumbline.schemas.avro.Reject;
import dev.plumbline.schemas.avro.Restatement;
import dev.plumbline.schemas.avro.Series;
import dev.plumbline.schemas.avro.SuppressedRejects;
import dev.plumbline.schemas.avro.Verdict;
import dev.plumbline.schemas.avro.VerdictChanged;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** One record per golden file, with every field set somewhere; never edited once released. */
final class Samples {

  private static final Instant PANE_END = Instant.parse("2026-03-01T12:00:00Z");
  private static final String MONITOR = "credit-risk";
  private static final String DIGEST = "9f86d081884c7d65";
  private static final Series TPR_OF_WOMEN =
      Series.newBuilder()
          .setFamily("rate")
          .setMetric("tpr")
          .setSubgroup("sex=F & age=45-65")
          .build();

  private Samples() {}

  /** Records by the name of their golden file. */
  static Map<String, SpecificRecord> all() {
    TrustedClasses.trust(); // builders make defaults, whichever test is the first
    Map<String, SpecificRecord> samples = new LinkedHashMap<>();
    samples.put("prediction", prediction());
    samples.put("label", label());
    samples.put("metrics", metrics());
    samples.put("metrics_label_free", labelFreeMetrics());
    samples.put("metrics_not_identified", notIdentified());
    samples.put("metrics_withheld", withholdingMetrics());
    samples.put("alert", openAlert());
    samples.put("alert_resolved", resolvedAlert());
    samples.put("alert_owned", ownedAlert());
    samples.put("reject", reject());
    samples.put("audit_books", audit(books()));
    samples.put("audit_exclusion", audit(exclusion()));
    samples.put("audit_monitor_started", audit(monitorStarted()));
    samples.put("audit_reference_frozen", audit(referenceFrozen()));
    samples.put("audit_refused", audit(new Refused("another digest", "plumbline run --new")));
    samples.put("audit_suppressed_rejects", audit(suppressedRejects()));
    samples.put("audit_verdict_changed", audit(verdictChanged()));
    samples.put("health", openCondition());
    samples.put("health_heartbeat", heartbeat());
    return samples;
  }

  private static Prediction prediction() {
    return Prediction.newBuilder()
        .setId("loan-42")
        .setTime(PANE_END.minus(Duration.ofMinutes(7)))
        .setModel("scorecard")
        .setVersion("2.1")
        .setScore(0.625)
        .setDecision("decline")
        .setAttributes(Map.of("sex", "F"))
        .setSequence(3L)
        .build();
  }

  private static Label label() {
    return Label.newBuilder()
        .setId("loan-42")
        .setKnown(PANE_END)
        .setHappened(PANE_END.minus(Duration.ofDays(1)))
        .setLabel("repaid")
        .build();
  }

  private static Metrics metrics() {
    return Metrics.newBuilder()
        .setMonitor(MONITOR)
        .setModel("scorecard")
        .setVersion("2.1")
        .setWindowSize("1d")
        .setWindowStart(PANE_END.minus(Duration.ofDays(1)))
        .setWindowEnd(PANE_END)
        .setLabelAge("7d")
        .setRevision(2)
        .setPaneEnd(PANE_END.plus(Duration.ofDays(7)))
        .setClosed(Closed.end)
        .setWarmUp(true)
        .setCounters(new Counters(120L, 50L, 100L, 30L, 15L, 10L, 45L, 4L))
        .setLabelCoverage(100 / 120.0)
        .setMaturity(0.75)
        .setMetrics(
            List.of(
                new Estimate("accuracy", 0.75, 0.657, 0.825, 100L, 0.001, null, null, null),
                new Estimate("tpr", null, null, null, 0L, null, "no_positives", null, null)))
        .setDisparities(
            List.of(
                new Disparity(
                    "sex", "selection_rate", Operator.ratio, 0.8, "sex=F", "sex=M", 40L, 1)))
        .build();
  }

  private static Metrics labelFreeMetrics() {
    return Metrics.newBuilder()
        .setMonitor(MONITOR)
        .setModel("scorecard")
        .setWindowSize("all")
        .setSubgroup("sex=F")
        .setPaneEnd(PANE_END)
        .setCounters(new Counters(60L, 25L, null, null, null, null, null, 0L))
        .build();
  }

  private static Metrics notIdentified() {
    return Metrics.newBuilder(labelFreeMetrics())
        .setLabelAge("final")
        .setMetrics(
            List.of(new Estimate("tpr", null, null, null, 30L, null, "not identified", 0.375, 1.0)))
        .build();
  }

  private static Metrics withholdingMetrics() {
    return Metrics.newBuilder(metrics()).setWithheld(3).setSampled(true).build();
  }

  private static Alert.Builder alert() {
    return Alert.newBuilder()
        .setMonitor(MONITOR)
        .setAlertId("00ff10")
        .setModel("scorecard")
        .setSeries(TPR_OF_WOMEN)
        .setDirection(Direction.down)
        .setSeverity(1.5)
        .setOpenedAt(PANE_END)
        .setChangePoint(PANE_END.minus(Duration.ofHours(9)))
        .setEffect(
            new Effect(40L, 80L, 0.5, 0.393, 0.607, 0.7, -0.2, -0.31, -0.09, "picked as large"))
        .setEvidence(new Evidence(9.25, 8.5, 0.02, 1.1, 800L, "1.1"))
        .setMonitorDigest(DIGEST)
        .setPositions(List.of(new Position("credit.decisions", 3, 4_711L)))
        .setCommand("plumbline replay credit.yaml");
  }

  private static Alert openAlert() {
    return alert().setPhase(Phase.OPEN).build();
  }

  private static Alert resolvedAlert() {
    return alert()
        .setPhase(Phase.RESOLVED)
        .setResolvedAt(PANE_END.plus(Duration.ofDays(2)))
        .setComplement(new Proportion(700L, 1000L, 0.7, 0.67, 0.728))
        .setSinceAlarm(new Proportion(0L, 0L, null, null, null))
        .setLabelCoverage(0.4)
        .setReference(new Reference(PANE_END.minus(Duration.ofDays(60)), PANE_END, "abcd", 90_000L))
        .setRestatement(Restatement.downgraded)
        .setRevision(1)
        .build();
  }

  private static Alert ownedAlert() {
    return alert()
        .setPhase(Phase.OPEN)
        .setOwner(new Owner("lending-ml", "gold", "runbooks/credit"))
        .build();
  }

  private static Reject reject() {
    return Reject.newBuilder()
        .setMonitor(MONITOR)
        .setTopic("credit.decisions")
        .setPartition(3)
        .setOffset(4_712L)
        .setReason("wrong_type")
        .setDetail("points: expected a number, came text")
        .setSizeBytes(312)
        .setPane(PANE_END)
        .build();
  }

  private static Audit audit(Object event) {
    return Audit.newBuilder()
        .setMonitor(MONITOR)
        .setMonitorDigest(DIGEST)
        .setPaneEnd(PANE_END)
        .setEvent(event)
        .build();
  }

  private static Books books() {
    return new Books(
        Closed.frontier,
        List.of(
            new BookEntry("credit.decisions", 3, "read", null, null, 10L),
            new BookEntry("credit.decisions", 3, "accepted", null, "scorecard", 9L),
            new BookEntry("credit.decisions", 3, "rejected", "wrong_type", null, 1L)),
        true);
  }

  private static Exclusion exclusion() {
    return new Exclusion("credit.outcomes", 0, 2, 99L, 492_000L, 492_012L);
  }

  private static MonitorStarted monitorStarted() {
    return new MonitorStarted(
        List.of(new InputPartition("credit.decisions", 3, "predictions", 100L, false)),
        "siphash-128 v1",
        "1.1");
  }

  private static ReferenceFrozen referenceFrozen() {
    return new ReferenceFrozen(
        "scorecard", PANE_END.minus(Duration.ofDays(31)), PANE_END, "abcd", 90_000L, 80_000L);
  }

  private static SuppressedRejects suppressedRejects() {
    return new SuppressedRejects("credit.decisions", 3, "missing_field", 123_456L);
  }

  private static VerdictChanged verdictChanged() {
    return new VerdictChanged(
        "scorecard", TPR_OF_WOMEN, Verdict.undecided, "too_few_trials", "12 of 50 labels");
  }

  private static Health openCondition() {
    return health(HealthKind.unseen_values)
        .setModel("scorecard")
        .setTopic("credit.decisions")
        .setPartition(3)
        .setAttribute("sex")
        .setUnit(HealthUnit.share)
        .setObserved(0.48)
        .setUsual(0.01)
        .setAffects(Affects.attribute)
        .setMessage("48 % of the predictions have a value of sex that was never seen before")
        .setRemedy("look for a value that was renamed")
        .build();
  }

  private static Health heartbeat() {
    return health(HealthKind.heartbeat)
        .setAffects(Affects.nothing)
        .setMessage("the monitor runs")
        .setFrontier(PANE_END)
        .setOpenConditions(2)
        .setRecordsRead(4_711L)
        .build();
  }

  private static Health.Builder health(HealthKind kind) {
    return Health.newBuilder()
        .setMonitor(MONITOR)
        .setMonitorDigest(DIGEST)
        .setKind(kind)
        .setState(HealthState.open)
        .setAt(PANE_END.plus(Duration.ofMinutes(9)))
        .setSince(PANE_END.plus(Duration.ofMinutes(5)));
  }
}
