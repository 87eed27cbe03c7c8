package dev.plumbline.testkit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.join.Outcomes.Absence;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The second half of {@link NaiveSorter}: what the records of one id contribute (FLOW 2 to 4). */
final class NaiveJoin {

  /** A record that reached the join. */
  record Arrived(int partition, long offset, long arrival, Event event) {}

  /** Panes in which a partition of labels stood still, up to the one that waits for it again. */
  record Silence(long from, long to) {}

  /** A prediction that counts: the first read copy of its record. */
  private record Counting(int partition, long arrival, Prediction prediction) {}

  private static final Comparator<Arrived> BY_ARRIVAL =
      comparingLong(Arrived::arrival).thenComparingInt(Arrived::partition);
  private static final Comparator<Event> BY_TIME =
      comparingLong(Event::time).thenComparingLong(Event::sequence);
  private static final Comparator<Event> CANONICAL =
      BY_TIME.thenComparing(
          (a, b) ->
              a instanceof Prediction prediction
                  ? prediction.compareContent((Prediction) b)
                  : ((Label) a).compareContent((Label) b));

  private final JoinRules rules;
  private final Timing timing;
  private final long start;
  private final List<Silence> silences;

  NaiveJoin(JoinRules rules, long start, List<Silence> silences) {
    this.silences = silences;
    this.rules = rules;
    this.timing = rules.timing();
    this.start = start;
  }

  /** Adds the deltas of one id: the differences of its contributions at all panes that matter. */
  void add(List<Arrived> records, ObjLongConsumer<Delta> sums) {
    List<Arrived> kept =
        kept(records.stream().filter(raw -> !unselected(raw, sums)).toList(), sums);
    Set<Long> panes = new TreeSet<>();
    for (Arrived raw : kept) {
      panes.add(timing.paneOf(raw.arrival()));
      panes.add(
          raw.event() instanceof Label label ? orphaned(raw, label) : expired(raw.event().time()));
      if (raw.event() instanceof Prediction prediction) {
        panes.add(absent(prediction, raw.arrival()));
      }
    }
    panes.remove(Long.MAX_VALUE);
    Map<Counter, Long> before = Map.of();
    for (long pane : panes) {
      Map<Counter, Long> now = new Contribution(kept, pane).counters();
      now.forEach((counter, amount) -> sums.accept(new Delta(pane, counter), amount));
      before.forEach((counter, amount) -> sums.accept(new Delta(pane, counter), -amount));
      before = now;
    }
  }

  /** A prediction without hope of a label counts for itself, whatever else its id has. */
  private boolean unselected(Arrived raw, ObjLongConsumer<Delta> sums) {
    if (raw.event() instanceof Label || ((Prediction) raw.event()).cell().sampling().awaited()) {
      return false;
    }
    Prediction p = (Prediction) raw.event();
    int bin = rules.bin(p.score());
    Stream.of(
            new Predicted(p.cell(), timing.paneOf(p.time()), p.decision(), bin),
            new Booked(raw.partition(), RecordState.ACCEPTED, RejectReason.NONE, p.cell().model()),
            new Booked(
                raw.partition(), RecordState.UNSELECTED, RejectReason.NONE, p.cell().model()))
        .forEach(counter -> sums.accept(new Delta(timing.paneOf(raw.arrival()), counter), 1));
    return true;
  }

  private List<Arrived> kept(List<Arrived> records, ObjLongConsumer<Delta> sums) {
    Map<List<Object>, Integer> copies = new HashMap<>();
    List<Arrived> kept = new ArrayList<>();
    records.stream()
        .sorted(
            comparingLong(Arrived::arrival)
                .thenComparing(raw -> raw.event() instanceof Label)
                .thenComparing(Arrived::event, CANONICAL)
                .thenComparingInt(Arrived::partition)
                .thenComparingLong(Arrived::offset))
        .forEach(
            raw -> {
              boolean label = raw.event() instanceof Label;
              long width =
                  label
                      ? Math.max(timing.pane(), timing.skew() + timing.recall())
                      : timing.retention();
              long interval = Math.floorDiv(raw.arrival(), width);
              if (copies.merge(List.of(label, interval), 1, Integer::sum) <= timing.copies()) {
                kept.add(raw);
              } else {
                sums.accept(new Delta(timing.paneOf(raw.arrival()), tooMany(raw)), 1);
              }
            });
    return kept;
  }

  private static Counter tooMany(Arrived raw) {
    String model = raw.event() instanceof Prediction prediction ? prediction.cell().model() : "";
    return new Booked(raw.partition(), RecordState.REJECTED, RejectReason.TOO_MANY_COPIES, model);
  }

  private long expired(long time) {
    return timing.paneOf(timing.lastTouchOfPrediction(time));
  }

