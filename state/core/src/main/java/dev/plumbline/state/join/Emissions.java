package dev.plumbline.state.join;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Gives contributions as deltas, or takes them back, and keeps count of who awaits a label. */
final class Emissions {

  private final Absences absences;
  private final Subjects subjects;
  private final Timing timing;
  private final Retention retention;
  private final Awaiting awaiting = new Awaiting();
  private final KnownBooks books = new KnownBooks();
  private long frontier = Long.MIN_VALUE;
  private long concluded = Long.MIN_VALUE;

  Emissions(Absences absences, Subjects subjects) {
    this.absences = absences;
    this.subjects = subjects;
    this.timing = absences.rules().timing();
    this.retention = new Retention(absences.rules());
  }

  /** The pane up to which (exclusive) conclusions from the absence of labels are drawn. */
  long concluded() {
    return concluded;
  }

  void concludedUntil(long pane) {
    concluded = pane;
  }

  void resumeAt(long settledFrontier, long drawn) {
    frontier = settledFrontier;
    concluded = drawn;
  }

  /** Notes who awaits a label among records that were emitted in an earlier run. */
  void know(List<Arrived> records) {
    Contribution.of(records, concluded, view(0), at(0, 1, (pane, counter, amount) -> {}));
  }

  /** The frontier has reached a pane: nobody whose last pane is over awaits a label any more. */
  void expire(long frontierPane, DeltaSink deltas) {
    frontier = frontierPane;
    awaiting.until(
        frontierPane,
        (pane, booked, count) -> move((Booked) booked, RecordState.EXPIRED, count, pane, deltas));
  }

  /** Moves records of the books from one state to another. */
  static void move(Booked from, RecordState to, long count, long pane, DeltaSink deltas) {
    deltas.add(pane, from, -count);
    deltas.add(pane, new Booked(from.partition(), to, RejectReason.NONE, from.model()), count);
  }

  /** Takes what is contributed at a pane, or taken back there. */
  Contribution.Sink at(long pane, long sign, DeltaSink deltas) {
    return new Emission(pane, sign, deltas);
  }

  /** Takes back what pending predictions contributed without this, and gives it with this. */
  void add(Attributes said, long pane, DeltaSink deltas) {
    subjects.add(
        said,
        pane,
        (records, change) -> {
          change.undo();
          history(records, -1, deltas);
          change.make();
          history(records, 1, deltas);
        });
  }

  /** Emits what records contributed pane by pane, or takes it back. */
  void history(List<Arrived> records, long sign, DeltaSink deltas) {
    long[] panes =
        LongStream.concat(
                LongStream.concat(
                    records.stream().mapToLong(this::arrivalPane),
                    records.stream().flatMapToLong(subjects::later)),
                records.stream().mapToLong(absences::paneOf).filter(pane -> pane < concluded))
            .sorted()
            .distinct()
            .toArray();
    for (int i = 0; i < panes.length; i++) {
      emit(known(records, panes[i]), panes[i], panes[i], sign, deltas);
      if (i > 0) {
        emit(known(records, panes[i - 1]), panes[i - 1], panes[i], -sign, deltas);
      }
    }
  }

  /** What is known beside the records at the end of a pane. */
  Contribution.View view(long pane) {
    return new Contribution.View(absences, subjects, pane);
  }

  /** Emits at the end of a pane what is known then. */
  void emit(List<Arrived> known, long pane, long sign, DeltaSink deltas) {
    emit(known, pane, pane, sign, deltas);
  }

  /** Emits at a pane what is known at the end of this one or another. */
  private void emit(List<Arrived> known, long end, long pane, long sign, DeltaSink deltas) {
    long drawn = Math.min(concluded, end + 1);
    Contribution.of(known, drawn, view(end), new Emission(pane, sign, deltas));
  }

  private final class Emission implements Contribution.Sink {
    private final long pane;
    private final long sign;
    private final DeltaSink deltas;

    Emission(long pane, long sign, DeltaSink deltas) {
      this.pane = pane;
      this.sign = sign;
      this.deltas = deltas;
    }

    @Override
    public void accept(Counter counter, long amount) {
      deltas.add(pane, counter, sign * amount);
    }

    @Override
    public void books(Arrived record, RecordState state, String model) {
      deltas.add(pane, books.of(record.partition(), state, model), sign);
    }

    @Override
    public void awaits(Arrived prediction, String model, long closing, long amount) {
      Booked booked = books.of(prediction.partition(), RecordState.AWAITING, model);
      deltas.add(pane, booked, sign * amount);
      long lastPane = Math.min(closing, retention.deadline(prediction));
      if (lastPane >= frontier) {
        awaiting.add(lastPane, booked, sign * amount);
      }
    }
  }

  private List<Arrived> known(List<Arrived> records, long pane) {
    List<Arrived> known = new ArrayList<>(records.size());
    for (Arrived record : records) {
      if (arrivalPane(record) <= pane) {
        known.add(record);
      }
    }
    return known;
  }

  private long arrivalPane(Arrived record) {
    return timing.paneOf(record.arrival());
  }
}
