package dev.plumbline.pipeline.codec;

import dev.plumbline.alerts.Alert;
import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.Exclusion;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.WatchRules;
import dev.plumbline.schemas.avro.Audit;
import dev.plumbline.schemas.avro.BookEntry;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Closed;
import dev.plumbline.schemas.avro.MonitorStarted;
import dev.plumbline.schemas.avro.ReferenceFrozen;
import dev.plumbline.schemas.avro.Refused;
import dev.plumbline.schemas.avro.Reject;
import dev.plumbline.schemas.avro.VerdictChanged;
import dev.plumbline.state.cube.Statement;
import dev.plumbline.state.evidence.Finding;
import dev.plumbline.state.evidence.RateWatch;
import dev.plumbline.state.evidence.Verdict;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.record.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of the output topics: what they say, their keys, and ids that follow from both.
 */
public final class Records {

  private final Flow flow;

  public Records(Flow flow) {
    this.flow = flow;
  }

  /**
   * A record that was not admitted, or left without counting.
   *
   * @param partition index of its input partition
   * @param size bytes of its value; 0 where that is no longer known
   * @param pane arrival pane at which it was final, or {@link #BEFORE_THE_FIRST}
   */
  public record Rejection(
      int partition, long offset, String reason, String detail, int size, long pane) {

    /**
     * Stands for "before the partition's first readable time". It is the number of the first pane
     * of 1970, in which no event of a model lies.
     */
    public static final long BEFORE_THE_FIRST = 0;
  }

  /** How far an input partition had been read; offset -1 where the pane did not wait for it. */
  public record Position(int partition, long offset) {}

  /** A statement about a subgroup in a window. */
  public Published metrics(Statement statement, boolean isEnd, long timestamp) {
    return publish(
        Output.METRICS,
        MetricsRecords.key(flow.monitor(), statement, flow.timing().pane()),
        MetricsRecords.of(flow, statement, isEnd),
        timestamp,
        Integer.toString(statement.revision()));
  }

  /** An alert, opened or resolved. */
  public Published alert(
      Alert alert, AlertRecords.Context context, List<Position> positions, long timestamp) {
    return publish(
        Output.ALERTS,
        flow.monitor() + "|" + alert.id(),
        AlertRecords.of(flow, alert, context, positions),
        timestamp,
        Integer.toString(alert.revision()));
  }

  /** A reject. */
  public Published reject(Rejection rejection, long timestamp) {
    InputPartition input = flow.inputs().get(rejection.partition);
    Reject value =
        Reject.newBuilder()
            .setMonitor(flow.monitor())
            .setTopic(input.topic())
            .setPartition(input.partition())
            .setOffset(rejection.offset)
            .setReason(rejection.reason)
            .setDetail(rejection.detail)
            .setSizeBytes(rejection.size)
            .setPane(rejection.pane == Rejection.BEFORE_THE_FIRST ? null : instant(rejection.pane))
            .build();
    String key =
        String.join(
            "|",
            flow.monitor(),
            input.topic(),
            Integer.toString(input.partition()),
            Long.toString(rejection.offset));
    return publish(Output.REJECTS, key, value, timestamp, rejection.reason);
  }

  /** The first word of a run: what is read, from where. */
  public Published started() {
    List<dev.plumbline.schemas.avro.InputPartition> inputs = new ArrayList<>();
    for (InputPartition input : flow.inputs()) {
      inputs.add(
          dev.plumbline.schemas.avro.InputPartition.newBuilder()
              .setTopic(input.topic())
              .setPartition(input.partition())
              .setKind(input.kind().name().toLowerCase(java.util.Locale.ROOT))
              .setStartOffset(input.startOffset())
              .setStartedAtFirstRecord(input.isWhole())
              .build());
    }
    MonitorStarted event =
        MonitorStarted.newBuilder()
            .setInputs(inputs)
            .setIdHashAlgorithm(IdHash.ALGORITHM)
            .setMethodVersion(RateWatch.METHOD_VERSION)
            .build();
    return audit(event, null, 0);
  }