  private long orphaned(Arrived raw, Label label) {
    return timing.paneOf(timing.lastTouchOfLabel(label.happened(), raw.arrival()));
  }

  /** The pane whose end turns silence about a prediction into a label, or infinity. */
  private long absent(Prediction p, long arrival) {
    Optional<Absence> absence = rules.outcomes().absence();
    if (absence.isEmpty() || absence.get().onlyDecision().orElse(p.decision()) != p.decision()) {
      return Long.MAX_VALUE;
    }
    long[] pane = {timing.paneOf(Math.max(arrival, p.time() + absence.get().after()))};
    while (silences.stream().anyMatch(s -> s.from() <= pane[0] && pane[0] < s.to())) {
      pane[0]++;
    }
    return pane[0] <= expired(p.time()) ? pane[0] : Long.MAX_VALUE;
  }

  /** What a list of labels says, without those before the last withdrawal; empty: nothing. */
  private OptionalInt outcome(List<Label> list) {
    List<Integer> values = list.stream().map(Label::value).toList();
    List<Integer> valid = values.subList(values.lastIndexOf(Label.WITHDRAWN) + 1, values.size());
    Comparator<Integer> votes = comparing((Integer value) -> Collections.frequency(valid, value));
    return valid.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of(
            switch (rules.outcomes().combination()) {
              case LAST -> valid.get(valid.size() - 1);
              case FIRST -> valid.get(0);
              case MAX -> Collections.max(valid);
              case MAJORITY -> Collections.max(valid, votes.thenComparing(valid::lastIndexOf));
            });
  }

  /** f(K), K being the kept records that have arrived by the end of a pane. */
  private final class Contribution {
    private final long pane;
    private final List<Arrived> known;
    private final List<Label> labels;
    private final Map<Counter, Long> counters = new HashMap<>();
    private final List<Counting> counting = new ArrayList<>();

    Contribution(List<Arrived> kept, long pane) {
      this.pane = pane;
      this.known = kept.stream().filter(raw -> timing.paneOf(raw.arrival()) <= pane).toList();
      this.labels = distinct(Label.class).sorted(CANONICAL).toList();
    }

    Map<Counter, Long> counters() {
      counting.addAll(findCounting());
      counting.forEach(one -> count(one, within(one.prediction())));
      Comparator<Prediction> byIdentity =
          comparing((Prediction p) -> p.cell().model())
              .thenComparing(p -> p.cell().version())
              .thenComparingLong(Prediction::time);
      for (Label label : labels) {
        Optional<Prediction> owner =
            counting.stream()
                .map(Counting::prediction)
                .filter(prediction -> holds(prediction, label))
                .min(byIdentity);
        bookLabel(label, owner.map(this::within).orElse(List.of()));
      }
      return counters;
    }

    private <E extends Event> Stream<E> distinct(Class<E> kind) {
      return known.stream().map(Arrived::event).filter(kind::isInstance).map(kind::cast).distinct();
    }

    /** The raw copies of a record, the one that counts first. */
    private List<Arrived> copies(Event event) {
      return known.stream().filter(raw -> raw.event().equals(event)).sorted(BY_ARRIVAL).toList();
    }

    private List<Counting> findCounting() {
      Map<List<String>, Long> last = new HashMap<>();
      List<Counting> found = new ArrayList<>();
      for (Prediction prediction : distinct(Prediction.class).sorted(CANONICAL).toList()) {
        String model = prediction.cell().model();
        List<String> identity = List.of(model, prediction.cell().version());
        Long former = last.get(identity);
        boolean counts = former == null || prediction.time() > former + timing.horizon();
        List<Arrived> copies = copies(prediction);
        if (counts) {
          Arrived first = copies.get(0);
          last.put(identity, prediction.time());
          found.add(new Counting(first.partition(), first.arrival(), prediction));
          book(first.partition(), RecordState.ACCEPTED, model);
        }
        for (Arrived copy : copies.subList(counts ? 1 : 0, copies.size())) {
          book(copy.partition(), RecordState.DUPLICATE, model);
        }
      }
      return found;
    }

    /** Order of a prediction's labels; ties as read if from one partition, else by content. */
    private int compare(Prediction prediction, Label a, Label b) {
      List<Arrived> tie =
          known.stream()
              .filter(raw -> tie(raw.event(), a) && holds(prediction, (Label) raw.event()))
              .toList();
      boolean onePartition = tie.stream().map(Arrived::partition).distinct().count() == 1;
      return tie(b, a) && a.sequence() == Event.NO_SEQUENCE && onePartition
          ? Long.compare(firstRead(a), firstRead(b))
          : CANONICAL.compare(a, b);
    }

    private boolean tie(Event event, Label label) {
      return event instanceof Label && BY_TIME.compare(event, label) == 0;
    }

