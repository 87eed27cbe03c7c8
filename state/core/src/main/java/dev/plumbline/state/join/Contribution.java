package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the records of one id contribute, as a function of their set: {@code f(K)} of FLOW section
 * 2.
 *
 * <p>The order in which the records were read does not matter, with the one exception that FLOW
 * names: labels of equal time without a sequence, all from one partition, follow their offsets, and
 * the list given here keeps the reading order inside each partition.
 */
final class Contribution {

  private static final Comparator<Read<Prediction>> PREDICTION_ORDER =
      Comparator.comparing((Read<Prediction> r) -> r.event.cell().model())
          .thenComparing(r -> r.event.cell().version())
          .thenComparingLong(r -> r.event.time())
          .thenComparingLong(r -> r.event.sequence())
          .thenComparing((a, b) -> a.event.compareContent(b.event))
          .thenComparing(Read::compareArrival);

  private static final Comparator<Read<Label>> LABEL_ORDER =
      Comparator.comparingLong((Read<Label> r) -> r.event.time())
          .thenComparingLong(r -> r.event.sequence())
          .thenComparing((a, b) -> a.event.compareContent(b.event))
          .thenComparing(Read::compareArrival);

  /** Hears what records contribute, each with its amount. */
  interface Sink {

    /** A counter of a cell. */
    void accept(Counter counter, long amount);

    /** A record by what became of it, other than a prediction that awaits a label. */
    void books(Arrived record, RecordState state, String model);

    /** A prediction that awaits a label. */
    void awaits(Arrived prediction, String model, long amount);
  }

  private final JoinRules rules;
  private final Timing timing;
  private final Sink sink;

  private Contribution(JoinRules rules, Sink sink) {
    this.rules = rules;
    this.timing = rules.timing();
    this.sink = sink;
  }

  /** Gives the counters of a set of records of one id, each with its amount, to the sink. */
  static void of(List<Arrived> known, JoinRules rules, Sink sink) {
    new Contribution(rules, sink).add(known);
  }

  /** The same for the first record of an id. */
  static void ofFirst(Arrived first, JoinRules rules, Sink sink) {
    Contribution contribution = new Contribution(rules, sink);
    if (first.event() instanceof Prediction prediction) {
      contribution.addPredicted(first, prediction);
      sink.awaits(first, prediction.cell().model(), 1);
    } else {
      contribution.book(first, RecordState.WAITING, "");
    }
  }

  /** What a label adds that is the first of a prediction, counts for it, and arrives after it. */
  static void ofLabel(Arrived awaiting, Arrived label, JoinRules rules, Sink sink) {
    Contribution contribution = new Contribution(rules, sink);
    Prediction prediction = (Prediction) awaiting.event();
    String model = prediction.cell().model();
    long known = rules.timing().paneOf(label.arrival());
    sink.accept(contribution.first(prediction, known, ((Label) label.event()).value()), 1);
    sink.awaits(awaiting, model, -1);
    contribution.book(awaiting, RecordState.LABELLED, model);
    contribution.book(label, RecordState.MATCHED, "");
  }

  /** The predictions of a set that count, in the order (model, version, time). */
  static List<Arrived> counting(List<Arrived> known, Timing timing) {
    Arrived only = null;
    int predictions = 0;
    for (Arrived record : known) {
      if (!Retention.isLabel(record)) {
        only = record;
        predictions++;
      }
    }
    if (only == null || predictions == 1) {
      return only == null ? List.of() : List.of(only);
    }
    List<Arrived> counting = new ArrayList<>();
    Read<Prediction> first = null;
    for (Read<Prediction> read : predictions(known)) {
      if (first == null || !isWithin(first, read, timing)) {
        first = read;
        counting.add(read.arrived);
      }
    }
    return counting;
  }

  /** Whether a label that happened then counts for a prediction of that time. */
  static boolean counts(Prediction prediction, Label label, Timing timing) {
    return label.happened() >= prediction.time() - timing.skew()
        && label.happened() <= prediction.time() + timing.horizon();
  }

