package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.Arrays;
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
      Comparator.comparing((Read<Prediction> r) -> r.event().cell().model())
          .thenComparing(r -> r.event().cell().version())
          .thenComparingLong(r -> r.event().time())
          .thenComparingLong(r -> r.event().sequence())
          .thenComparing((a, b) -> a.event().compareContent(b.event()))
          .thenComparing(Read::compareArrival);

  /** Hears what records contribute, each with its amount. */
  interface Sink {

    /** A counter of a cell. */
    void accept(Counter counter, long amount);

    /** A record by what became of it, other than a prediction that awaits a label. */
    void books(Arrived record, RecordState state, String model);

    /** A prediction that awaits a label; nor can one come after that pane, if it has an end. */
    void awaits(Arrived prediction, String model, long lastPane, long amount);
  }

  private final Absences absences;
  private final Subjects subjects;
  private final long end;
  private final JoinRules rules;
  private final Timing timing;
  private final Closings closings;
  private final Sink sink;

  private Contribution(View view, Sink sink) {
    this.absences = view.absences;
    this.subjects = view.subjects;
    this.end = view.end;
    this.rules = absences.rules();
    this.timing = rules.timing();
    this.closings = new Closings(rules);
    this.sink = sink;
  }

  /**
   * What is known beside the records of an id.
   *
   * @param end the pane at whose end it is known
   */
  record View(Absences absences, Subjects subjects, long end) {}

  /**
   * Gives the counters of a set of records of one id, each with its amount, to the sink.
   *
   * @param concluded the pane before which conclusions from absence have been drawn
   */
  static void of(List<Arrived> known, long concluded, View view, Sink sink) {
    new Contribution(view, sink).add(known, concluded);
  }

  /** The same for the first record of an id. */
  static void ofFirst(Arrived first, View view, Sink sink) {
    Contribution contribution = new Contribution(view, sink);
    if (first.event() instanceof Prediction prediction) {
      contribution.addPredicted(first, prediction, contribution.cell(first, List.of(first)));
      sink.awaits(first, prediction.cell().model(), Closings.NEVER, 1);
    } else {
      contribution.book(first, RecordState.WAITING, "");
    }
  }

  /** What a prediction adds that is not selected for a label: nothing can touch it any more. */
  static void ofUnselected(Arrived arrived, Prediction prediction, View view, Sink sink) {
    Contribution contribution = new Contribution(view, sink);
    contribution.addPredicted(arrived, prediction, prediction.cell());
    contribution.book(arrived, RecordState.UNSELECTED, prediction.cell().model());
  }

  /** What a label adds that is the first of a prediction, counts for it, and arrives after it. */
  static void ofLabel(Arrived awaiting, Arrived label, View view, Sink sink) {
    Contribution contribution = new Contribution(view, sink);
    long known = contribution.timing.paneOf(label.arrival());
    int value = ((Label) label.event()).value();
    contribution.decide(awaiting, List.of(awaiting, label), known, value, RecordState.LABELLED);
    contribution.book(label, RecordState.MATCHED, "");
  }

  /** What the end of a pane adds in which the absence of a label counts as one. */
  static void ofAbsence(Arrived awaiting, long pane, View view, Sink sink) {
    Contribution contribution = new Contribution(view, sink);
    int value = view.absences.label();
    contribution.decide(awaiting, List.of(awaiting), pane, value, RecordState.CONCLUDED);
  }

  private void decide(
      Arrived awaiting, List<Arrived> records, long known, int value, RecordState state) {
    String model = ((Prediction) awaiting.event()).cell().model();
    addLabelled(awaiting, cell(awaiting, records), known, value, value);
    sink.awaits(awaiting, model, Closings.NEVER, -1);
    book(awaiting, state, model);
  }

  /**
   * A prediction that counts with its duplicates.
   *
   * @param members itself among them
   */
  record Group(Arrived counting, List<Arrived> members) {}

  /** The predictions of a set that count, in the order (model, version, time). */
  static List<Arrived> counting(List<Arrived> known, JoinRules rules) {
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
    return groups(known, rules).stream().map(Group::counting).toList();
  }

  /** The same with their duplicates. */
  static List<Group> groups(List<Arrived> known, JoinRules rules) {
    List<Group> groups = new ArrayList<>();
    Read<Prediction> first = null;
    for (Read<Prediction> read : predictions(known)) {
      if (first == null || !isWithin(first, read, known, rules)) {
        first = read;
        groups.add(new Group(read.arrived(), new ArrayList<>()));
      }
      groups.get(groups.size() - 1).members().add(read.arrived());
    }
    return groups;
  }

  /** Whether a label that happened then counts for a prediction of that time. */
  static boolean counts(Prediction prediction, Label label, Timing timing) {
    return label.happened() >= prediction.time() - timing.skew()
        && label.happened() <= prediction.time() + timing.horizon();
  }

  private void add(List<Arrived> known, long concluded) {
    List<Read<Label>> labels = LabelOrder.of(known);
    boolean[] booked = new boolean[labels.size()];
    boolean[] tied = new boolean[labels.size()];
    Read<Prediction> first = null;
    for (Read<Prediction> read : predictions(known)) {
      if (first == null || !isWithin(first, read, known, rules)) {
        first = read;
        addPrediction(read, labels, concluded, booked, tied);
      } else {
        book(read.arrived(), RecordState.DUPLICATE, read.event().cell().model());
      }
    }
    for (int i = 0; i < booked.length; i++) {
      if (!booked[i]) {
        book(labels.get(i).arrived(), RecordState.WAITING, "");
      }
      if (tied[i]) {
        book(labels.get(i).arrived(), RecordState.TIED, "");
      }
    }
  }

  private void addPrediction(
      Read<Prediction> read,
      List<Read<Label>> all,
      long concluded,
      boolean[] booked,
      boolean[] tied) {
    Prediction prediction = read.event();
    List<Read<Label>> labels = LabelOrder.of(read.arrived(), all, closings);
    LabelOrder.markTies(labels, all, tied);
    bookLabels(labels, all, booked);

    List<Arrived> own = labels.stream().map(Read::arrived).toList();
    Cell cell = cell(read.arrived(), own);
    addPredicted(read.arrived(), prediction, cell);
    long last = closings.pane(read.arrived(), own);
    long absent = absences.pane(read.arrived());
    boolean isConcluded = absent < concluded && absent <= last;
    Outcome outcome = new Outcome(read.arrived(), all, isConcluded ? absent : Absences.NEVER);
    int value = outcome.at(Absences.NEVER - 1);
    String model = prediction.cell().model();
    if (value == Outcomes.NONE) {
      sink.awaits(read.arrived(), model, last, 1);
    } else {
      boolean isLabelled = outcome.ofLabels(Absences.NEVER - 1) != Outcomes.NONE;
      book(read.arrived(), isLabelled ? RecordState.LABELLED : RecordState.CONCLUDED, model);
    }
    long known = outcome.firstPane(timing.paneOf(read.arrived().arrival()), labels);
    if (known != Absences.NEVER) {
      addLabelled(read.arrived(), cell, known, outcome.at(known), value);
    }
  }

  /** The first outcome counts in the cell of that time; then what differs from it by now. */
  private void addLabelled(Arrived arrived, Cell cell, long known, int firstValue, int value) {
    Prediction prediction = (Prediction) arrived.event();
    Cell firstCell = subjects.cell(prediction, timing.paneOf(arrived.arrival()));
    Labelled first = first(prediction, firstCell, known, firstValue);
    sink.accept(first, 1);
    if (value != firstValue || !cell.equals(firstCell)) {
      sink.accept(first.corrected(firstValue), -1);
      if (value != Outcomes.NONE) {
        sink.accept(first(prediction, cell, known, value).corrected(value), 1);
      }
    }
  }

  /** What is known of a prediction's cell; nothing changes that once it is over. */
  private Cell cell(Arrived arrived, List<Arrived> labels) {
    Prediction prediction = (Prediction) arrived.event();
    if (prediction.subjects().isEmpty()) {
      return prediction.cell();
    }
    long over = timing.paneOf(timing.lastTouchOfPrediction(prediction.time()));
    return subjects.cell(prediction, Math.min(end, Math.min(over, closings.pane(arrived, labels))));
  }

  /** What is known of a prediction's outcome at the end of a pane. */
  private final class Outcome {
    private final Arrived prediction;
    private final List<Read<Label>> all;
    private final long absent; // The pane in which the absence of a label counts as one, or never.

    Outcome(Arrived prediction, List<Read<Label>> all, long absent) {
      this.prediction = prediction;
      this.all = all;
      this.absent = absent;
    }

    int at(long pane) {
      int value = ofLabels(pane);
      return value == Outcomes.NONE && absent <= pane ? absences.label() : value;
    }

    /** By labels alone; later ones may not even change the order of a tie among them. */
    int ofLabels(long pane) {
      List<Label> different = new ArrayList<>();
      for (Read<Label> label : LabelOrder.of(prediction, knownBy(all, pane), closings)) {
        boolean isCopy =
            !different.isEmpty() && different.get(different.size() - 1).equals(label.event());
        if (!isCopy) {
          different.add(label.event());
        }
      }
      return rules.outcomes().of(different);
    }

    /** The first pane, not before that of the prediction's arrival, with an outcome; or never. */
    long firstPane(long arrival, List<Read<Label>> labels) {
      long[] panes = new long[labels.size() + 1];
      panes[labels.size()] = absent;
      for (int i = 0; i < labels.size(); i++) {
        panes[i] = Math.max(arrival, timing.paneOf(labels.get(i).arrived().arrival()));
      }
      Arrays.sort(panes);
      for (long pane : panes) {
        if (pane != Absences.NEVER && at(pane) != Outcomes.NONE) {
          return pane;
        }
      }
      return Absences.NEVER;
    }
  }

  private void addPredicted(Arrived arrived, Prediction prediction, Cell cell) {
    long pane = timing.paneOf(prediction.time());
    int bin = rules.bin(prediction.score());
    sink.accept(new Predicted(cell, pane, prediction.decision(), bin), 1);
    book(arrived, RecordState.ACCEPTED, prediction.cell().model());
  }

  private Labelled first(Prediction prediction, Cell cell, long known, int value) {
    long pane = timing.paneOf(prediction.time());
    int step = rules.ages().step(known - pane);
    int bin = rules.bin(prediction.score());
    return new Labelled(cell, pane, step, false, prediction.decision(), value, bin);
  }

  private List<Read<Label>> knownBy(List<Read<Label>> labels, long pane) {
    return labels.stream()
        .filter(label -> timing.paneOf(label.arrived().arrival()) <= pane)
        .toList();
  }

  private void bookLabels(List<Read<Label>> labels, List<Read<Label>> all, boolean[] booked) {
    for (int i = 0; i < labels.size(); i++) {
      Read<Label> label = labels.get(i);
      int index = all.indexOf(label);
      if (!booked[index]) {
        booked[index] = true;
        book(label.arrived(), state(labels, i), "");
      }
    }
  }

  private static RecordState state(List<Read<Label>> labels, int i) {
    int value = labels.get(i).event().value();
    int before = i == 0 ? Outcomes.NONE : labels.get(i - 1).event().value();
    if (value == before) {
      return RecordState.DUPLICATE;
    }
    if (value == Outcomes.NONE) {
      return RecordState.WITHDRAWN;
    }
    boolean isFirst = labels.subList(0, i).stream().noneMatch(r -> r.event().hasOutcome());
    return isFirst ? RecordState.MATCHED : RecordState.REVISED;
  }

  private void book(Arrived arrived, RecordState state, String model) {
    sink.books(arrived, state, model);
  }

  private static boolean isWithin(
      Read<Prediction> first, Read<Prediction> next, List<Arrived> known, JoinRules rules) {
    Cell cell = first.event().cell();
    Timing timing = rules.timing();
    return cell.model().equals(next.event().cell().model())
        && cell.version().equals(next.event().cell().version())
        && next.event().time() <= first.event().time() + timing.horizon()
        && timing.paneOf(next.arrived().arrival())
            <= new Closings(rules).pane(first.arrived(), known);
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
}
