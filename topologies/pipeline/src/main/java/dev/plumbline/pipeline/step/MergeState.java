package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.DeltaCodec;
import dev.plumbline.state.flow.Frontier;
import dev.plumbline.state.flow.MergeBlock;
import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a merge remembers, and how it is written.
 *
 * <p>The changelog holds the messages that are still held back, as they came; the deltas of closed
 * panes that windows and evidence still need; totals of what they no longer need; evidence; and
 * clocks, books and what was closed. Everything else is made again from these.
 */
final class MergeState {

  private static final byte CLOCKS = 'm';
  private static final byte HELD = 'h';
  private static final byte APPLIED = 'a';
  private static final byte TOTALS = 't';
  private static final byte MODEL = 'e';

  final HoldBack held = new HoldBack();
  final Frontier frontier;
  final Sleepers sleepers;
  final Ledger books = new Ledger();
  final MergeHealth health;
  final List<Flow.Exclusion> exclusions;
  long labelFreeBefore = Long.MIN_VALUE;
  long closedBefore = Long.MIN_VALUE;
  boolean hasStarted;

  private final Flow flow;
  private final Map<String, ModelMerge> models = new TreeMap<>();
  private final Parts parts = new Parts();
  private final NavigableMap<Long, Long> heldMessages = new TreeMap<>();
  private final NavigableMap<Long, Boolean> appliedPanes = new TreeMap<>();
  private final Map<String, byte[]> writtenTotals = new TreeMap<>();
  private final List<Held> newHeld = new ArrayList<>();
  private final Map<Long, byte[]> newApplied = new TreeMap<>();
  private boolean isResumed;
  private boolean isModelChanged;
  private long warmUpBefore = Long.MIN_VALUE;
  private long nextHeld;
  private byte[] writtenClocks = {};
  private @Nullable Cell lastCell;
  private @Nullable ModelMerge lastModel;

  MergeState(Flow flow) {
    this.flow = flow;
    this.frontier = new Frontier(flow.shards(), flow.areLabelFree());
    this.sleepers = new Sleepers(flow.shards(), flow.inputs().size());
    this.exclusions = new ArrayList<>(flow.exclusions());
    this.health = new MergeHealth(flow);
  }

  /** A message that is held back, as it came, and the last pane that it has something of. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Held(byte[] bytes, long lastPane) {}

  /** All models seen, by name. */
  Map<String, ModelMerge> models() {
    return models;
  }

  /** A model, seen from now on. */
  ModelMerge model(String name) {
    return models.computeIfAbsent(
        name,
        n -> {
          ModelMerge model = new ModelMerge(n, flow);
          model.labelFree().warmUpBefore(warmUpBefore);
          model.labelled().warmUpBefore(warmUpBefore);
          return model;
        });
  }

  /** The model of a counter of cells, seen from now on. */
  ModelMerge model(Counter counter) {
    Cell cell =
        counter instanceof Predicted predicted
            ? predicted.cell()
            : ((Counter.Labelled) counter).cell();
    ModelMerge model = lastModel;
    if (model == null || !cell.equals(lastCell)) {
      model = model(cell.model());
      lastModel = model;
      lastCell = cell;
    }
    return model;
  }

  /** The predictions of a pane are complete: which values they fold is decided. */
  void see(long pane, Deltas deltas) {
    deltas.forEachPredicted(
        (arrival, predicted, amount) -> model(predicted).see(pane, predicted, amount));
    models.values().forEach(model -> model.folding().close(pane));
  }

  /** Whether panes were closed without a partition before it brought anything, here or earlier. */
  boolean wasIdleFirst(int shard, int partition) {
    return frontier.passed(shard, partition) != Long.MIN_VALUE
        || flow.exclusions().stream()
            .anyMatch(e -> e.partition() == partition && e.firstPane() == Long.MIN_VALUE);
  }

  /** Windows that begin before this pane are warm-up. */
  void warmUpBefore(long pane) {
    warmUpBefore = Math.max(warmUpBefore, pane);
    for (ModelMerge model : models.values()) {
      model.labelFree().warmUpBefore(warmUpBefore);
      model.labelled().warmUpBefore(warmUpBefore);
    }
  }

