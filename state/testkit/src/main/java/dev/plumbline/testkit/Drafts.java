package dev.plumbline.testkit;

import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.RejectReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The records of one kind before they are written: each with its partition and the moment at which
 * it is written, which orders the partition and is its Kafka timestamp.
 */
final class Drafts {

  private static final double HOLE_SHARE = 0.03;
  private static final double REJECT_SHARE = 0.03;
  private static final int LONGEST_HOLE = 4;
  private static final List<RejectReason> REASONS =
      List.of(
          RejectReason.UNDECODABLE,
          RejectReason.UNKNOWN_SCHEMA,
          RejectReason.MISSING_FIELD,
          RejectReason.WRONG_TYPE,
          RejectReason.BAD_TIME,
          RejectReason.TIME_OUT_OF_RANGE,
          RejectReason.TOO_LARGE);

  private final Log.Kind kind;
  private final Draw draw;
  private final Truth.Tally tally;
  private final long lateStart;
  private final List<List<Draft>> partitions = new ArrayList<>();

  private record Draft(long written, Event event) {}

  Drafts(Log.Kind kind, int partitions, Draw draw, Truth.Tally tally, long lateStart) {
    this.kind = kind;
    this.draw = draw;
    this.tally = tally;
    this.lateStart = lateStart;
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new ArrayList<>());
    }
  }

  /** Number of partitions that have records: of three or more the last has none. */
  int used() {
    return partitions.size() < 3 ? partitions.size() : partitions.size() - 1;
  }

  /** A partition that takes records at a moment: the second one starts late. */
  int any(long written) {
    int partition = draw.below(used());
    return partition == 1 && written < lateStart ? 0 : partition;
  }

  /** Another partition than the given one, where there is one. */
  int other(int partition, long written) {
    int other = (partition + 1) % used();
    return other == 1 && written < lateStart ? (other + 1) % used() : other;
  }

  void add(int partition, long written, Event event) {
    partitions.get(partition).add(new Draft(written, event));
  }

  /** When the last record is written. */
  long end() {
    return partitions.stream().flatMap(List::stream).mapToLong(Draft::written).max().orElse(0);
  }

  /** The partitions in order of writing, with holes in the offsets and records that do not map. */
  List<Log.Partition> write() {
    List<Log.Partition> logs = new ArrayList<>();
    for (List<Draft> drafts : partitions) {
      if (drafts.isEmpty()) {
        tally.add(Planted.EMPTY_PARTITION);
      }
      drafts.sort(Comparator.comparingLong(Draft::written));
      logs.add(Log.Partition.of(kind, write(drafts)));
    }
    if (used() > 1) {
      tally.add(Planted.LATE_STARTING_PARTITION);
    }
    return logs;
  }

  private List<Raw> write(List<Draft> drafts) {
    List<Raw> records = new ArrayList<>();
    long offset = 0;
    for (Draft draft : drafts) {
      if (draw.chance(HOLE_SHARE)) {
        tally.add(Planted.OFFSET_HOLE);
        offset += draw.between(2, LONGEST_HOLE + 1);
      }
      // A reject begins every partition: it has to wait for a first time.
      if (records.isEmpty() || draw.chance(REJECT_SHARE)) {
        tally.add(Planted.NULL_VALUE);
        records.add(new Raw.Unmapped(offset++, draft.written(), RejectReason.NULL_VALUE));
      }
      if (draw.chance(REJECT_SHARE)) {
        tally.add(Planted.OTHER_REJECT);
        RejectReason reason = REASONS.get(draw.below(REASONS.size()));
        records.add(new Raw.Unmapped(offset++, draft.written(), reason));
      }
      if (draw.chance(REJECT_SHARE)) {
        tally.add(Planted.FILTERED);
        records.add(new Raw.Unmapped(offset++, draft.written(), RejectReason.NONE));
      }
      records.add(new Raw.Mapped(offset++, draft.written(), draft.event()));
    }
    return records;
  }
}
