package dev.plumbline.pipeline.step;

import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Deltas;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.wire.ByteReader;
import dev.plumbline.state.wire.ByteWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The books of all closed panes: how many records of a partition are in which state. They balance
 * when every record read is in exactly one state, and every accepted prediction in exactly one of
 * four.
 */
final class Ledger {

  private static final List<RecordState> ENDS =
      List.of(
          RecordState.REJECTED,
          RecordState.FILTERED,
          RecordState.OTHER,
          RecordState.LATE,
          RecordState.IGNORED,
          RecordState.ACCEPTED,
          RecordState.DUPLICATE,
          RecordState.MATCHED,
          RecordState.REVISED,
          RecordState.WITHDRAWN,
          RecordState.WAITING,
          RecordState.ORPHAN,
          RecordState.ORPHAN_BEFORE_START,
          RecordState.ATTRIBUTES);

  private static final List<RecordState> OF_ACCEPTED =
      List.of(
          RecordState.UNSELECTED,
          RecordState.AWAITING,
          RecordState.LABELLED,
          RecordState.CONCLUDED,
          RecordState.EXPIRED);

  private final Map<Integer, Map<RecordState, Long>> partitions = new TreeMap<>();

  void add(Deltas books) {
    books.forEach(
        (pane, counter, amount) -> {
          if (counter instanceof Booked booked) {
            partitions
                .computeIfAbsent(booked.partition(), p -> new TreeMap<>())
                .merge(booked.state(), amount, Long::sum);
          }
        });
  }

  boolean isBalanced() {
    return partitions.values().stream()
        .allMatch(
            states ->
                states.getOrDefault(RecordState.READ, 0L) == sum(states, ENDS)
                    && states.getOrDefault(RecordState.ACCEPTED, 0L) == sum(states, OF_ACCEPTED));
  }

  private static long sum(Map<RecordState, Long> states, List<RecordState> of) {
    return of.stream().mapToLong(state -> states.getOrDefault(state, 0L)).sum();
  }

  void write(ByteWriter out) {
    out.unsigned(partitions.size());
    partitions.forEach(
        (partition, states) -> {
          out.unsigned(partition).unsigned(states.size());
          states.forEach((state, count) -> out.text(state.name()).signed(count));
        });
  }

  void read(ByteReader in) {
    for (int p = in.count(); p > 0; p--) {
      Map<RecordState, Long> states = new TreeMap<>();
      partitions.put(in.count(), states);
      for (int s = in.count(); s > 0; s--) {
        states.put(RecordState.valueOf(in.text()), in.signed());
      }
    }
  }
}