  /** A message whose deltas are held back from now on, the last of them to this pane. */
  void hold(byte[] message, long lastPane) {
    newHeld.add(new Held(message, lastPane));
  }

  /** The deltas of a pane that has just been closed. */
  void applied(long pane, Deltas cells) {
    if (cells.size() > 0) {
      ByteWriter out = new ByteWriter();
      DeltaCodec.write(cells, out);
      newApplied.put(pane, out.toBytes());
    }
    stated();
  }

  /** Statements were made: revisions and totals may have changed. */
  void stated() {
    isModelChanged = true;
  }

  void restore(byte[] key, byte @Nullable [] value) {
    parts.restore(key, value);
  }

  /** Makes everything again from what was restored, once. */
  void resume() {
    if (isResumed) {
      return;
    }
    isResumed = true;
    parts.restored(CLOCKS, (key, in) -> readClocks(in));
    parts.restored(TOTALS, (key, in) -> ModelCodec.readTotals(model(key.text()), flow, in));
    parts.restored(APPLIED, (key, in) -> applyAgain(key.fixed() ^ Long.MIN_VALUE, in));
    if (closedBefore != Long.MIN_VALUE) {
      models.values().forEach(model -> model.labelled().closeSilently(closedBefore - 1));
    }
    parts.restored(HELD, (key, in) -> holdAgain(key.fixed(), in));
    applyLabelFreeAgain();
    parts.restored(MODEL, (key, in) -> ModelCodec.readWatch(model(key.text()), in));
    models.values().forEach(model -> model.counts().takeTouched());
    parts.restored(MergeHealth.PANES, (key, in) -> health.restorePanes(in));
    parts.restored(MergeHealth.REPORTS, (key, in) -> health.restoreReports(in));
    parts.forgetRestored();
  }

  private void applyAgain(long pane, ByteReader in) {
    appliedPanes.put(pane, true);
    Deltas deltas = new Deltas();
    DeltaCodec.read(in, deltas);
    for (ModelMerge model : models.values()) {
      model.labelled().closeSilently(pane - 1);
      model.labelFree().closeSilently(pane - 1);
    }
    see(pane, deltas);
    deltas.forEach((arrival, counter, n) -> model(counter).applyAgain(pane, counter, n));
  }

  private void holdAgain(long number, ByteReader in) {
    nextHeld = Math.max(nextHeld, number + 1);
    MergeBlock.read(in, new Holding(number));
  }

  /** Puts deltas that were held back there again; clocks have been restored themselves. */
  private final class Holding implements MergeBlock.Visitor {
    private final long number;

    Holding(long number) {
      this.number = number;
      heldMessages.put(number, Long.MIN_VALUE);
    }

    @Override
    public void add(long pane, Counter counter, long amount) {
      heldMessages.merge(number, pane, Math::max);
      if (pane >= closedBefore) {
        held.add(pane, counter, amount);
      }
    }

    @Override
    public void left(MergeBlock.Leaver leaver) {
      heldMessages.merge(number, leaver.pane(), Math::max);
      if (leaver.pane() >= closedBefore) {
        held.left(leaver);
      }
    }

    @Override
    public void control(int shard, Control control) {}
  }

  /** Label-free counters of panes that are closed for them, but not for labels. */
  private void applyLabelFreeAgain() {
    for (long pane = held.next(closedBefore); pane < labelFreeBefore; pane = held.next(pane + 1)) {
      for (ModelMerge model : models.values()) {
        model.labelFree().closeSilently(pane - 1);
      }
      long closed = pane;
      see(pane, held.peek(pane).cells());
      held.peek(pane)
          .cells()
          .forEachPredicted(
              (arrival, predicted, n) ->
                  model(predicted).labelFree().applyAgain(closed, predicted, n));
    }
    if (labelFreeBefore != Long.MIN_VALUE) {
      models.values().forEach(model -> model.labelFree().closeSilently(labelFreeBefore - 1));
    }
  }

