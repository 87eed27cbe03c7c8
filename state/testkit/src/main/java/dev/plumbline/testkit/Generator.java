package dev.plumbline.testkit;

import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.time.Timing;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * Makes logs that break a careless join: everything in {@link Planted}, each thing counted. A log
 * is a function of its plan.
 */
public final class Generator {

  /** Chance of a thing of single records, per event; an event makes about three records. */
  private static final double ODD = 0.06;

  private static final double LABELLED = 0.75;
  private static final double RARE = 0.006;

  /** One far-future record in so many events. */
  private static final int FAR_FUTURE_EVERY = 300;

  private static final int LATE_AFTER_DOUBLE = 3;

  private static final int ATTRIBUTE_PARTITIONS = 3;
  private static final double SPOKEN_OF = 0.25;
  private static final double DELETED = 0.25;

  /** Midnight, so that panes and days begin together; 2024-01-01. */
  static final long BEGIN = 1_704_067_200_000L;

  private final Plan plan;
  private final Timing timing;
  private final Truth.Tally tally = new Truth.Tally();
  private final Draw draw;
  private final Drafts predictions;
  private final Drafts labels;
  private final Drafts attributes;

  private Generator(Plan plan) {
    this.plan = plan;
    this.timing = plan.rules().timing();
    this.draw = new Draw(plan, tally);
    long lateStart = time(plan.events() / 2);
    this.predictions =
        new Drafts(Log.Kind.PREDICTIONS, plan.predictionPartitions(), draw, tally, lateStart);
    this.labels = new Drafts(Log.Kind.LABELS, plan.labelPartitions(), draw, tally, lateStart);
    int elsewhere = plan.elsewhere() ? ATTRIBUTE_PARTITIONS : 0;
    this.attributes = new Drafts(Log.Kind.ATTRIBUTES, elsewhere, draw, tally, lateStart);
  }

  /** A log with everything in it. */
  public static Generated hostile(Plan plan) {
    return new Generator(plan).generated();
  }

  /** Events that may be dealt onto up to 8 partitions without being judged differently. */
  public static Mild mild(long seed) {
    return mild(Plan.of(seed));
  }

  /** The same of a plan; its records carry a sequence and its partitions do not matter. */
  public static Mild mild(Plan plan) {
    return Mild.of(plan.sequenced());
  }

  private Generated generated() {
    for (int i = 0; i < plan.events(); i++) {
      event(time(i));
      if (i % FAR_FUTURE_EVERY == FAR_FUTURE_EVERY / 2) {
        farFuture(time(i), i % (2 * FAR_FUTURE_EVERY) < FAR_FUTURE_EVERY);
        rareAttributes(time(i));
      }
    }
    tally.add(Planted.GAP);
    tally.add(Planted.GAP);
    doubleFarFuture(predictions, time -> draw.prediction(draw.id(), time, "1"));
    doubleFarFuture(labels, time -> draw.label(draw.id(), time, time, 1));
    List<Log.Partition> partitions = new ArrayList<>(predictions.write());
    partitions.addAll(labels.write());
    if (plan.elsewhere()) {
      partitions.addAll(attributes.write());
    }
    Log log = new Log(partitions);
    return new Generated(plan, log, exclusions(log), tally.of(log.size()));
  }

  /** Nominal time of an event: even steps, and two gaps. */
  private long time(int event) {
    return BEGIN + event * plan.step() + (event * 3L / Math.max(1, plan.events())) * plan.gap();
  }

  private void event(long nominal) {
    long time = nominal + draw.between(0, plan.step());
    IdHash id = draw.id();
    if (draw.chance(ODD)) {
      tally.add(Planted.OTHER_MODEL);
      predict(draw.prediction(id, time, Plan.OTHER_MODEL, "1"));
      return;
    }
    Prediction prediction = draw.prediction(id, time, "1");
    int partition = predict(prediction);
    prediction.subjects().forEach(subject -> attributes(subject, time));
    copies(prediction, partition);
    if (draw.chance(ODD)) {
      tally.add(Planted.SECOND_VERSION);
      predict(draw.prediction(id, time + draw.between(0, timing.pane()), "2"));
    }
    if (draw.chance(LABELLED)) {
      labels(id, time);
    }
    if (draw.chance(ODD)) {
      tally.add(Planted.ID_REUSED);
      long again = time + timing.horizon() + draw.between(1, timing.horizon());
      predict(draw.prediction(id, again, "1"));
      labels(id, again);
    }
    if (draw.chance(ODD)) {
      tally.add(Planted.ORPHAN);
      label(draw.label(draw.id(), time, time, draw.below(2)));
    }
    if (draw.chance(RARE)) {
      tooMany(id, time);
    }
  }

