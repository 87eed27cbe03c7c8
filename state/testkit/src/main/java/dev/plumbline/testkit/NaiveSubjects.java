package dev.plumbline.testkit;

import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is known of subjects, for {@link NaiveJoin}: all words on them, looked through each time.
 */
record NaiveSubjects(List<NaiveJoin.Arrived> words, Timing timing) {

  private static final Comparator<Attributes> BY_WEIGHT =
      Comparator.comparingLong(Attributes::since)
          .thenComparingLong(Attributes::time)
          .thenComparingLong(Attributes::sequence)
          .thenComparing(said -> String.join("|", said.values()));

  /** The panes in which something becomes known of a prediction's subjects. */
  List<Long> panes(Prediction prediction) {
    return words.stream()
        .filter(word -> prediction.subjects().contains(word.event().id()))
        .map(word -> timing.paneOf(word.arrival()))
        .toList();
  }

  /** The cell of a prediction as known at the end of a pane. */
  Cell cell(Prediction prediction, long pane) {
    List<Attributes> known =
        words.stream()
            .filter(word -> timing.paneOf(word.arrival()) <= pane)
            .map(word -> (Attributes) word.event())
            .filter(said -> prediction.subjects().contains(said.id()))
            .filter(said -> said.since() <= prediction.time())
            .sorted(BY_WEIGHT)
            .toList();
    List<String> values = new ArrayList<>(prediction.cell().values());
    for (Attributes said : known) {
      for (int i = 0; i < values.size(); i++) {
        if (!said.values().get(i).isEmpty()) {
          values.set(i, said.values().get(i));
        }
      }
    }
    Cell own = prediction.cell();
    return new Cell(own.model(), own.version(), values, own.sampling());
  }
}