  private void add(List<Arrived> known) {
    List<Read<Label>> labels = labels(known);
    boolean[] booked = new boolean[labels.size()];
    boolean[] tied = new boolean[labels.size()];
    Read<Prediction> first = null;
    for (Read<Prediction> read : predictions(known)) {
      if (first == null || !isWithin(first, read, timing)) {
        first = read;
        addPrediction(read, labels, booked, tied);
      } else {
        book(read.arrived, RecordState.DUPLICATE, read.event.cell().model());
      }
    }
    for (int i = 0; i < booked.length; i++) {
      if (!booked[i]) {
        book(labels.get(i).arrived, RecordState.WAITING, "");
      }
      if (tied[i]) {
        book(labels.get(i).arrived, RecordState.TIED, "");
      }
    }
  }

  private void addPrediction(
      Read<Prediction> read, List<Read<Label>> all, boolean[] booked, boolean[] tied) {
    Prediction prediction = read.event;
    Cell cell = prediction.cell();
    long pane = timing.paneOf(prediction.time());
    int bin = rules.bin(prediction.score());
    addPredicted(read.arrived, prediction);

    List<Read<Label>> labels = labelsOf(prediction, all);
    markTies(labels, all, tied);
    bookLabels(labels, all, booked);
    if (labels.isEmpty()) {
      sink.awaits(read.arrived, cell.model(), 1);
      return;
    }
    book(read.arrived, RecordState.LABELLED, cell.model());
    long known = firstPane(read, labels);
    int step = rules.ages().step(known - pane);
    int firstValue = lastValue(labelsOf(prediction, knownBy(all, known)));
    int value = lastValue(labels);
    int decision = prediction.decision();
    sink.accept(first(prediction, known, firstValue), 1);
    if (value != firstValue) {
      sink.accept(new Labelled(cell, pane, step, true, decision, firstValue, bin), -1);
      sink.accept(new Labelled(cell, pane, step, true, decision, value, bin), 1);
    }
  }

  private void addPredicted(Arrived arrived, Prediction prediction) {
    long pane = timing.paneOf(prediction.time());
    int bin = rules.bin(prediction.score());
    sink.accept(new Predicted(prediction.cell(), pane, prediction.decision(), bin), 1);
    book(arrived, RecordState.ACCEPTED, prediction.cell().model());
  }

  private Labelled first(Prediction prediction, long known, int value) {
    long pane = timing.paneOf(prediction.time());
    int step = rules.ages().step(known - pane);
    int bin = rules.bin(prediction.score());
    return new Labelled(prediction.cell(), pane, step, false, prediction.decision(), value, bin);
  }

  /** The pane at whose end the prediction and a label of it were first known together. */
  private long firstPane(Read<Prediction> prediction, List<Read<Label>> labels) {
    long earliest = Long.MAX_VALUE;
    for (Read<Label> label : labels) {
      earliest = Math.min(earliest, timing.paneOf(label.arrived.arrival()));
    }
    return Math.max(earliest, timing.paneOf(prediction.arrived.arrival()));
  }

  /** Labels by the end of a pane: later ones may not even change the order of a tie among them. */
  private List<Read<Label>> knownBy(List<Read<Label>> labels, long pane) {
    return labels.stream().filter(label -> timing.paneOf(label.arrived.arrival()) <= pane).toList();
  }

  private static int lastValue(List<Read<Label>> labels) {
    return labels.get(labels.size() - 1).event.value();
  }

  /**
   * All raw labels that count for a prediction, copies included, in the order of FLOW section 2.
   */
  private List<Read<Label>> labelsOf(Prediction prediction, List<Read<Label>> all) {
    List<Read<Label>> labels = new ArrayList<>(all.size());
    for (Read<Label> label : all) {
      if (counts(prediction, label.event, timing)) {
        labels.add(label);
      }
    }
    if (labels.size() > 1) {
      orderTies(labels);
    }
    return labels;
  }

