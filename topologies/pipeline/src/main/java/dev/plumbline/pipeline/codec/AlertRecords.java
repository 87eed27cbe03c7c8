package dev.plumbline.pipeline.codec;

import dev.plumbline.alerts.Alert;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.schemas.avro.Direction;
import dev.plumbline.schemas.avro.Effect;
import dev.plumbline.schemas.avro.Evidence;
import dev.plumbline.schemas.avro.Owner;
import dev.plumbline.schemas.avro.Phase;
import dev.plumbline.schemas.avro.Position;
import dev.plumbline.schemas.avro.Proportion;
import dev.plumbline.schemas.avro.Series;
import dev.plumbline.state.evidence.Finding.Opened;
import dev.plumbline.state.evidence.Finding.Resolved;
import dev.plumbline.state.evidence.Interval;
import dev.plumbline.state.evidence.RateWatch;
import dev.plumbline.state.evidence.ReferencePanes;
import dev.plumbline.state.evidence.Sample;
import dev.plumbline.state.evidence.SeriesName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as records of the alerts topic. No number of fewer events than the monitor publishes of a
 * subgroup leaves: neither of the subgroup nor of everybody else, nor one to subtract it with.
 */
public final class AlertRecords {

  private AlertRecords() {}

  /** The reference that a model's series are compared with. */
  public record Reference(
      ReferencePanes panes, long predictions, long labels, String fingerprint) {}

  /** What the merge knows of the model that an alert is about. */
  public interface Context {

    /** The frozen reference. */
    Reference frozenReference();

    /** Share of all predictions of the model since a pane that have a label. */
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
    long fewest = flow.cube().publishMin();
    Opened opened = alert.opened();
    boolean isTold = opened.effect().now().trials() >= fewest;
    return dev.plumbline.schemas.avro.Alert.newBuilder()
        .setMonitor(flow.monitor())
        .setAlertId(alert.id())
        .setModel(alert.model())
        .setPhase(Phase.valueOf(alert.phase().name()))
        .setSeries(series(opened.series()))
        .setDirection(Direction.valueOf(opened.direction().text()))
        .setSeverity(isTold ? opened.severity() : 0)
        .setOpenedAt(end(opened.pane(), pane))
        .setResolvedAt(alert.resolved().map(r -> end(r.pane(), pane)).orElse(null))
        .setChangePoint(Instant.ofEpochMilli(opened.changePane() * pane))
        .setEffect(isTold ? effect(opened) : withheld(opened))
        .setComplement(isTold ? complement(opened.complement(), fewest) : null)
        .setSinceAlarm(alert.resolved().map(r -> sinceAlarm(r, fewest)).orElse(null))
        .setEvidence(evidence(opened, fewest))
        .setLabelCoverage(coverage(opened, context))
        .setReference(reference(context.frozenReference(), opened, pane))
        .setMonitorDigest(flow.digest())
        .setPositions(positions.stream().map(p -> position(flow, p)).toList())
        .setCommand(command(flow, alert))
        .setRevision(alert.revision())
        .setOwner(new Owner(flow.owner().team(), flow.owner().tier(), flow.owner().runbook()))
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

  /** An effect of fewer events than may be published: what the reference expects, and no more. */
  private static Effect withheld(Opened opened) {
    return Effect.newBuilder()
        .setSuccesses(0)
        .setTrials(0)
        .setExpected(opened.effect().expected())
        .build();
  }

  /** Everybody else; nothing where that is nobody, or fewer than may be published. */
  private static @Nullable Proportion complement(Sample sample, long fewest) {
    return proportion(sample, Interval.wilson(sample.trials(), sample.successes()), fewest);
  }

  private static @Nullable Proportion sinceAlarm(Resolved resolved, long fewest) {
    return proportion(resolved.sinceAlarm(), resolved.interval(), fewest);
  }

  private static @Nullable Proportion proportion(Sample sample, Interval interval, long fewest) {
    if (sample.trials() < Math.max(1, fewest)) {
      return null;
    }
    return Proportion.newBuilder()
        .setSuccesses(sample.successes())
        .setTrials(sample.trials())
        .setRate((double) sample.successes() / sample.trials())
        .setLow(interval.low())
        .setHigh(interval.high())
        .build();
  }

  private static @Nullable Double coverage(Opened opened, Context context) {
    return opened.series().metric().labelled()
        ? boxed(context.coverageSince(opened.changePane()))
        : null;
  }

  /**
   * The command that makes the alert again from recordings of the input topics. Only names that the
   * monitor file gives stand in it: where files lie is nothing that an output may depend on.
   */
  private static String command(Flow flow, Alert alert) {
    List<String> words = new ArrayList<>();
    words.add("plumbline replay --monitor " + flow.monitor() + ".yaml");
    flow.inputs().stream()
        .map(input -> option(input.kind()) + " " + input.topic() + ".csv")
        .distinct()
        .forEach(words::add);
    words.add("--output alert-" + alert.id());
    return String.join(" ", words);
  }

  private static String option(Flow.Kind kind) {
    return switch (kind) {
      case PREDICTIONS, BOTH -> "--predictions";
      case LABELS -> "--labels";
      case ATTRIBUTES -> "--attributes";
    };
  }

  private static Evidence evidence(Opened opened, long fewest) {
    return Evidence.newBuilder()
        .setLogS(opened.strength().logS())
        .setLogThreshold(opened.strength().logThreshold())
        .setWeight(opened.strength().weight())
        .setPhi(opened.strength().phi())
        .setEventsUsed(opened.eventsUsed() < fewest ? 0 : opened.eventsUsed())
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
