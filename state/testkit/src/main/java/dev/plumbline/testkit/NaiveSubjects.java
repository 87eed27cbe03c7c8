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
    List<NaiveJoin.Arrived> known =
        words.stream()
            .filter(word -> timing.paneOf(word.arrival()) <= pane)
            .filter(word -> prediction.subjects().contains(word.event().id()))
            .filter(word -> said(word).since() <= prediction.time())
            .sorted(Comparator.comparing(NaiveSubjects::said, BY_WEIGHT))
            .toList();
    List<String> values = new ArrayList<>(prediction.cell().values());
    for (NaiveJoin.Arrived word : known) {
      for (int i = 0; i < values.size(); i++) {
        int attribute = i;
        if (!said(word).deletes()
            && said(word).says(i)
            && known.stream().noneMatch(other -> takesBack(other, word, attribute))) {
          values.set(i, said(word).values().get(i));
        }
      }
    }
    Cell own = prediction.cell();
    return new Cell(own.model(), own.version(), values, own.sampling());
  }

  /** Whether one is a deletion of what was known until then and does not arrive long after it. */
  private boolean takesBack(NaiveJoin.Arrived one, NaiveJoin.Arrived other, int attribute) {
    long retention = (timing.retention() + timing.pane() - 1) / timing.pane();
    return said(one).deletes()
        && said(one).says(attribute)
        && one.event().id().equals(other.event().id())
        && other.event().time() <= one.event().time()
        && timing.paneOf(other.arrival()) - timing.paneOf(one.arrival()) <= 2 * retention;
  }

  private static Attributes said(NaiveJoin.Arrived word) {
    return (Attributes) word.event();
  }
}