  /** Attributes of a subject: known before its prediction or after, never or several times. */
  private void attributes(IdHash subject, long time) {
    int words = draw.chance(SPOKEN_OF) ? 1 + draw.below(2) : 0;
    for (; words > 0; words--) {
      long known = time + draw.between(-timing.horizon(), 2 * timing.horizon());
      tally.add(known > time ? Planted.LATE_ATTRIBUTES : Planted.EARLY_ATTRIBUTES);
      long written = known + draw.part(timing.grace(), 0, 2);
      attributes.add(attributes.any(written), written, draw.attributes(subject, known));
      if (draw.chance(DELETED)) {
        tally.add(Planted.DELETED_ATTRIBUTES);
        long deleted = known + draw.between(0, timing.horizon()) * draw.below(2);
        attributes.add(attributes.any(deleted), deleted, draw.deletion(subject, deleted));
      }
    }
  }

  /** Writes a prediction at its time, or after newer ones; its partition. */
  private int predict(Prediction prediction) {
    long written = prediction.time();
    if (draw.chance(ODD)) {
      tally.add(Planted.DISORDER_WITHIN_GRACE);
      written += draw.part(timing.grace(), 0.2, 0.8);
    } else if (draw.chance(ODD)) {
      tally.add(Planted.DISORDER_BEYOND_GRACE);
      written += draw.part(timing.grace(), 1.5, 3);
    }
    int partition = predictions.any(written);
    predictions.add(partition, written, prediction);
    return partition;
  }

  private void copies(Prediction prediction, int partition) {
    long time = prediction.time();
    long soon = time + draw.part(timing.grace(), 0, 0.5);
    int elsewhere = predictions.other(partition, soon);
    if (draw.chance(ODD)) {
      tally.add(Planted.COPY_IN_PLACE);
      predictions.add(partition, soon, prediction);
    }
    if (draw.chance(ODD)) {
      tally.add(Planted.COPY_ELSEWHERE);
      predictions.add(elsewhere, soon, prediction);
    }
    if (draw.chance(ODD)) {
      tally.add(Planted.EARLIER_CONTENT_ELSEWHERE);
      long earlier = time - draw.between(1, timing.grace() / 2);
      predictions.add(elsewhere, time, draw.otherContent(prediction, earlier));
    }
    if (draw.chance(ODD)) {
      tally.add(Planted.LATER_CONTENT_ELSEWHERE);
      long later = draw.chance(0.2) ? time : time + draw.between(1, timing.horizon() / 2);
      predictions.add(
          predictions.other(partition, later), later, draw.otherContent(prediction, later));
    }
  }

  /** Labels of a prediction at a time: one way of the several in which they come. */
  private void labels(IdHash id, long time) {
    int value = draw.below(2);
    long known = time + draw.between(0, timing.horizon());
    long happened = known - draw.between(0, Math.min(known - time, timing.lateBy() / 2));
    Label plain = draw.label(id, known, happened, value);
    if (draw.chance(ODD)) {
      tally.add(Planted.IGNORED_LABEL);
      long sooner = known - draw.between(0, timing.pane());
      label(draw.label(id, sooner, sooner, Label.IGNORED));
    }
    if (draw.chance(2 * ODD)) {
      ahead(id, time, value);
    } else if (draw.chance(ODD)) {
      tally.add(Planted.LATE_LABEL);
      long late = happened + timing.lateBy() + draw.between(1, timing.horizon());
      label(draw.label(id, late, happened, value));
    } else if (draw.chance(2 * ODD)) {
      tally.add(Planted.BULK_LABEL);
      long period = Math.max(2, timing.lateBy() / 2);
      long batch = (Math.floorDiv(known, period) + 1) * period;
      labels.add(0, batch + draw.between(0, plan.step()), plain);
    } else if (draw.chance(3 * ODD)) {
      revise(plain);
    } else if (draw.chance(3 * ODD)) {
      tie(plain);
    } else {
      copies(plain, label(plain));
    }
  }

  /** A label that is known before its prediction, by less or by more than a pane. */
  private void ahead(IdHash id, long time, int value) {
    boolean waits = draw.chance(0.5) && timing.skew() > timing.pane();
    tally.add(waits ? Planted.LABEL_WAITING : Planted.LABEL_BEFORE_PREDICTION);
    long ahead =
        waits
            ? draw.between(timing.pane(), timing.skew() + 1)
            : draw.between(1, Math.min(timing.pane(), timing.skew() + 1));
    label(draw.label(id, time - ahead, time - ahead, value));
  }

  private int label(Label label) {
    int partition = labels.any(label.time());
    labels.add(partition, label.time(), label);
    return partition;
  }

  private void copies(Label label, int partition) {
    long soon = label.time() + draw.part(timing.grace(), 0, 2);
    if (draw.chance(ODD)) {
      tally.add(Planted.COPY_IN_PLACE);
      labels.add(partition, soon, label);
    }
    if (draw.chance(ODD)) {
      tally.add(Planted.COPY_ELSEWHERE);
      labels.add(labels.other(partition, soon), soon, label);
    }
  }