  void flush(Step.Changelog changelog) {
    flushHeld(changelog);
    newApplied.forEach(
        (pane, bytes) -> {
          appliedPanes.put(pane, true);
          parts.put(changelog, appliedKey(pane), bytes);
        });
    newApplied.clear();
    if (isModelChanged) {
      isModelChanged = false;
      models.forEach((name, model) -> flush(name, model, changelog));
      deleteApplied(changelog);
    }
    exclusions.removeIf(e -> !flow.exclusions().contains(e) && e.answerPane() <= closedBefore);
    flushClocks(changelog);
    health.flush((kind, value) -> parts.put(changelog, new byte[] {kind}, value));
  }

  private void flushClocks(Step.Changelog changelog) {
    byte[] clocks = writeClocks();
    if (!Arrays.equals(clocks, writtenClocks)) {
      writtenClocks = clocks;
      parts.put(changelog, new byte[] {CLOCKS}, clocks);
    }
  }

  private void flush(String name, ModelMerge model, Step.Changelog changelog) {
    byte[] totals = ModelCodec.writeTotals(model);
    if (!Arrays.equals(totals, writtenTotals.getOrDefault(name, new byte[0]))) {
      writtenTotals.put(name, totals);
      parts.put(changelog, new ByteWriter().octet(TOTALS).text(name).toBytes(), totals);
    }
    parts.put(
        changelog,
        new ByteWriter().octet(MODEL).text(name).toBytes(),
        ModelCodec.writeWatch(model));
  }

  /** Messages of which every pane is closed need not be kept. */
  private void flushHeld(Step.Changelog changelog) {
    for (Held message : newHeld) {
      long number = nextHeld++;
      if (message.lastPane >= closedBefore) {
        heldMessages.put(number, message.lastPane);
        parts.put(changelog, heldKey(number), message.bytes);
      }
    }
    newHeld.clear();
    heldMessages
        .entrySet()
        .removeIf(
            entry -> {
              boolean isOver = entry.getValue() < closedBefore;
              if (isOver) {
                parts.put(changelog, heldKey(entry.getKey()), null);
              }
              return isOver;
            });
  }

  private void deleteApplied(Step.Changelog changelog) {
    long needed = models.values().stream().mapToLong(ModelMerge::neededFrom).min().orElse(0);
    NavigableMap<Long, Boolean> over = appliedPanes.headMap(needed, false);
    over.keySet().forEach(pane -> parts.put(changelog, appliedKey(pane), null));
    over.clear();
  }

  private byte[] writeClocks() {
    ByteWriter out = new ByteWriter().octet(ModelCodec.FORMAT).octet(hasStarted ? 1 : 0);
    out.fixed(labelFreeBefore).fixed(closedBefore).fixed(warmUpBefore).unsigned(nextHeld);
    frontier.write(out);
    sleepers.write(out);
    books.write(out);
    out.unsigned(exclusions.size());
    for (Flow.Exclusion e : exclusions) {
      out.unsigned(e.partition()).unsigned(e.wake()).signed(e.offset());
      out.fixed(e.firstPane()).fixed(e.answerPane());
    }
    return out.toBytes();
  }

  private void readClocks(ByteReader in) {
    ModelCodec.requireFormat(in);
    hasStarted = in.octet() == 1;
    labelFreeBefore = in.fixed();
    closedBefore = in.fixed();
    warmUpBefore = in.fixed();
    nextHeld = in.unsigned();
    frontier.read(in);
    sleepers.read(in);
    books.read(in);
    exclusions.clear();
    for (int i = in.count(); i > 0; i--) {
      exclusions.add(
          new Flow.Exclusion(in.count(), in.count(), in.signed(), in.fixed(), in.fixed()));
    }
  }

  private static byte[] heldKey(long number) {
    return new ByteWriter().octet(HELD).fixed(number).toBytes();
  }

  private static byte[] appliedKey(long pane) {
    return new ByteWriter().octet(APPLIED).fixed(pane ^ Long.MIN_VALUE).toBytes();
  }
}