    private long firstRead(Label label) {
      return copies(label).stream().mapToLong(Arrived::offset).min().orElseThrow();
    }

    private boolean holds(Prediction prediction, Label label) {
      return prediction.time() - timing.skew() <= label.happened()
          && label.happened() <= prediction.time() + timing.horizon();
    }

    private List<Label> within(Prediction prediction) {
      return labels.stream()
          .filter(label -> holds(prediction, label))
          .sorted((a, b) -> compare(prediction, a, b))
          .toList();
    }

    private long arrivalPane(Label label) {
      return timing.paneOf(copies(label).get(0).arrival());
    }

    private void count(Counting one, List<Label> list) {
      Prediction p = one.prediction();
      long predicted = timing.paneOf(p.time());
      int bin = rules.bin(p.score());
      add(new Predicted(p.cell(), predicted, p.decision(), bin), 1);
      OptionalInt current = known(p, one.arrival());
      RecordState open = pane >= expired(p.time()) ? RecordState.EXPIRED : RecordState.AWAITING;
      RecordState how = outcome(list).isPresent() ? RecordState.LABELLED : RecordState.CONCLUDED;
      book(one.partition(), current.isPresent() ? how : open, p.cell().model());
      LongStream.concat(
              LongStream.of(absent(p, one.arrival())), list.stream().mapToLong(this::arrivalPane))
          .map(at -> Math.max(at, timing.paneOf(one.arrival())))
          .filter(at -> at <= pane)
          .sorted()
          .filter(at -> new Contribution(known, at).known(p, one.arrival()).isPresent())
          .findFirst()
          .ifPresent(at -> label(p, at, one.arrival(), current, bin));
    }

    /** What is known of a prediction at the end of the pane. */
    private OptionalInt known(Prediction p, long arrival) {
      OptionalInt byLabels = outcome(within(p));
      return byLabels.isPresent() || pane < absent(p, arrival)
          ? byLabels
          : OptionalInt.of(rules.outcomes().absence().orElseThrow().label());
    }

    private void label(Prediction p, long firstPane, long arrival, OptionalInt current, int bin) {
      long predicted = timing.paneOf(p.time());
      int step = rules.ages().step(Math.max(0, firstPane - predicted));
      int first = new Contribution(known, firstPane).known(p, arrival).orElseThrow();
      add(new Labelled(p.cell(), predicted, step, false, p.decision(), first, bin), 1);
      if (current.orElse(Label.WITHDRAWN) != first) {
        add(new Labelled(p.cell(), predicted, step, true, p.decision(), first, bin), -1);
        current.ifPresent(
            value ->
                add(new Labelled(p.cell(), predicted, step, true, p.decision(), value, bin), 1));
      }
    }

    private void bookLabel(Label label, List<Label> list) {
      boolean tied =
          label.sequence() == Event.NO_SEQUENCE
              && counting.stream()
                  .map(Counting::prediction)
                  .filter(prediction -> holds(prediction, label))
                  .flatMap(prediction -> within(prediction).stream())
                  .anyMatch(other -> tie(other, label) && !other.equals(label));
      List<Arrived> copies = copies(label);
      for (Arrived copy : copies) {
        RecordState further =
            copy.equals(copies.get(0)) ? place(label, list) : RecordState.DUPLICATE;
        book(copy.partition(), list.isEmpty() ? unmatched(copy, label) : further, "");
        if (tied) {
          book(copy.partition(), RecordState.TIED, "");
        }
      }
    }

    private RecordState unmatched(Arrived copy, Label label) {
      if (pane < orphaned(copy, label)) {
        return RecordState.WAITING;
      }
      boolean fromTheFirst = start == Log.FROM_THE_FIRST;
      return fromTheFirst || label.happened() >= start + timing.horizon()
          ? RecordState.ORPHAN
          : RecordState.ORPHAN_BEFORE_START;
    }

    private RecordState place(Label label, List<Label> list) {
      int place = Math.max(0, list.indexOf(label));
      List<Integer> earlier = list.subList(0, place).stream().map(Label::value).toList();
      int before = earlier.isEmpty() ? Label.WITHDRAWN : earlier.get(place - 1);
      if (before == label.value()) {
        return RecordState.DUPLICATE;
      } else if (label.value() == Label.WITHDRAWN) {
        return RecordState.WITHDRAWN;
      }
      boolean isFirst = earlier.stream().allMatch(value -> value == Label.WITHDRAWN);
      return isFirst ? RecordState.MATCHED : RecordState.REVISED;
    }

    private void book(int partition, RecordState state, String model) {
      add(new Booked(partition, state, RejectReason.NONE, model), 1);
    }

    private void add(Counter counter, long amount) {
      counters.merge(counter, amount, Long::sum);
    }
  }
}
