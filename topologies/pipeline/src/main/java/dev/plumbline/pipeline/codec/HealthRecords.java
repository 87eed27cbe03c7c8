package dev.plumbline.pipeline.codec;

import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.schemas.avro.Affects;
import dev.plumbline.schemas.avro.Health;
import dev.plumbline.schemas.avro.HealthKind;
import dev.plumbline.schemas.avro.HealthState;
import dev.plumbline.schemas.avro.HealthUnit;
import dev.plumbline.state.health.Change;
import dev.plumbline.state.health.Condition;
import dev.plumbline.state.health.HealthRules;
import dev.plumbline.state.health.Seen;
import dev.plumbline.state.health.Where;
import dev.plumbline.state.record.Sha256;
import java.time.Instant;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes the records of the health topic. */
public final class HealthRecords {

  private static final double MILLIS = 1000;

  private final Flow flow;

  public HealthRecords(Flow flow) {
    this.flow = flow;
  }

  /**
   * What a heartbeat tells.
   *
   * @param began when the task that sends it began, wall-clock milliseconds
   * @param closedBefore the first arrival pane that is not closed
   * @param open conditions that are open
   */
  public record Beat(long began, long closedBefore, int open, long read) {}

  /** A condition opened or closed. */
  public Published change(Change change, long now) {
    Where where = change.where();
    HealthKind kind = HealthKind.valueOf(change.condition().text());
    HealthTexts texts = new HealthTexts(flow, change);
    Health value =
        begun(kind, change.isOpen(), now, change.since())
            .setModel(orNull(where.model()))
            .setTopic(orNull(where.topic()))
            .setPartition(where.partition() == Where.ALL ? null : where.partition())
            .setAttribute(orNull(where.attribute()))
            .setUnit(unit(change.condition()))
            .setObserved(number(change.condition(), change.seen().observed()))
            .setUsual(number(change.condition(), change.seen().usual()))
            .setAffects(affects(change))
            .setMessage(texts.message())
            .setRemedy(change.isOpen() ? texts.remedy() : "")
            .build();
    String key =
        String.join(
            "|",
            flow.monitor(),
            change.condition().text(),
            where.model(),
            where.topic(),
            where.partition() == Where.ALL ? "" : Integer.toString(where.partition()),
            where.attribute());
    return publish(key, value, now);
  }

  /** The monitor runs, or was told to stop. */
  public Published heartbeat(Beat beat, boolean isStopping, long now) {
    boolean hasClosed =
        beat.closedBefore != Long.MIN_VALUE && Math.abs(beat.closedBefore) < Long.MAX_VALUE / 2;
    Health value =
        begun(HealthKind.heartbeat, !isStopping, now, beat.began)
            .setMessage(isStopping ? "the monitor was told to stop" : "the monitor runs")
            .setRemedy(isStopping ? "start it again with plumbline run" : "")
            .setFrontier(
                hasClosed
                    ? Instant.ofEpochMilli(
                        Math.multiplyExact(beat.closedBefore, flow.timing().pane()))
                    : null)
            .setOpenConditions(beat.open)
            .setRecordsRead(beat.read)
            .build();
    return publish(flow.monitor() + "|" + HealthKind.heartbeat, value, now);
  }

  private Health.Builder begun(HealthKind kind, boolean isOpen, long now, long since) {
    return Health.newBuilder()
        .setMonitor(flow.monitor())
        .setMonitorDigest(flow.digest())
        .setKind(kind)
        .setState(isOpen ? HealthState.open : HealthState.closed)
        .setAt(Instant.ofEpochMilli(now))
        .setSince(Instant.ofEpochMilli(since))
        .setUnit(HealthUnit.none)
        .setAffects(Affects.nothing);
  }

  private Published publish(String key, Health value, long now) {
    String id =
        Sha256.hex(
            flow.digest(), Output.HEALTH.name(), key, Long.toString(now), value.getState().name());
    return new Published(Output.HEALTH, key, value, now, id);
  }

  private static HealthUnit unit(Condition condition) {
    return switch (condition) {
      case PREDICTIONS_STOPPED, LABELS_STOPPED, PARTITION_STALLED, LAG -> HealthUnit.seconds;
      case CONSTANT_SCORE -> HealthUnit.predictions;
      default -> HealthUnit.share;
    };
  }

  private static @Nullable Double number(Condition condition, long number) {
    if (number == Seen.NONE) {
      return null;
    }
    return switch (unit(condition)) {
      case seconds -> number / MILLIS;
      case share -> (double) number / HealthRules.ONE;
      default -> (double) number;
    };
  }

  private Affects affects(Change change) {
    return switch (change.condition()) {
      case PREDICTIONS_STOPPED, CONSTANT_SCORE -> Affects.everything;
      case LABELS_STOPPED, LABEL_COVERAGE, ORPHANS -> Affects.labelled;
      case MISSING_VALUES, UNSEEN_VALUES -> Affects.attribute;
      case PARTITION_STALLED, LAG, REJECTS -> ofTopic(change.where().topic());
      case DUPLICATES -> Affects.nothing;
    };
  }

  private Affects ofTopic(String topic) {
    boolean[] areLabelFree = flow.areLabelFree();
    return IntStream.range(0, areLabelFree.length)
            .filter(p -> flow.inputs().get(p).topic().equals(topic))
            .anyMatch(p -> areLabelFree[p])
        ? Affects.everything
        : Affects.labelled;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
