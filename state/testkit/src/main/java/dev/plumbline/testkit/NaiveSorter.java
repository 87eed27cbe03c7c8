package dev.plumbline.testkit;

import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The oracle of the flow: all deltas of a log, from the definitions of FLOW sections 1 to 4 and
 * nothing else. It holds everything, sorts everything and computes every contribution anew at every
 * arrival pane; it shares no code with the judging and the join that it is compared with.
 */
public final class NaiveSorter {

  /** Minus infinity for clocks and answers; far enough from the edge to subtract from it. */
  private static final long NEVER = Long.MIN_VALUE / 2;

  private final Timing timing;
  private final Set<String> models;
  private final List<Exclusion> exclusions;
  private final Map<Delta, Long> sums = new HashMap<>();
  private final Map<IdHash, List<NaiveJoin.Arrived>> joined = new HashMap<>();
  private final List<NaiveJoin.Arrived> attributes = new ArrayList<>();
  private final List<NaiveJoin.Silence> silences = new ArrayList<>();

  private NaiveSorter(Timing timing, Set<String> models, List<Exclusion> exclusions) {
    this.timing = timing;
    this.models = models;
    this.exclusions = exclusions;
  }

  /** Every amount that is not 0; the log is complete, so all clocks end at infinity. */
  public static Map<Delta, Long> deltas(
      Log log, JoinRules rules, Set<String> models, List<Exclusion> exclusions) {
    NaiveSorter sorter = new NaiveSorter(rules.timing(), models, exclusions);
    for (int i = 0; i < log.partitions().size(); i++) {
      Log.Partition partition = log.partitions().get(i);
      sorter.new Judge(i, partition.kind()).read(partition.records());
    }
    NaiveJoin join = new NaiveJoin(rules, log.start(), sorter.silences, sorter.attributes);
    sorter.joined.values().forEach(records -> join.add(records, sorter::add));
    sorter.sums.values().removeIf(amount -> amount == 0);
    return Map.copyOf(sorter.sums);
  }

  private void add(Delta delta, long amount) {
    sums.merge(delta, amount, Long::sum);
  }

  /**
   * One partition: its highest confirmed time, its withheld record, its early rejects. Attributes
   * count at once, and only their time is withheld.
   */
  private final class Judge {
    private final int partition;
    private final Log.Kind kind;
    private long highest = NEVER;
    private long reading = NEVER;
    private Optional<Raw.Mapped> withheld = Optional.empty();
    private final List<Raw.Unmapped> early = new ArrayList<>();

    Judge(int partition, Log.Kind kind) {
      this.partition = partition;
      this.kind = kind;
    }

    void read(List<Raw> records) {
      for (Raw raw : records) {
        hear(raw.offset());
        raw.visit(this::read, this::unmapped);
      }
      hear(Long.MAX_VALUE);
      withheld.ifPresent(this::confirm);
      early.forEach(raw -> reject(0, raw.reason()));
    }

    /** Reads on; an answer that is met on the way ends a silence of this partition. */
    private void hear(long offset) {
      long before = reading;
      reading = offset;
      for (Exclusion e : exclusions) {
        boolean isMet = before < e.offset() && e.offset() <= offset;
        if (e.partition() == partition && isMet && kind == Log.Kind.LABELS) {
          silences.add(new NaiveJoin.Silence(timing.paneOf(clock()), e.answerPane()));
        }
      }
    }

    private void unmapped(Raw.Unmapped raw) {
      if (highest == NEVER) {
        early.add(raw);
      } else {
        reject(clock(), raw.reason());
      }
    }

    private void read(Raw.Mapped raw) {
      if (kind == Log.Kind.ATTRIBUTES) {
        count(raw);
      }
      judge(raw);
    }

    private void judge(Raw.Mapped raw) {
      boolean beyond = highest == NEVER || raw.time() > highest + timing.jump();
      Optional<Raw.Mapped> before = withheld;
      withheld = Optional.empty();
      if (before.isPresent() && beyond) {
        boolean inOrder = before.get().time() <= raw.time();
        confirm(inOrder ? before.get() : raw);
        judge(inOrder ? raw : before.get());
      } else if (before.isPresent()) {
        if (kind != Log.Kind.ATTRIBUTES) {
          reject(clock(), RejectReason.TIME_JUMP);
        }
        judge(raw);
      } else if (beyond) {
        withheld = Optional.of(raw);
      } else {
        confirm(raw);
      }
    }

    private void confirm(Raw.Mapped raw) {
      if (kind != Log.Kind.ATTRIBUTES) {
        count(raw);
      }
      highest = Math.max(highest, raw.time());
    }

    private void count(Raw.Mapped raw) {
      long clock = clock();
      long answer = answer();
      long arrival = Math.max(answer, Math.max(raw.time(), clock));
      early.forEach(unmapped -> reject(arrival, unmapped.reason()));
      early.clear();
      book(arrival, RecordState.READ, RejectReason.NONE, "");
      Event event = raw.event();
      String model = event instanceof Prediction prediction ? prediction.cell().model() : "";
      boolean late =
          event instanceof Label label
              ? arrival - label.happened() > timing.lateBy()
              : event.time() < Math.max(clock, answer - timing.recall());
      if (event instanceof Prediction && !models.contains(model)) {
        book(arrival, RecordState.OTHER, RejectReason.NONE, "");
      } else if (event instanceof Label label && label.value() == Label.IGNORED) {
        book(arrival, RecordState.IGNORED, RejectReason.NONE, "");
      } else if (event instanceof Attributes) {
        book(arrival, RecordState.ATTRIBUTES, RejectReason.NONE, "");
        attributes.add(new NaiveJoin.Arrived(partition, raw.offset(), arrival, event));
      } else if (late) {
        book(arrival, RecordState.LATE, RejectReason.NONE, model);
      } else {
        joined
            .computeIfAbsent(event.id(), id -> new ArrayList<>())
            .add(new NaiveJoin.Arrived(partition, raw.offset(), arrival, event));
      }
    }

    private void reject(long arrival, RejectReason reason) {
      long raised = Math.max(answer(), arrival);
      book(raised, RecordState.READ, RejectReason.NONE, "");
      boolean isFiltered = reason == RejectReason.NONE;
      book(raised, isFiltered ? RecordState.FILTERED : RecordState.REJECTED, reason, "");
    }

    private void book(long arrival, RecordState state, RejectReason reason, String model) {
      Counter counter = new Booked(partition, state, reason, model);
      add(new Delta(timing.paneOf(arrival), counter), 1);
    }

    private long clock() {
      return highest == NEVER ? NEVER : highest - timing.grace();
    }

    /** Start of the latest pane that waits for this partition again, where it is read now. */
    private long answer() {
      return exclusions.stream()
          .filter(e -> e.partition() == partition && e.offset() <= reading)
          .mapToLong(e -> e.answerPane() * timing.pane())
          .max()
          .orElse(NEVER);
    }
  }
}
