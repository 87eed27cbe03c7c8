package dev.plumbline.testkit;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.join.Outcomes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Words for logs of a few records and for their deltas. Pane 10, grace 20, skew 5, horizon 100,
 * late by 100, recall 30, jump 50, 3 copies; age steps from panes 0, 2 and 10; two score bins.
 *
 * <p>So a prediction at t expires at pane of t + 200, a label that happened at h is orphaned at h +
 * 35, copies of predictions are bounded in [0, 200), labels in [0, 35), [35, 70) and so on.
 */
final class Small {

  static final JoinRules RULES =
      new JoinRules(
          new Timing(10, 20, 5, 100, 100, 30, 50, 3),
          AgeSteps.ofPanes(0, 2, 10),
          2,
          Outcomes.OF_LAST);

  private final List<Log.Partition> partitions = new ArrayList<>();
  private final List<Exclusion> exclusions = new ArrayList<>();

  Small predictions(Object... records) {
    partitions.add(Log.Partition.of(Log.Kind.PREDICTIONS, raws(records)));
    return this;
  }

  Small predictionsFrom(long start, Object... records) {
    partitions.add(new Log.Partition(Log.Kind.PREDICTIONS, start, raws(records)));
    return this;
  }

  Small labels(Object... records) {
    partitions.add(Log.Partition.of(Log.Kind.LABELS, raws(records)));
    return this;
  }

  Small excluding(int partition, long offset, long answerPane) {
    exclusions.add(new Exclusion(partition, offset, answerPane));
    return this;
  }

  private static List<Raw> raws(Object... records) {
    List<Raw> raws = new ArrayList<>();
    for (Object each : records) {
      raws.add(
          each instanceof Event event
              ? new Raw.Mapped(raws.size(), event.time(), event)
              : new Raw.Unmapped(raws.size(), 0, (RejectReason) each));
    }
    return raws;
  }

  /** Prediction of model m, version 1, decision 1, score 0.7. */
  static Prediction prediction(int id, long time) {
    return prediction(id, time, "1", 1);
  }

  static Prediction prediction(int id, long time, String version, int decision) {
    Cell cell = new Cell("m", version, List.of("a"));
    return new Prediction(
        new IdHash(0, id), time, Event.NO_SEQUENCE, cell, decision, 300_000 + 400_000 * decision);
  }

  static Prediction ofAnotherModel(int id, long time) {
    Cell cell = new Cell("x", "1", List.of("a"));
    return new Prediction(new IdHash(0, id), time, Event.NO_SEQUENCE, cell, 1, 700_000);
  }

  /** Label that happened when it became known, without a sequence. */
  static Label label(int id, long time, int value) {
    return label(id, time, time, value);
  }

  static Label label(int id, long time, long happened, int value) {
    return new Label(new IdHash(0, id), time, happened, Event.NO_SEQUENCE, value);
  }

  static Label sequenced(int id, long time, long sequence, int value) {
    return new Label(new IdHash(0, id), time, time, sequence, value);
  }

  /** All deltas as lines: arrival pane, counter, amount. */
  List<String> deltas() {
    Map<Delta, Long> deltas =
        NaiveSorter.deltas(new Log(partitions), RULES, Set.of("m"), exclusions);
    return deltas.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(e -> "%s %+d".formatted(line(e.getKey()), e.getValue()))
        .toList();
  }

  /** The lines that contain one of the words. */
  List<String> deltasOf(String... words) {
    return deltas().stream()
        .filter(line -> List.of(words).stream().anyMatch(word -> line.contains(" " + word)))
        .toList();
  }

  private static String line(Delta delta) {
    String what = "";
    if (delta.counter() instanceof Predicted p) {
      what =
          "predicted v%s p%d d%d b%d".formatted(version(p.cell()), p.pane(), p.decision(), p.bin());
    } else if (delta.counter() instanceof Labelled l) {
      what =
          "%s v%s p%d step%d d%d y%d b%d"
              .formatted(
                  l.correction() ? "correction" : "first",
                  version(l.cell()),
                  l.pane(),
                  l.step(),
                  l.decision(),
                  l.label(),
                  l.bin());
    } else if (delta.counter() instanceof Booked b) {
      String reason = b.reason() == RejectReason.NONE ? "" : "(" + b.reason().text() + ")";
      String model = b.model().isEmpty() ? "" : " of " + b.model();
      what = "#%d %s%s%s".formatted(b.partition(), b.state().text(), reason, model);
    }
    return "@%d %s".formatted(delta.arrivalPane(), what);
  }

  private static String version(Cell cell) {
    return cell.version();
  }
}
