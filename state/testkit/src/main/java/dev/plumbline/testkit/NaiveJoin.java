package dev.plumbline.testkit;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;

import dev.plumbline.state.join.Counter;
import dev.plumbline.state.join.Counter.Booked;
import dev.plumbline.state.join.Counter.Labelled;
import dev.plumbline.state.join.Counter.Predicted;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.join.Outcomes.Absence;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.RecordState;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
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

  private static final Comparator<Arrived> BY_CONTENT =
      comparing(Arrived::event, CANONICAL).thenComparing(BY_ARRIVAL);

  private final JoinRules rules;
  private final Timing timing;
  private final long start;
  private final List<Silence> silences;
  private final NaiveSubjects subjects;
  private final NaiveOutcomes outcomes;

  NaiveJoin(JoinRules rules, long start, List<Silence> silences, List<Arrived> attributes) {
    this.outcomes = new NaiveOutcomes(rules.outcomes());
    this.subjects = new NaiveSubjects(attributes, rules.timing());
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
        panes.addAll(subjects.panes(prediction));
        kept.stream()
            .filter(other -> rules.outcomes().isFinal() && isLabel(other))
            .forEach(other -> panes.add(closing(Math.max(raw.arrival(), other.arrival()))));
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
              long width = label || rules.outcomes().isFinal() ? linger() : timing.retention();
              long interval = Math.floorDiv(raw.arrival(), width);
              if (copies.merge(List.of(label, interval), 1, Integer::sum) <= timing.copies()) {
                kept.add(raw);
              } else {
                sums.accept(new Delta(timing.paneOf(raw.arrival()), tooMany(raw)), 1);
              }
            });
    return kept;
  }

  private static boolean isLabel(Arrived raw) {
    return raw.event() instanceof Label;
  }

  /** The last pane in which what arrives may belong to a prediction that has a final label. */
  private long closing(long known) {
    return timing.paneOf(known) + (long) Math.ceil((double) linger() / timing.pane()) + 1;
  }

  private long linger() {
    return Math.max(timing.pane(), timing.skew() + timing.recall());
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
      counting.forEach(one -> count(one, within(one)));
      Comparator<Prediction> byIdentity =
          comparing((Prediction p) -> p.cell().model())
              .thenComparing(p -> p.cell().version())
              .thenComparingLong(Prediction::time);
      for (Arrived raw : known.stream().filter(NaiveJoin::isLabel).toList()) {
        Optional<Counting> owner =
            counting.stream()
                .filter(one -> holds(one, raw))
                .min(comparing(Counting::prediction, byIdentity));
        bookLabel(raw, owner.map(this::within).orElse(List.of()));
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
      Map<List<String>, Counting> last = new HashMap<>();
      List<Counting> found = new ArrayList<>();
      for (Arrived raw : known.stream().filter(one -> !isLabel(one)).sorted(BY_CONTENT).toList()) {
        Prediction prediction = (Prediction) raw.event();
        String model = prediction.cell().model();
        List<String> identity = List.of(model, prediction.cell().version());
        Counting former = last.get(identity);
        boolean counts =
            former == null
                || prediction.time() > former.prediction().time() + timing.horizon()
                || timing.paneOf(raw.arrival()) > over(former);
        book(raw.partition(), counts ? RecordState.ACCEPTED : RecordState.DUPLICATE, model);
        if (counts) {
          Counting one = new Counting(raw.partition(), raw.arrival(), prediction);
          last.put(identity, one);
          found.add(one);
        }
      }
      return found;
    }

    /** The last pane in which what arrives may belong to a prediction, if labels are final. */
    private long over(Counting one) {
      if (!rules.outcomes().isFinal()) {
        return Long.MAX_VALUE;
      }
      return known.stream()
          .filter(raw -> raw.event() instanceof Label label && label.value() >= 0)
          .filter(raw -> inTime(one, (Label) raw.event()))
          .mapToLong(raw -> closing(Math.max(raw.arrival(), one.arrival())))
          .min()
          .orElse(Long.MAX_VALUE);
    }

    /** Order of a prediction's labels; ties as read if from one partition, else by content. */
    private int compare(Counting one, Label a, Label b) {
      List<Arrived> tie =
          known.stream().filter(raw -> tie(raw.event(), a) && holds(one, raw)).toList();
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

    private boolean inTime(Counting one, Label label) {
      long time = one.prediction().time();
      return time - timing.skew() <= label.happened()
          && label.happened() <= time + timing.horizon();
    }

    private boolean holds(Counting one, Arrived label) {
      return inTime(one, (Label) label.event()) && timing.paneOf(label.arrival()) <= over(one);
    }

    private List<Label> within(Counting one) {
      return labels.stream()
          .filter(label -> holds(one, copies(label).get(0)))
          .sorted((a, b) -> compare(one, a, b))
          .toList();
    }

    private long arrivalPane(Label label) {
      return timing.paneOf(copies(label).get(0).arrival());
    }

    private void count(Counting one, List<Label> list) {
      Prediction p = one.prediction();
      long predicted = timing.paneOf(p.time());
      int bin = rules.bin(p.score());
      add(new Predicted(cell(one), predicted, p.decision(), bin), 1);
      OptionalInt current = known(one);
      RecordState open =
          pane >= Math.min(expired(p.time()), over(one))
              ? RecordState.EXPIRED
              : RecordState.AWAITING;
      RecordState how =
          outcomes.of(list).isPresent() ? RecordState.LABELLED : RecordState.CONCLUDED;
      book(one.partition(), current.isPresent() ? how : open, p.cell().model());
      LongStream.concat(LongStream.of(absent(one)), list.stream().mapToLong(this::arrivalPane))
          .map(at -> Math.max(at, timing.paneOf(one.arrival())))
          .filter(at -> at <= pane)
          .sorted()
          .filter(at -> new Contribution(known, at).known(one).isPresent())
          .findFirst()
          .ifPresent(at -> label(one, at, current, bin));
    }

    /** The cell of a prediction by now; nothing changes it once the prediction is over. */
    private Cell cell(Counting one) {
      long last = Math.min(expired(one.prediction().time()), over(one));
      return subjects.cell(one.prediction(), Math.min(pane, last));
    }

    private long absent(Counting one) {
      long absent = NaiveJoin.this.absent(one.prediction(), one.arrival());
      return absent <= over(one) ? absent : Long.MAX_VALUE;
    }

    /** What is known of a prediction at the end of the pane. */
    private OptionalInt known(Counting one) {
      OptionalInt byLabels = outcomes.of(within(one));
      return byLabels.isPresent() || pane < absent(one)
          ? byLabels
          : OptionalInt.of(rules.outcomes().absence().orElseThrow().label());
    }

    private void label(Counting one, long firstPane, OptionalInt current, int bin) {
      Prediction p = one.prediction();
      long predicted = timing.paneOf(p.time());
      int step = rules.ages().step(Math.max(0, firstPane - predicted));
      int first = new Contribution(known, firstPane).known(one).orElseThrow();
      Cell old = subjects.cell(p, timing.paneOf(one.arrival()));
      Cell now = cell(one);
      add(new Labelled(old, predicted, step, false, p.decision(), first, bin), 1);
      if (current.orElse(Label.WITHDRAWN) != first || !old.equals(now)) {
        add(new Labelled(old, predicted, step, true, p.decision(), first, bin), -1);
        current.ifPresent(
            value -> add(new Labelled(now, predicted, step, true, p.decision(), value, bin), 1));
      }
    }

    private void bookLabel(Arrived raw, List<Label> list) {
      Label label = (Label) raw.event();
      boolean tied =
          label.sequence() == Event.NO_SEQUENCE
              && counting.stream()
                  .filter(one -> holds(one, raw))
                  .flatMap(one -> within(one).stream())
                  .anyMatch(other -> tie(other, label) && !other.equals(label));
      boolean first = raw.equals(copies(label).get(0));
      RecordState further = first ? place(label, list) : RecordState.DUPLICATE;
      book(raw.partition(), list.isEmpty() ? unmatched(raw, label) : further, "");
      if (tied) {
        book(raw.partition(), RecordState.TIED, "");
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
