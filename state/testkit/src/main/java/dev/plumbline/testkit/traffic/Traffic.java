package dev.plumbline.testkit.traffic;

import dev.plumbline.state.record.Prediction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Steady traffic of a classifier over days, with labels that come later and faults that are
 * planted: a function of its parts, in order of time, as often as it is iterated.
 *
 * <p>Every prediction uses the same number of random draws, so that a fault changes nothing outside
 * its subgroup and days.
 *
 * @param begin start of day 0 in epoch milliseconds
 * @param days number of days with predictions; labels may come after the last
 * @param perDay predictions of a day, spread evenly
 */
public record Traffic(
    long seed,
    long begin,
    int days,
    int perDay,
    List<Attribute> attributes,
    Behaviour behaviour,
    List<Fault> faults)
    implements Iterable<Observation> {

  private static final long DAY = Duration.ofDays(1).toMillis();

  public Traffic {
    attributes = List.copyOf(attributes);
    faults = List.copyOf(faults);
    if (days < 0 || perDay < 1) {
      throw new IllegalArgumentException(
          "days must be at least 0 and predictions of a day at least 1, were %d and %d"
              .formatted(days, perDay));
    }
    List<String> names = attributes.stream().map(Attribute::name).toList();
    for (Fault fault : faults) {
      if (!names.containsAll(fault.subgroup().keySet())) {
        throw new IllegalArgumentException(
            "the subgroup of a fault must name attributes of " + names + ", was " + fault);
      }
    }
  }

  /** Predictions and labels in order of time; a label never comes before its prediction. */
  @Override
  public Iterator<Observation> iterator() {
    return new InOrder();
  }

  /** Probability of a positive decision, faults included. */
  double selection(int day, List<String> values, boolean positive) {
    double rate = positive ? behaviour.sensitivity() : behaviour.falsePositiveRate();
    for (Fault fault : faults) {
      if (fault.on(day) && holds(fault, values)) {
        rate += fault.shift(positive);
      }
    }
    return Math.min(1, Math.max(0, rate));
  }

  private boolean holds(Fault fault, List<String> values) {
    for (int i = 0; i < attributes.size(); i++) {
      String name = attributes.get(i).name();
      if (!fault.subgroup().getOrDefault(name, values.get(i)).equals(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Draws predictions one by one and holds their labels back until their time. */
  private final class InOrder implements Iterator<Observation> {
    private final SplittableRandom random = new SplittableRandom(seed);
    private final PriorityQueue<Observation> pending =
        new PriorityQueue<>(
            Comparator.comparingLong(Observation::time).thenComparing(Observation::id));
    private final long total = (long) days * perDay;
    private long drawn;

    @Override
    public boolean hasNext() {
      return drawn < total || !pending.isEmpty();
    }

    @Override
    public Observation next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the traffic of " + days + " days is over");
      }
      // Only a prediction of the next place could still come before what is pending.
      while (drawn < total && (pending.isEmpty() || pending.element().time() >= place(drawn))) {
        draw();
      }
      return pending.remove();
    }

    private long place(long index) {
      long day = index / perDay;
      return begin + day * DAY + index % perDay * DAY / perDay;
    }

    private void draw() {
      long place = place(drawn);
      int day = (int) (drawn / perDay);
      String id = "t" + drawn;
      drawn++;
      long time = place + random.nextLong(Math.max(1, DAY / perDay));
      List<String> values = new ArrayList<>();
      for (Attribute attribute : attributes) {
        values.add(attribute.at(random.nextDouble()));
      }
      boolean positive = random.nextDouble() < behaviour.baseRate();
      boolean selected = random.nextDouble() < selection(day, values, positive);
      int half = Prediction.FULL_SCORE / 2;
      int score = random.nextInt(half) + (selected ? half : 0);
      boolean labelled = random.nextDouble() < behaviour.labelled();
      long known = time + delay(positive, random.nextDouble());
      pending.add(new Observation.Scored(id, time, values, selected ? 1 : 0, score));
      if (labelled) {
        pending.add(new Observation.Known(id, known, positive ? 1 : 0));
      }
    }

    private long delay(boolean positive, double point) {
      Behaviour.Delays delays = behaviour.delays();
      Duration mean = positive ? delays.positive() : delays.negative();
      long delay = (long) (-Math.log1p(-point) * mean.toMillis());
      return 1 + Math.min(delay, delays.longest().toMillis());
    }
  }
}
