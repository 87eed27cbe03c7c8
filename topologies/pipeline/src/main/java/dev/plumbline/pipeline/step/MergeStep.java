package dev.plumbline.pipeline.step;

import dev.plumbline.alerts.Alert;
import dev.plumbline.pipeline.codec.Records;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.cube.Statement;
import dev.plumbline.state.evidence.Finding;
import dev.plumbline.state.flow.Answer;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.Control.Clock;
import dev.plumbline.state.flow.Control.Idle;
import dev.plumbline.state.flow.Control.Start;
import dev.plumbline.state.flow.Control.Wake;
import dev.plumbline.state.flow.Crossing;
import dev.plumbline.state.flow.MergeBlock;
import dev.plumbline.state.flow.MergeBlock.Leaver;
import dev.plumbline.state.health.FeedReport;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Cells;
import dev.plumbline.state.record.RejectReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The step behind all joins: holds deltas back until the frontier has passed their arrival pane,
 * then closes panes in order, each once, and says what follows: statements, alerts, verdicts,
 * books.
 */
public final class MergeStep implements Merge {

  // Configuration.
  private final Flow flow;
  private final Records records;

  // State, in the changelog.
  private final MergeState state;

  // Not state: spares comparisons.
  private final Cells cells = new Cells();

  public MergeStep(Flow flow, Records records) {
    this.flow = flow;
    this.records = records;
    this.state = new MergeState(flow);
  }

  @Override
  public void restore(byte[] key, byte @Nullable [] value) {
    state.restore(key, value);
  }

  @Override
  public void receive(byte[] message, Outbox outbox) {
    begin(outbox);
    Reader reader = new Reader(outbox);
    MergeBlock.read(message, reader);
    state.hold(message, reader.lastPane);
    closePanes(outbox);
  }

  @Override
  public void flush(Changelog changelog, Outbox outbox) {
    begin(outbox);
    state.flush(changelog);
  }

  @Override
  public void tick(long now, Collection<FeedReport> reports, Outbox outbox) {
    state.resume();
    state.health.tick(now, reports, state.closedBefore, outbox);
  }

  @Override
  public void stop(long now, Outbox outbox) {
    state.resume();
    state.health.stop(now, state.closedBefore, outbox);
  }

  @Override
  public boolean hasEnded() {
    return state.closedBefore == Crossing.END && state.frontier.hasEnded();
  }

  private void begin(Outbox outbox) {
    state.resume();
    if (!state.hasStarted) {
      state.hasStarted = true;
      outbox.publish(records.started());
    }
  }

  /** Deltas and clocks of a block. */
  private final class Reader implements MergeBlock.Visitor {
    private final Outbox outbox;
    private long lastPane = Long.MIN_VALUE;

    Reader(Outbox outbox) {
      this.outbox = outbox;
    }

    @Override
    public void add(long pane, Counter counter, long amount) {
      requireOpen(pane, counter);
      lastPane = Math.max(lastPane, pane);
      state.held.add(pane, counter, amount);
    }

    @Override
    public Cell known(Cell cell) {
      return cells.known(cell);
    }

    @Override
    public void left(Leaver leaver) {
      lastPane = Math.max(lastPane, leaver.pane());
      state.held.left(leaver);
    }

    @Override
    public void control(int shard, Control control) {
      MergeStep.this.control(shard, control, outbox);
    }
  }

  private void requireOpen(long pane, Counter counter) {
    long closed = counter instanceof Predicted ? state.labelFreeBefore : state.closedBefore;
    if (pane < closed) {
      throw new IllegalStateException(
          "a delta of arrival pane " + pane + " came after its close, before " + closed);
    }
  }

  private void control(int shard, Control control, Outbox outbox) {
    if (control instanceof Clock clock) {
      state.frontier.cross(shard, clock.partition(), clock.crossing());
    } else if (control instanceof Start start) {
      if (flow.inputs().get(start.partition()).kind().hasPredictions()
          && !state.wasIdleFirst(shard, start.partition())) {
        state.warmUpBefore(flow.timing().paneOf(start.time() + flow.timing().grace()) + 1);
      }
    } else if (control instanceof Idle idle) {
      if (state.sleepers.sleeps(idle, shard)) {
        state.frontier.idle(idle.partition(), true);
      }
    } else if (control instanceof Wake wake) {
      if (state.sleepers.wakes(wake, shard)) {
        answer(wake, outbox);
      }
    }
  }

