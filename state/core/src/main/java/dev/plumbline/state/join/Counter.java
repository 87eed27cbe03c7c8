package dev.plumbline.state.join;

import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import java.util.Comparator;

/** What a delta adds to: a counter of a cell, or a counter of the books. */
public sealed interface Counter {

  /**
   * Predictions of a cell and prediction pane, with or without label.
   *
   * @param pane prediction pane: its start divided by the pane length
   * @param bin score bin, 0 where no score is mapped
   */
  record Predicted(Cell cell, long pane, int decision, int bin) implements Counter {}

  /**
   * Labelled predictions of a cell, prediction pane and label age.
   *
   * @param step age step of the earliest label ({@code AgeSteps})
   * @param correction false: the label as known at the end of the pane of the first one; true: the
   *     signed difference that later labels made
   */
  record Labelled(
      Cell cell, long pane, int step, boolean correction, int decision, int label, int bin)
      implements Counter {

    /** The counter of corrections beside it, of a class. */
    Labelled corrected(int value) {
      return new Labelled(cell, pane, step, true, decision, value, bin);
    }
  }

  /**
   * Input records by what became of them.
   *
   * @param partition index of the input partition in the monitor's list of inputs
   * @param model model where known, else empty
   */
  record Booked(int partition, RecordState state, RejectReason reason, String model)
      implements Counter, Comparable<Booked> {

    private static final Comparator<Booked> ORDER =
        Comparator.comparingInt(Booked::partition)
            .thenComparing(Booked::state)
            .thenComparing(Booked::reason)
            .thenComparing(Booked::model);

    @Override
    public int compareTo(Booked other) {
      return ORDER.compare(this, other);
    }
  }
}