  /** Puts ties that came from one partition into the order of their offsets. */
  private static void orderTies(List<Read<Label>> labels) {
    int from = 0;
    while (from < labels.size()) {
      int to = tieEnd(labels, from);
      List<Read<Label>> tie = labels.subList(from, to);
      if (isTie(tie)
          && tie.stream().allMatch(r -> r.arrived.partition() == tie.get(0).arrived.partition())) {
        List<Read<Label>> copy = List.copyOf(tie);
        tie.sort(
            Comparator.comparingInt((Read<Label> r) -> firstIndex(copy, r))
                .thenComparing(Read::compareArrival));
      }
      from = to;
    }
  }

  private static int firstIndex(List<Read<Label>> tie, Read<Label> of) {
    int first = Integer.MAX_VALUE;
    for (Read<Label> read : tie) {
      if (read.event.compareContent(of.event) == 0) {
        first = Math.min(first, read.index);
      }
    }
    return first;
  }

  private static int tieEnd(List<Read<Label>> labels, int from) {
    Label first = labels.get(from).event;
    int to = from + 1;
    while (to < labels.size()
        && labels.get(to).event.time() == first.time()
        && labels.get(to).event.sequence() == first.sequence()) {
      to++;
    }
    return to;
  }

  private static boolean isTie(List<Read<Label>> labels) {
    Label first = labels.get(0).event;
    return first.sequence() == Label.NO_SEQUENCE
        && labels.stream().anyMatch(r -> r.event.compareContent(first) != 0);
  }

  private static void markTies(List<Read<Label>> labels, List<Read<Label>> all, boolean[] tied) {
    for (int from = 0; from < labels.size(); ) {
      int to = tieEnd(labels, from);
      if (isTie(labels.subList(from, to))) {
        for (int i = from; i < to; i++) {
          tied[all.indexOf(labels.get(i))] = true;
        }
      }
      from = to;
    }
  }

  private void bookLabels(List<Read<Label>> labels, List<Read<Label>> all, boolean[] booked) {
    for (int i = 0; i < labels.size(); i++) {
      Read<Label> label = labels.get(i);
      int index = all.indexOf(label);
      if (!booked[index]) {
        booked[index] = true;
        book(label.arrived, state(labels, i), "");
      }
    }
  }

  private static RecordState state(List<Read<Label>> labels, int i) {
    if (i == 0) {
      return RecordState.MATCHED;
    }
    return labels.get(i).event.value() == labels.get(i - 1).event.value()
        ? RecordState.DUPLICATE
        : RecordState.REVISED;
  }

  private void book(Arrived arrived, RecordState state, String model) {
    sink.books(arrived, state, model);
  }

  private static boolean isWithin(Read<Prediction> first, Read<Prediction> next, Timing timing) {
    Cell cell = first.event.cell();
    return cell.model().equals(next.event.cell().model())
        && cell.version().equals(next.event.cell().version())
        && next.event.time() <= first.event.time() + timing.horizon();
  }

  private static List<Read<Prediction>> predictions(List<Arrived> known) {
    List<Read<Prediction>> predictions = new ArrayList<>(known.size());
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).event() instanceof Prediction prediction) {
        predictions.add(new Read<>(i, known.get(i), prediction));
      }
    }
    if (predictions.size() > 1) {
      predictions.sort(PREDICTION_ORDER);
    }
    return predictions;
  }

  private static List<Read<Label>> labels(List<Arrived> known) {
    List<Read<Label>> labels = new ArrayList<>(known.size());
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).event() instanceof Label label) {
        labels.add(new Read<>(i, known.get(i), label));
      }
    }
    if (labels.size() > 1) {
      labels.sort(LABEL_ORDER);
    }
    return labels;
  }

  /** A record with its place in reading order. */
  private record Read<E>(int index, Arrived arrived, E event) {

    int compareArrival(Read<?> other) {
      int order = Long.compare(arrived.arrival(), other.arrived.arrival());
      return order != 0 ? order : Integer.compare(arrived.partition(), other.arrived.partition());
    }
  }
}
