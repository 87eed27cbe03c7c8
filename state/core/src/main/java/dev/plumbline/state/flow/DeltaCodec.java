package dev.plumbline.state.flow;

import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.join.DeltaSink;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.List;

/**
 * Bytes of many deltas: sorted by arrival, kind, cell and pane, so that most of them repeat what
 * stands before and take four to six bytes.
 */
public final class DeltaCodec {

  private static final int PREDICTED = 0;
  private static final int LABELLED = 1;
  private static final int BOOKED = 2;
  private static final int END = 3;
  private static final int CORRECTION = 4;
  private static final int SAME_ARRIVAL = 8;
  private static final int SAME_CELL = 16;
  private static final int ONE = 32;
  private static final Cell NO_CELL = new Cell("", "", List.of());

  private DeltaCodec() {}

  /** Writes each delta and then the end. */
  public static void write(Deltas deltas, ByteWriter out) {
    Writer writer = new Writer(out);
    deltas.forEach(writer);
    writer.end();
  }

  /** Writes deltas, each as its difference from the one before. */
  static final class Writer implements DeltaSink {
    private final ByteWriter out;
    private long arrival;
    private Cell cell = NO_CELL;

    Writer(ByteWriter out) {
      this.out = out;
    }

    @Override
    public void add(long pane, Counter counter, long amount) {
      Cell next = cell(counter);
      int head = kind(counter);
      head |= counter instanceof Labelled l && l.correction() ? CORRECTION : 0;
      head |= pane == arrival ? SAME_ARRIVAL : 0;
      head |= next.equals(cell) ? SAME_CELL : 0;
      head |= amount == 1 ? ONE : 0;
      out.octet(head);
      if ((head & SAME_ARRIVAL) == 0) {
        out.signed(pane - arrival);
      }
      if ((head & SAME_CELL) == 0) {
        out.cell(next);
      }
      write(pane, counter);
      if (amount != 1) {
        out.signed(amount);
      }
      arrival = pane;
      cell = next;
    }

    void end() {
      out.octet(END);
    }

    private void write(long pane, Counter counter) {
      if (counter instanceof Predicted predicted) {
        out.signed(pane - predicted.pane()).unsigned(predicted.decision());
        out.unsigned(predicted.bin());
      } else if (counter instanceof Labelled labelled) {
        out.signed(pane - labelled.pane()).unsigned(labelled.step());
        out.unsigned(labelled.decision()).unsigned(labelled.label()).unsigned(labelled.bin());
      } else if (counter instanceof Booked booked) {
        out.unsigned(booked.partition()).text(booked.state().name());
        out.text(booked.reason().name()).text(booked.model());
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static void read(ByteReader in, DeltaSink sink) {
    long arrival = 0;
    Cell cell = NO_CELL;
    for (int head = in.octet(); head != END; head = in.octet()) {
      arrival += (head & SAME_ARRIVAL) == 0 ? in.signed() : 0;
      cell = (head & SAME_CELL) == 0 ? in.cell() : cell;
      Counter counter = readCounter(in, head, arrival, cell);
      sink.add(arrival, counter, (head & ONE) == 0 ? in.signed() : 1);
    }
  }

  private static Counter readCounter(ByteReader in, int head, long arrival, Cell cell) {
    return switch (head & 3) {
      case PREDICTED -> new Predicted(cell, arrival - in.signed(), in.count(), in.count());
      case LABELLED -> {
        long pane = arrival - in.signed();
        int step = in.count();
        boolean correction = (head & CORRECTION) != 0;
        yield new Labelled(cell, pane, step, correction, in.count(), in.count(), in.count());
      }
      case BOOKED -> {
        int partition = in.count();
        RecordState state = RecordState.valueOf(in.text());
        yield new Booked(partition, state, RejectReason.valueOf(in.text()), in.text());
      }
      default -> throw new IllegalArgumentException("unknown delta " + head);
    };
  }

  private static int kind(Counter counter) {
    return counter instanceof Predicted
        ? PREDICTED
        : counter instanceof Labelled ? LABELLED : BOOKED;
  }

  private static Cell cell(Counter counter) {
    return counter instanceof Predicted predicted
        ? predicted.cell()
        : counter instanceof Labelled labelled ? labelled.cell() : NO_CELL;
  }
}