  /** Three values in turn, read in order or the last one first, in one or several partitions. */
  private void revise(Label first) {
    boolean inOrder = draw.chance(0.5);
    tally.add(inOrder ? Planted.REVISION : Planted.REVISION_OUT_OF_ORDER);
    long second = first.time() + draw.between(1, 3 * timing.pane());
    long third = second + draw.between(1, 3 * timing.pane());
    List<Label> revisions =
        List.of(
            first,
            draw.label(first.id(), second, first.happened(), orWithdrawn(1 - first.value())),
            draw.label(first.id(), third, first.happened(), orWithdrawn(first.value())));
    int partition = labels.any(first.time());
    boolean together = draw.chance(0.5);
    for (Label label : revisions) {
      long written = inOrder ? label.time() : third + (third - label.time());
      labels.add(together ? partition : labels.any(written), written, label);
    }
  }

  private int orWithdrawn(int value) {
    if (draw.chance(0.3)) {
      tally.add(Planted.WITHDRAWAL);
      return Label.WITHDRAWN;
    }
    return value;
  }

  /** Two labels of equal time and different value, the greater one first. */
  private void tie(Label first) {
    int partition = labels.any(first.time());
    int elsewhere = labels.other(partition, first.time());
    boolean together = draw.chance(0.5) || plan.sequence() || elsewhere == partition;
    long sequence = draw.chance(0.3) ? first.sequence() : draw.sequence();
    Label second = Draw.tied(first, plan.sequence() ? sequence : first.sequence());
    tally.add(
        plan.sequence()
            ? Planted.TIE_WITH_SEQUENCE
            : together ? Planted.TIE_IN_ONE_PARTITION : Planted.TIE_IN_SEVERAL_PARTITIONS);
    boolean swapped = draw.chance(0.5);
    labels.add(partition, first.time(), swapped ? second : first);
    labels.add(together ? partition : elsewhere, first.time() + 1, swapped ? first : second);
    if (draw.chance(0.3)) {
      // A copy in another partition, panes later, turns the order of a tie from offset to content.
      long later = first.time() + timing.grace() + draw.between(0, 3 * timing.pane());
      labels.add(labels.other(partition, later), later, second);
    }
  }

  /** Two more predictions and two more labels than the bound, in any order and partition. */
  private void tooMany(IdHash id, long time) {
    tally.add(Planted.TOO_MANY_COPIES);
    for (int i = 0; i < timing.copies() + 2; i++) {
      long each = time + draw.between(1, timing.pane() * 2);
      predictions.add(predictions.any(each), each, draw.prediction(id, each, "1"));
      label(draw.label(id, each, each, draw.below(2)));
    }
  }

  private void farFuture(long now, boolean asLabel) {
    tally.add(Planted.FAR_FUTURE);
    long far = now + timing.jump() * 2 + draw.between(1, 10 * timing.jump());
    if (asLabel) {
      labels.add(labels.any(now), now, draw.label(draw.id(), far, now, 1));
    } else {
      predictions.add(predictions.any(now), now, draw.prediction(draw.id(), far, "1"));
    }
  }

  /** A word on a subject that may come long before the next one of its partition. */
  private void rareAttributes(long now) {
    if (plan.elsewhere()) {
      tally.add(Planted.FAR_FUTURE);
      long known = now + timing.jump() + draw.between(1, timing.jump());
      IdHash subject = draw.prediction(draw.id(), known, "1").subjects().get(0);
      attributes.add(attributes.any(now), now, draw.attributes(subject, known));
    }
  }

  /** At the end of the last partition used: two records far ahead, and a few that are late then. */
  private void doubleFarFuture(Drafts drafts, LongFunction<Event> at) {
    tally.add(Planted.DOUBLE_FAR_FUTURE);
    int partition = drafts.used() - 1;
    long end = Math.max(predictions.end(), labels.end()) + 1;
    long far = end + 20 * timing.jump() + timing.lateBy();
    drafts.add(partition, end, at.apply(far));
    drafts.add(partition, end + 1, at.apply(far + timing.pane()));
    for (int i = 0; i < LATE_AFTER_DOUBLE; i++) {
      drafts.add(partition, end + 2 + i, at.apply(end + i));
    }
  }

  private List<Exclusion> exclusions(Log log) {
    List<Exclusion> exclusions = new ArrayList<>();
    int firstOfLabels = plan.predictionPartitions();
    long beyondRecall = timing.recall() + timing.grace();
    exclusions.addAll(exclusion(log, 0, 0.6, beyondRecall));
    exclusions.addAll(exclusion(log, firstOfLabels, 0.4, timing.grace()));
    return exclusions;
  }

  /** An exclusion that ends at a share of a partition, and is answered some time later. */
  private List<Exclusion> exclusion(Log log, int partition, double share, long later) {
    List<Raw> records = log.partitions().get(partition).records();
    if (records.isEmpty()) {
      return List.of();
    }
    Raw first = records.get((int) (records.size() * share));
    long answer = timing.paneOf(first.kafkaTimestamp() + later);
    return List.of(new Exclusion(partition, first.offset(), answer));
  }
}
