package dev.plumbline.state.join;

import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order of the labels of an id (FLOW section 2): by time, sequence and content; ties that came
 * from one partition without a sequence as they were read.
 */
final class LabelOrder {

  private static final Comparator<Read<Label>> ORDER =
      Comparator.comparingLong((Read<Label> r) -> r.event().time())
          .thenComparingLong(r -> r.event().sequence())
          .thenComparing((a, b) -> a.event().compareContent(b.event()))
          .thenComparing(Read::compareArrival);

  private LabelOrder() {}

  /** All labels of a set. */
  static List<Read<Label>> of(List<Arrived> known) {
    List<Read<Label>> labels = new ArrayList<>(known.size());
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).event() instanceof Label label) {
        labels.add(new Read<>(i, known.get(i), label));
      }
    }
    if (labels.size() > 1) {
      labels.sort(ORDER);
    }
    return labels;
  }

  /**
   * All raw labels that count for a prediction, copies included, in the order of FLOW section 2.
   */
  static List<Read<Label>> of(Arrived prediction, List<Read<Label>> all, Closings closings) {
    List<Read<Label>> labels = new ArrayList<>(all.size());
    for (Read<Label> label : all) {
      if (closings.counts((Prediction) prediction.event(), label.event())) {
        labels.add(label);
      }
    }
    if (closings.exist()) {
      long last = closings.pane(prediction, labels.stream().map(Read::arrived).toList());
      Timing timing = closings.rules().timing();
      labels.removeIf(label -> timing.paneOf(label.arrived().arrival()) > last);
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
          && tie.stream()
              .allMatch(r -> r.arrived().partition() == tie.get(0).arrived().partition())) {
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
      if (read.event().compareContent(of.event()) == 0) {
        first = Math.min(first, read.index());
      }
    }
    return first;
  }

  private static int tieEnd(List<Read<Label>> labels, int from) {
    Label first = labels.get(from).event();
    int to = from + 1;
    while (to < labels.size()
        && labels.get(to).event().time() == first.time()
        && labels.get(to).event().sequence() == first.sequence()) {
      to++;
    }
    return to;
  }

  private static boolean isTie(List<Read<Label>> labels) {
    Label first = labels.get(0).event();
    return first.sequence() == Label.NO_SEQUENCE
        && labels.stream().anyMatch(r -> r.event().compareContent(first) != 0);
  }

  /** Marks those of all labels that tie among those of a prediction. */
  static void markTies(List<Read<Label>> labels, List<Read<Label>> all, boolean[] tied) {
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
}
