package dev.plumbline.testkit;

import dev.plumbline.state.record.Attributes;
import dev.plumbline.state.record.Cell;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.Prediction;
import dev.plumbline.state.record.Sampling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Contents of records, drawn from the seed of a plan. */
final class Draw {

  private static final double MISSING_SHARE = 0.06;
  private static final double SELECTED_SHARE = 0.7;
  private static final double HOLDS_SINCE = 0.3;

  /** So many subjects of the predictions of half a day. */
  private static final int SUBJECTS = 20;

  private static final long SUBJECT_MILLIS = Duration.ofHours(12).toMillis();

  private final SplittableRandom random;
  private final Plan plan;
  private final Truth.Tally tally;
  private long sequence;

  Draw(Plan plan, Truth.Tally tally) {
    this.random = new SplittableRandom(plan.seed());
    this.plan = plan;
    this.tally = tally;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  /** A time or length in {@code [low, high)}, {@code low} where that is empty. */
  long between(long low, long high) {
    return low < high ? random.nextLong(low, high) : low;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A share of a length: {@code [low, high)} of it. */
  long part(long length, double low, double high) {
    return between((long) (length * low), (long) (length * high));
  }

  IdHash id() {
    return new IdHash(random.nextLong(), random.nextLong());
  }

  /** Of the monitored model. */
  Prediction prediction(IdHash id, long time, String version) {
    return prediction(id, time, Plan.MODEL, version);
  }

  Prediction prediction(IdHash id, long time, String model, String version) {
    int score = random.nextInt(Prediction.FULL_SCORE + 1);
    int decision = score * 2L >= Prediction.FULL_SCORE ? 1 : 0;
    if (chance(MISSING_SHARE)) {
      tally.add(Planted.MISSING_SCORE);
      score = Prediction.NO_SCORE;
    }
    List<IdHash> subjects = plan.elsewhere() ? List.of(subject(time)) : List.of();
    return new Prediction(id, time, sequence(), cell(model, version), decision, score, subjects);
  }

  /** The same identity at another time with the other decision, perhaps in another cell. */
  Prediction otherContent(Prediction of, long time) {
    Cell cell = cell(of.cell().model(), of.cell().version());
    return new Prediction(
        of.id(), time, sequence(), cell, 1 - of.decision(), of.score(), of.subjects());
  }

  /** One of those that predictions of about this time are about. */
  private IdHash subject(long time) {
    long days = Math.floorDiv(time, SUBJECT_MILLIS);
    return new IdHash(days, random.nextInt(SUBJECTS));
  }

  /** A word on the last attribute of a subject; it may hold for some predictions alone. */
  Attributes attributes(IdHash subject, long time) {
    List<String> values = new ArrayList<>(Collections.nCopies(plan.values().size(), ""));
    List<String> last = plan.values().get(values.size() - 1);
    values.set(values.size() - 1, last.get(random.nextInt(last.size())));
    long since = chance(HOLDS_SINCE) ? time - between(0, 2 * plan.gap()) : Attributes.ALWAYS;
    return new Attributes(subject, time, sequence(), since, values);
  }

  /** A deletion of what is known of the last attribute of a subject. */
  Attributes deletion(IdHash subject, long time) {
    List<String> values = new ArrayList<>(Collections.nCopies(plan.values().size(), ""));
    values.set(values.size() - 1, Cell.MISSING);
    long since = chance(HOLDS_SINCE) ? time : Attributes.ALWAYS;
    return new Attributes(subject, time, Event.NO_SEQUENCE, since, true, values);
  }

  Label label(IdHash id, long time, long happened, int value) {
    return new Label(id, time, happened, sequence(), value);
  }

  /** The same label time and sequence, and the other value. */
  static Label tied(Label of, long sequence) {
    return new Label(of.id(), of.time(), of.happened(), sequence, 1 - of.value());
  }

  /** The next sequence: later drawn is later. */
  long sequence() {
    return plan.sequence() ? sequence++ : Event.NO_SEQUENCE;
  }

  private Cell cell(String model, String version) {
    List<String> values = new ArrayList<>();
    for (List<String> attribute : plan.values()) {
      values.add(attribute.get(random.nextInt(attribute.size())));
    }
    if (!values.isEmpty() && chance(MISSING_SHARE)) {
      tally.add(Planted.MISSING_VALUE);
      values.set(random.nextInt(values.size()), Cell.MISSING);
    }
    if (plan.elsewhere()) {
      values.set(values.size() - 1, Cell.MISSING);
    }
    return new Cell(model, version, values, sampling());
  }

  private Sampling sampling() {
    if (!plan.sampled()) {
      return Sampling.NONE;
    }
    Sampling of = Plan.SAMPLINGS.get(1 + random.nextInt(Plan.SAMPLINGS.size() - 1));
    boolean isSelected = chance(SELECTED_SHARE);
    if (!isSelected) {
      tally.add(Planted.UNSELECTED);
    }
    return new Sampling(of.stratum(), of.acted(), isSelected);
  }
}