  /**
   * All shards have seen the partition wake: it counts again from the first pane nobody settled.
   */
  private void answer(Wake wake, Outbox outbox) {
    int partition = wake.partition();
    long pane =
        Math.max(
            state.sleepers.settled(partition), Math.max(state.closedBefore, state.labelFreeBefore));
    long passed = state.frontier.passed(partition);
    state.frontier.idle(partition, false);
    if (pane > passed) {
      Flow.Exclusion exclusion =
          new Flow.Exclusion(partition, wake.wake(), wake.offset(), passed, pane);
      state.exclusions.add(exclusion);
      outbox.publish(records.exclusion(exclusion, timestamp(pane - 1)));
    }
    outbox.answer(new Answer(partition, wake.wake(), pane).toBytes());
  }

  /**
   * Closes what the frontier has passed, but nothing while a partition wakes: shards that have seen
   * it wait for it and settle nothing, those that have not still settle without it.
   */
  private void closePanes(Outbox outbox) {
    if (state.sleepers.isWaking()) {
      return;
    }
    closeLabelFree(state.frontier.labelFreePane(), outbox);
    closeAll(state.frontier.pane(), outbox);
  }

  private void closeLabelFree(long frontier, Outbox outbox) {
    while (true) {
      long pane = state.held.next(state.labelFreeBefore);
      for (ModelMerge model : state.models().values()) {
        pane = Math.min(pane, model.labelFree().nextDue());
      }
      if (pane >= frontier) {
        break;
      }
      state.see(pane, state.held.peek(pane).cells());
      state
          .held
          .peek(pane)
          .cells()
          .forEachPredicted(
              (arrival, predicted, amount) ->
                  state.model(predicted).applyLabelFree(arrival, predicted, amount));
      Consumer<Statement> statements = stating(pane, true, outbox);
      for (ModelMerge model : state.models().values()) {
        model.closeLabelFree(pane, statements);
      }
      state.stated();
      state.health.closeLabelFree(state.held.peek(pane));
      state.labelFreeBefore = pane + 1;
    }
    state.labelFreeBefore = Math.max(state.labelFreeBefore, frontier);
  }

  private void closeAll(long frontier, Outbox outbox) {
    while (true) {
      long pane = state.held.next(state.closedBefore);
      for (ModelMerge model : state.models().values()) {
        pane = Math.min(pane, model.labelled().nextDue());
      }
      if (pane >= frontier) {
        break;
      }
      close(pane, outbox);
      state.closedBefore = pane + 1;
    }
    state.closedBefore = Math.max(state.closedBefore, frontier);
    state.frontier.forgetBefore(state.closedBefore);
  }

  private void close(long pane, Outbox outbox) {
    HoldBack.Pane held = state.held.take(pane);
    Set<ModelMerge> touched = new HashSet<>();
    held.cells().cells().forEach(cell -> touched.add(state.model(cell.model())));
    state
        .models()
        .forEach(
            (name, model) -> {
              // Label-free panes are ahead, by chance; a model that only they know is not known.
              if (touched.contains(model) || !model.labelled().isEmpty()) {
                arm(name, model, pane, outbox);
              }
            });
    held.cells().forEach((arrival, counter, n) -> state.model(counter).apply(arrival, counter, n));
    state
        .models()
        .forEach(
            (name, model) -> {
              if (touched.contains(model)) {
                findings(name, model, pane, outbox);
              }
              model.close(pane, stating(pane, false, outbox));
            });
    state.applied(pane, held.cells());
    closeBooks(pane, held, outbox);
    state.health.close(pane, held);
  }

  private void arm(String name, ModelMerge model, long pane, Outbox outbox) {
    if (model.mustArm(pane)) {
      model
          .arm()
          .ifPresentOrElse(
              refusal -> outbox.publish(records.refused(name, refusal, pane, timestamp(pane))),
              () -> {
                outbox.publish(records.referenceFrozen(name, model, pane, timestamp(pane)));
                model
                    .watch()
                    .orElseThrow()
                    .verdicts()
                    .forEach(
                        (series, verdict) ->
                            outbox.publish(
                                records.verdict(
                                    name,
                                    new Finding.VerdictChanged(series, pane, verdict),
                                    timestamp(pane))));
              });
    }
  }

