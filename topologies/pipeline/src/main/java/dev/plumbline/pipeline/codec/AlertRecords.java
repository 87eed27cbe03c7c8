package dev.plumbline.pipeline.codec;

import dev.plumbline.alerts.Alert;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.schemas.avro.Direction;
import dev.plumbline.schemas.avro.Effect;
import dev.plumbline.schemas.avro.Evidence;
import dev.plumbline.schemas.avro.Phase;
import dev.plumbline.schemas.avro.Position;
import dev.plumbline.schemas.avro.Proportion;
import dev.plumbline.schemas.avro.Series;
import dev.plumbline.state.evidence.Finding.Opened;
import dev.plumbline.state.evidence.Finding.Resolved;
import dev.plumbline.state.evidence.RateWatch;
import dev.plumbline.state.evidence.ReferencePanes;
import dev.plumbline.state.evidence.Sample;
import dev.plumbline.state.evidence.SeriesName;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Alerts as records of the alerts topic. */
public final class AlertRecords {

  private AlertRecords() {}

  /** The reference that a model's series are compared with. */
  public record Reference(
      ReferencePanes panes, long predictions, long labels, String fingerprint) {}

  /** What the merge knows of the model that an alert is about. */
  public interface Context {

    /** The frozen reference. */
    Reference frozenReference();

    /** Share of the model's predictions since a pane that have a label. */
    OptionalDouble coverageSince(long pane);
  }

  static Series series(SeriesName name) {
    String[] parts = name.text().split("\\|", -1);
    return Series.newBuilder()
        .setFamily(parts[0])
        .setMetric(parts[1])
        .setSubgroup(parts[2])
        .build();
  }

  static dev.plumbline.schemas.avro.Alert of(
      Flow flow, Alert alert, Context context, List<Records.Position> positions) {
    long pane = flow.timing().pane();
    Opened opened = alert.opened();
    return dev.plumbline.schemas.avro.Alert.newBuilder()
        .setMonitor(flow.monitor())
        .setAlertId(alert.id())
        .setModel(alert.model())
        .setPhase(Phase.valueOf(alert.phase().name()))
        .setSeries(series(opened.series()))
        .setDirection(Direction.valueOf(opened.direction().text()))
        .setSeverity(opened.severity())
        .setOpenedAt(end(opened.pane(), pane))
        .setResolvedAt(alert.resolved().map(r -> end(r.pane(), pane)).orElse(null))
        .setChangePoint(Instant.ofEpochMilli(opened.changePane() * pane))
        .setEffect(effect(opened))
        .setSinceAlarm(alert.resolved().map(AlertRecords::sinceAlarm).orElse(null))
        .setEvidence(evidence(opened))
        .setLabelCoverage(boxed(context.coverageSince(opened.changePane())))
        .setReference(reference(context.frozenReference(), opened, pane))
        .setMonitorDigest(flow.digest())
        .setPositions(positions.stream().map(p -> position(flow, p)).toList())
        .setCommand("plumbline replay --monitor " + flow.monitor() + ".yaml")
        .setRevision(alert.revision())
        .build();
  }

  private static Instant end(long pane, long paneMillis) {
    return Instant.ofEpochMilli((pane + 1) * paneMillis);
  }

  private static Effect effect(Opened opened) {
    var effect = opened.effect();
    return Effect.newBuilder()
        .setSuccesses(effect.now().successes())
        .setTrials(effect.now().trials())
        .setRate(boxed(effect.rate()))
        .setLow(effect.interval().low())
        .setHigh(effect.interval().high())
        .setExpected(effect.expected())
        .setDifference(boxed(effect.departure()))
        .setDifferenceLow(effect.difference().low())
        .setDifferenceHigh(effect.difference().high())
        .setSelectedBiasNote("selected because it was large, so biased away from zero")
        .build();
  }

  private static Proportion sinceAlarm(Resolved resolved) {
    Sample sample = resolved.sinceAlarm();
    return Proportion.newBuilder()
        .setSuccesses(sample.successes())
        .setTrials(sample.trials())
        .setRate(sample.trials() == 0 ? null : (double) sample.successes() / sample.trials())
        .setLow(resolved.interval().low())
        .setHigh(resolved.interval().high())
        .build();
  }

  private static Evidence evidence(Opened opened) {
    return Evidence.newBuilder()
        .setLogS(opened.strength().logS())
        .setLogThreshold(opened.strength().logThreshold())
        .setWeight(opened.strength().weight())
        .setPhi(opened.strength().phi())
        .setEventsUsed(opened.eventsUsed())
        .setMethodVersion(RateWatch.METHOD_VERSION)
        .build();
  }

  private static dev.plumbline.schemas.avro.Reference reference(
      Reference reference, Opened opened, long pane) {
    return dev.plumbline.schemas.avro.Reference.newBuilder()
        .setFrom(Instant.ofEpochMilli(reference.panes().from() * pane))
        .setTo(Instant.ofEpochMilli(reference.panes().to() * pane))
        .setFingerprint(reference.fingerprint())
        .setSize(opened.referenceSize())
        .build();
  }

  private static Position position(Flow flow, Records.Position position) {
    InputPartition input = flow.inputs().get(position.partition());
    return Position.newBuilder()
        .setTopic(input.topic())
        .setPartition(input.partition())
        .setOffset(position.offset())
        .build();
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }
}