  /** The books of a closed pane. */
  public Published books(
      Deltas changes, boolean isBalanced, long pane, boolean isEnd, long timestamp) {
    List<BookEntry> entries = new ArrayList<>();
    changes.forEach(
        (arrival, counter, amount) -> {
          if (counter instanceof Booked booked) {
            entries.add(entry(booked, amount));
          }
        });
    Books event =
        Books.newBuilder()
            .setClosed(closed(isEnd))
            .setEntries(entries)
            .setBalanced(isBalanced)
            .build();
    return audit(event, pane, timestamp);
  }

  private BookEntry entry(Booked booked, long count) {
    InputPartition input = flow.inputs().get(booked.partition());
    return BookEntry.newBuilder()
        .setTopic(input.topic())
        .setPartition(input.partition())
        .setState(booked.state().text())
        .setReason(booked.reason() == RejectReason.NONE ? null : booked.reason().text())
        .setModel(booked.model().isEmpty() ? null : booked.model())
        .setCount(count)
        .build();
  }

  /** The frontier did not wait for an idle partition. */
  public Published exclusion(Exclusion exclusion, long timestamp) {
    InputPartition input = flow.inputs().get(exclusion.partition());
    return audit(
        dev.plumbline.schemas.avro.Exclusion.newBuilder()
            .setTopic(input.topic())
            .setPartition(input.partition())
            .setWake(exclusion.wake())
            .setOffset(exclusion.offset())
            .setFirstPane(exclusion.firstPane())
            .setAnswerPane(exclusion.answerPane())
            .build(),
        null,
        timestamp);
  }

  /** The verdict on a series is of another kind than before. */
  public Published verdict(String model, Finding.VerdictChanged changed, long timestamp) {
    Verdict verdict = changed.verdict();
    boolean isUndecided = verdict instanceof Verdict.Undecided;
    VerdictChanged event =
        VerdictChanged.newBuilder()
            .setModel(model)
            .setSeries(AlertRecords.series(changed.series()))
            .setVerdict(
                isUndecided
                    ? dev.plumbline.schemas.avro.Verdict.undecided
                    : dev.plumbline.schemas.avro.Verdict.valueOf(verdict.kind()))
            .setReason(isUndecided ? verdict.kind() : null)
            .setDetail(verdict instanceof Verdict.Undecided undecided ? undecided.detail() : null)
            .build();
    return audit(event, changed.pane(), timestamp);
  }

  /** A model's reference is complete. */
  public Published referenceFrozen(
      String model, AlertRecords.Context context, long pane, long timestamp) {
    AlertRecords.Reference reference = context.frozenReference();
    ReferenceFrozen event =
        ReferenceFrozen.newBuilder()
            .setModel(model)
            .setFrom(instant(reference.panes().from() - 1))
            .setTo(instant(reference.panes().to() - 1))
            .setFingerprint(reference.fingerprint())
            .setPredictions(reference.predictions())
            .setLabels(reference.labels())
            .build();
    return audit(event, pane, timestamp);
  }

  /** A reference contradicts the monitor file. */
  public Published refused(String model, WatchRules.Refusal refusal, long pane, long timestamp) {
    Refused event =
        Refused.newBuilder()
            .setProblem("model " + model + ": " + refusal.problem())
            .setRemedy(refusal.remedy())
            .build();
    return audit(event, pane, timestamp);
  }

  private Published audit(SpecificRecord event, @Nullable Long pane, long timestamp) {
    Audit value =
        Audit.newBuilder()
            .setMonitor(flow.monitor())
            .setMonitorDigest(flow.digest())
            .setPaneEnd(pane == null ? null : instant(pane))
            .setEvent(event)
            .build();
    String what = event instanceof Books ? "books" : event.toString();
    return publish(Output.AUDIT, flow.monitor(), value, timestamp, pane + "|" + what);
  }

  /** The end of a pane. */
  private Instant instant(long pane) {
    return Instant.ofEpochMilli((pane + 1) * flow.timing().pane());
  }

  static Closed closed(boolean isEnd) {
    return isEnd ? Closed.end : Closed.frontier;
  }

  /** The id follows from the key and from what tells the records of one key apart. */
  private Published publish(
      Output output, String key, SpecificRecord value, long timestamp, String what) {
    String id = Sha256.hex(flow.digest(), output.name(), key, what);
    return new Published(output, key, value, timestamp, id);
  }
}
