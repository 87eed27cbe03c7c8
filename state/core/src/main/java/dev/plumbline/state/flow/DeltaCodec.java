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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  private static final Comparator<Ranked> ORDER =
      Comparator.comparingLong((Ranked r) -> r.entry.getKey().pane())
          .thenComparingInt(r -> r.kind)
          .thenComparingInt(r -> r.rank)
          .thenComparing((a, b) -> compare(a.entry.getKey().counter(), b.entry.getKey().counter()));

  private static final Comparator<Booked> BOOKED_ORDER =
      Comparator.comparingInt(Booked::partition)
          .thenComparing(Booked::state)
          .thenComparing(Booked::reason)
          .thenComparing(Booked::model);

  private DeltaCodec() {}

  /** A delta with the place of its cell among the cells of the block, so that cells sort once. */
  private record Ranked(Map.Entry<Delta, Long> entry, int kind, int rank) {}

  /** Deltas in the order in which they are written: a function of their set. */
  public static List<Map.Entry<Delta, Long>> sorted(Map<Delta, Long> amounts) {
    Map<Cell, Integer> ranks = ranks(amounts);
    List<Ranked> ranked = new ArrayList<>(amounts.size());
    for (Map.Entry<Delta, Long> entry : amounts.entrySet()) {
      Counter counter = entry.getKey().counter();
      ranked.add(new Ranked(entry, kind(counter), ranks.getOrDefault(cell(counter), 0)));
    }
    ranked.sort(ORDER);
    List<Map.Entry<Delta, Long>> sorted = new ArrayList<>(ranked.size());
    ranked.forEach(r -> sorted.add(r.entry));
    return sorted;
  }

  private static Map<Cell, Integer> ranks(Map<Delta, Long> amounts) {
    Set<Cell> cells = new HashSet<>();
    amounts.keySet().forEach(delta -> cells.add(cell(delta.counter())));
    List<Cell> ascending = new ArrayList<>(cells);
    ascending.sort(Comparator.naturalOrder());
    Map<Cell, Integer> ranks = new HashMap<>();
    ascending.forEach(cell -> ranks.put(cell, ranks.size()));
    return ranks;
  }

  /** Order of two counters of one kind and cell. */
  private static int compare(Counter a, Counter b) {
    if (a instanceof Predicted p && b instanceof Predicted q) {
      return compare(p.pane() - q.pane(), p.decision() - q.decision(), p.bin() - q.bin());
    }
    if (a instanceof Labelled p && b instanceof Labelled q) {
      int order = compare(p.pane() - q.pane(), p.step() - q.step(), p.decision() - q.decision());
      return order != 0
          ? order
          : compare(
              p.label() - q.label(),
              p.bin() - q.bin(),
              Boolean.compare(p.correction(), q.correction()));
    }
    if (a instanceof Booked p && b instanceof Booked q) {
      return BOOKED_ORDER.compare(p, q);
    }
    throw new IllegalArgumentException("counters of two kinds: " + a + ", " + b);
  }

  private static int compare(long first, long second, long third) {
    return Long.signum(first != 0 ? first : second != 0 ? second : third);
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
}
