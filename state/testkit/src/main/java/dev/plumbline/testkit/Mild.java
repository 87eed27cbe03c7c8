package dev.plumbline.testkit;

import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Events in the order of writing, whose disorder stays below the grace however they are dealt onto
 * partitions: no prediction is late, no label has a time before its clock, none is tied, no record
 * far ahead. So metrics and alerts do not depend on the number of partitions (FLOW section 6).
 *
 * <p>There are no rejects of mapping either: they arrive at the clock of their partition, which
 * does depend on it.
 */
public record Mild(Plan plan, List<Event> predictions, List<Event> labels, Truth truth) {

  private static final double ODD = 0.06;
  private static final double LABELLED = 0.9;

  /**
   * Largest disorder as a share of the grace; below 1, so that every dealing keeps to the grace.
   */
  private static final double DISORDER = 0.4;

  public Mild {
    predictions = List.copyOf(predictions);
    labels = List.copyOf(labels);
  }

  static Mild of(Plan plan) {
    return new Making(plan).mild();
  }

  /**
   * Deals predictions onto n partitions and labels onto n others, one after another. Any n gives
   * the same metrics as long as n events are written within a jump; 8 are with the default plan.
   */
  public Log deal(int n) {
    List<Log.Partition> partitions = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      partitions.add(Log.Partition.of(Log.Kind.PREDICTIONS, every(n, i, predictions)));
    }
    for (int i = 0; i < n; i++) {
      partitions.add(Log.Partition.of(Log.Kind.LABELS, every(n, i, labels)));
    }
    return new Log(partitions);
  }

  private static List<Raw> every(int n, int first, List<Event> events) {
    List<Raw> records = new ArrayList<>();
    for (int i = first; i < events.size(); i += n) {
      Event event = events.get(i);
      records.add(new Raw.Mapped(records.size(), event.time(), event));
    }
    return records;
  }

  /** The drawing of the events; confined to {@link Mild#of}. */
  private static final class Making {
    private final Plan plan;
    private final Timing timing;
    private final Truth.Tally tally = new Truth.Tally();
    private final Draw draw;
    private final List<Written> predictions = new ArrayList<>();
    private final List<Written> labels = new ArrayList<>();

    private record Written(long moment, Event event) {}

    Making(Plan plan) {
      this.plan = plan;
      this.timing = plan.rules().timing();
      this.draw = new Draw(plan, tally);
    }

    Mild mild() {
      tally.add(Planted.GAP);
      for (int i = 0; i < plan.events(); i++) {
        long gap = i * 2L / plan.events() * plan.gap();
        event(Generator.BEGIN + i * plan.step() + gap + draw.between(0, plan.step()));
      }
      int records = predictions.size() + labels.size();
      return new Mild(plan, inOrder(predictions), inOrder(labels), tally.of(records));
    }

    private static List<Event> inOrder(List<Written> records) {
      return records.stream()
          .sorted(Comparator.comparingLong(Written::moment))
          .map(Written::event)
          .toList();
    }

    private void write(Event event) {
      long delay = draw.part(timing.grace(), 0, DISORDER);
      if (delay > plan.step()) {
        tally.add(Planted.DISORDER_WITHIN_GRACE);
      }
      (event instanceof Label ? labels : predictions).add(new Written(event.time() + delay, event));
    }

    private void event(long time) {
      IdHash id = draw.id();
      if (draw.chance(ODD)) {
        tally.add(Planted.OTHER_MODEL);
        write(draw.prediction(id, time, Plan.OTHER_MODEL, "1"));
        return;
      }
      Prediction prediction = draw.prediction(id, time, "1");
      write(prediction);
      if (draw.chance(ODD)) {
        tally.add(Planted.COPY_ELSEWHERE);
        write(prediction);
      }
      if (draw.chance(ODD)) {
        tally.add(Planted.LATER_CONTENT_ELSEWHERE);
        write(draw.otherContent(prediction, time + draw.between(1, timing.horizon() / 2)));
      }
      if (draw.chance(ODD)) {
        tally.add(Planted.SECOND_VERSION);
        write(draw.prediction(id, time + draw.between(0, timing.pane()), "2"));
      }
      if (draw.chance(ODD)) {
        tally.add(Planted.ORPHAN);
        write(draw.label(draw.id(), time, time, draw.below(2)));
      }
      if (draw.chance(LABELLED)) {
        labels(id, time);
      }
      if (draw.chance(ODD)) {
        tally.add(Planted.ID_REUSED);
        long again = time + timing.horizon() + draw.between(1, timing.pane() * 4);
        write(draw.prediction(id, again, "1"));
        labels(id, again);
      }
    }

    private void labels(IdHash id, long time) {
      long known = time + draw.between(0, timing.horizon() / 4);
      Label label = draw.label(id, known, time, draw.below(2));
      if (draw.chance(ODD)) {
        tally.add(Planted.LABEL_WAITING);
        long ahead = draw.between(1, timing.skew());
        label = draw.label(id, time - ahead, time - ahead, label.value());
      } else if (draw.chance(ODD)) {
        tally.add(Planted.LATE_LABEL);
        label = draw.label(id, time + timing.lateBy() + draw.between(1, timing.grace()), time, 1);
      }
      write(label);
      if (draw.chance(ODD)) {
        tally.add(Planted.COPY_ELSEWHERE);
        write(label);
      }
      if (draw.chance(2 * ODD)) {
        tally.add(Planted.REVISION);
        long revised = label.time() + draw.between(1, 5 * timing.pane());
        write(draw.label(id, revised, label.happened(), 1 - label.value()));
      }
      if (draw.chance(ODD)) {
        tally.add(Planted.TIE_WITH_SEQUENCE);
        write(Draw.tied(label, draw.chance(0.5) ? label.sequence() : draw.sequence()));
      }
    }
  }
}