  private void findings(String name, ModelMerge model, long pane, Outbox outbox) {
    List<Finding> findings = model.evaluate(pane);
    for (Finding finding : findings) {
      if (finding instanceof Finding.VerdictChanged changed) {
        outbox.publish(records.verdict(name, changed, timestamp(pane)));
      }
    }
    for (Alert alert : model.alerts(findings)) {
      outbox.publish(records.alert(alert, model, positions(pane), timestamp(pane)));
    }
  }

  private void closeBooks(long pane, HoldBack.Pane held, Outbox outbox) {
    if (held.books().size() > 0) {
      state.books.add(held.books());
      outbox.publish(
          records.books(
              held.books(),
              state.books.isBalanced(),
              pane,
              isClosedByEnd(pane, false),
              timestamp(pane)));
    }
    Map<List<Object>, Integer> published = new TreeMap<>(Comparator.comparing(Object::toString));
    held.leavers().stream()
        .sorted(Comparator.comparingInt(Leaver::partition).thenComparingLong(Leaver::offset))
        .forEach(
            leaver -> {
              List<Object> kind = List.of(leaver.partition(), leaver.state(), leaver.reason());
              if (published.merge(kind, 1, Integer::sum) <= IntakeState.REJECTS_PER_PANE) {
                outbox.publish(records.reject(rejection(leaver), timestamp(pane)));
              }
            });
  }

  private static Records.Rejection rejection(Leaver leaver) {
    String reason =
        leaver.reason() == RejectReason.NONE ? leaver.state().text() : leaver.reason().text();
    return new Records.Rejection(
        leaver.partition(), leaver.offset(), reason, detail(leaver), 0, leaver.pane());
  }

  private static String detail(Leaver leaver) {
    return switch (leaver.state()) {
      case ORPHAN ->
          "no prediction of this id came in time; check that labels and predictions carry the same"
              + " ids, or raise labels.horizon";
      case ORPHAN_BEFORE_START ->
          "no prediction of this id came; it may lie before the first record that was read, so"
              + " nothing is to be done";
      default ->
          leaver.reason() == RejectReason.TOO_MANY_COPIES
              ? "more records of this kind and id than windows.copies; map an id that differs"
                  + " between cases, or raise windows.copies"
              : "left without counting, as its state says";
    };
  }

  private Consumer<Statement> stating(long pane, boolean isLabelFree, Outbox outbox) {
    long timestamp = timestamp(pane, isLabelFree);
    boolean isEnd = isClosedByEnd(pane, isLabelFree);
    return statement -> outbox.publish(records.metrics(statement, isEnd, timestamp));
  }

  private boolean isClosedByEnd(long pane, boolean isLabelFree) {
    return crossings(pane, isLabelFree).stream().anyMatch(c -> c.pane() == Crossing.END);
  }

  private long timestamp(long pane) {
    return timestamp(pane, false);
  }

  /** Largest Kafka timestamp of the inputs that closed a pane; its end where none is known. */
  private long timestamp(long pane, boolean isLabelFree) {
    return crossings(pane, isLabelFree).stream()
        .mapToLong(Crossing::timestamp)
        .filter(timestamp -> timestamp != Crossing.NONE.timestamp())
        .max()
        .orElse((pane + 1) * flow.timing().pane());
  }

  private List<Records.Position> positions(long pane) {
    List<Records.Position> positions = new ArrayList<>();
    for (int p = 0; p < state.frontier.partitions(); p++) {
      positions.add(new Records.Position(p, crossing(p, pane).offset()));
    }
    return positions;
  }

  private List<Crossing> crossings(long pane, boolean isLabelFree) {
    List<Crossing> crossings = new ArrayList<>();
    boolean[] areLabelFree = flow.areLabelFree();
    for (int p = 0; p < areLabelFree.length; p++) {
      if (!isLabelFree || areLabelFree[p]) {
        crossings.add(crossing(p, pane));
      }
    }
    return crossings;
  }

  /** How a partition's clock passed a pane; nothing where the pane did not wait for it. */
  private Crossing crossing(int partition, long pane) {
    for (Flow.Exclusion exclusion : state.exclusions) {
      if (exclusion.partition() == partition
          && pane >= exclusion.firstPane()
          && pane < exclusion.answerPane()) {
        return Crossing.NONE;
      }
    }
    return state.frontier.crossing(partition, pane);
  }
}
