package dev.plumbline.state.flow;

import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.join.Delta;
import dev.plumbline.state.join.DeltaSink;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Bytes of many deltas: sorted by arrival, kind, cell and pane, so that most of them repeat what
 * stands before and take four to six bytes.
 */
public final class DeltaCodec {

  private static final int PREDICTED = 0;
  private static final int LABELLED = 1;
  private static final int BOOKED = 2;
  private static final int CORRECTION = 4;
  private static final int SAME_ARRIVAL = 8;
  private static final int SAME_CELL = 16;
  private static final int ONE = 32;
  private static final Cell NO_CELL = new Cell("", "", List.of());

  private static final Comparator<Delta> ORDER =
      Comparator.comparingLong(Delta::pane)
          .thenComparingInt(delta -> kind(delta.counter()))
          .thenComparing(delta -> cell(delta.counter()))
          .thenComparingLong(delta -> place(delta.counter()))
          .thenComparing(delta -> delta.counter().toString());

  private DeltaCodec() {}

  /** Deltas in the order in which they are written: a function of their set. */
  public static List<Map.Entry<Delta, Long>> sorted(Map<Delta, Long> amounts) {
    return amounts.entrySet().stream().sorted(Map.Entry.comparingByKey(ORDER)).toList();
  }

  /** Writes the number of deltas and then each. */
  public static void write(Map<Delta, Long> amounts, ByteWriter out) {
    out.unsigned(amounts.size());
    long arrival = 0;
    Cell cell = NO_CELL;
    for (Map.Entry<Delta, Long> entry : sorted(amounts)) {
      Delta delta = entry.getKey();
      Cell next = cell(delta.counter());
      long amount = entry.getValue();
      int head = kind(delta.counter());
      head |= delta.counter() instanceof Labelled l && l.correction() ? CORRECTION : 0;
      head |= delta.pane() == arrival ? SAME_ARRIVAL : 0;
      head |= next.equals(cell) ? SAME_CELL : 0;
      head |= amount == 1 ? ONE : 0;
      out.octet(head);
      if (delta.pane() != arrival) {
        out.signed(delta.pane() - arrival);
      }
      if (!next.equals(cell)) {
        out.cell(next);
      }
      writeCounter(delta, out);
      if (amount != 1) {
        out.signed(amount);
      }
      arrival = delta.pane();
      cell = next;
    }
  }

  private static void writeCounter(Delta delta, ByteWriter out) {
    if (delta.counter() instanceof Predicted predicted) {
      out.signed(delta.pane() - predicted.pane()).unsigned(predicted.decision());
      out.unsigned(predicted.bin());
    } else if (delta.counter() instanceof Labelled labelled) {
      out.signed(delta.pane() - labelled.pane()).unsigned(labelled.step());
      out.unsigned(labelled.decision()).unsigned(labelled.label()).unsigned(labelled.bin());
    } else if (delta.counter() instanceof Booked booked) {
      out.unsigned(booked.partition()).text(booked.state().name());
      out.text(booked.reason().name()).text(booked.model());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static void read(ByteReader in, DeltaSink sink) {
    int count = in.count();
    long arrival = 0;
    Cell cell = NO_CELL;
    for (int i = 0; i < count; i++) {
      int head = in.octet();
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

  private static long place(Counter counter) {
    return counter instanceof Predicted predicted
        ? predicted.pane()
        : counter instanceof Labelled labelled ? labelled.pane() : ((Booked) counter).partition();
  }
}
