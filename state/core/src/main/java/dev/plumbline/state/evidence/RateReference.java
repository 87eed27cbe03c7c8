package dev.plumbline.state.evidence;

import static dev.plumbline.state.evidence.Elementary.expit;
import static dev.plumbline.state.evidence.Elementary.logit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a series is compared with; frozen when it is armed (METHOD 1.1 and 1.2). */
final class RateReference implements Edges {

  private final Sample total;
  private final double phi;
  private final Band band;
  private final double shift;
  private final int hours;
  private final double[] rates;
  private final long[] eventsByHour;

  private RateReference(Level level, double shift, int hours, double[] rates, long[] eventsByHour) {
    this.total = level.total;
    this.phi = level.phi;
    this.band = level.band;
    this.shift = shift;
    this.hours = hours;
    this.rates = rates;
    this.eventsByHour = eventsByHour;
  }

  /** Series level: totals, dispersion and the band that follows from them. */
  private record Level(Sample total, double phi, Band band) {}

  /**
   * A frozen reference.
   *
   * @param eventsByHour reference events by hour of day, 24 of them
   */
  static RateReference of(
      Strata strata, StratumRates rates, double phi, double tolerance, long[] eventsByHour) {
    Sample total = strata.total();
    Level level = new Level(total, phi, Band.of(total, phi, tolerance));
    return new RateReference(
        level, rates.shift(), strata.hours(), rates.rates(), eventsByHour.clone());
  }

  /** This reference with the rates of one age made from labels that came after arming. */
  RateReference withAge(int age, Sample own, double ageShape, Shape model) {
    double odds = logit(StratumRates.ageRate(Shape.level(total), own, ageShape));
    double[] changed = rates.clone();
    for (int h = 0; h < hours; h++) {
      changed[age * hours + h] = expit(odds + model.hour(h) + shift);
    }
    return new RateReference(new Level(total, phi, band), shift, hours, changed, eventsByHour);
  }

  Sample total() {
    return total;
  }

  double phi() {
    return phi;
  }

  Band band() {
    return band;
  }

  @Override
  public int hours() {
    return hours;
  }

  @Override
  public int strata() {
    return rates.length;
  }

  /** Number of a stratum. */
  int stratum(int age, int hour) {
    return age * hours + (hours == 1 ? 0 : hour);
  }

  double rate(int stratum) {
    return rates[stratum];
  }

  @Override
  public boolean bets(Direction direction) {
    return band.bets(direction);
  }

  @Override
  public double edge(Direction direction, int stratum) {
    return band.edge(direction, rates[stratum]);
  }

  long events(int hour) {
    return eventsByHour[hour];
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(total.trials());
    out.writeLong(total.successes());
    Doubles.write(out, phi, band.level(), band.tolerance());
    Doubles.write(out, band.interval().low(), band.interval().high(), shift);
    out.writeInt(hours);
    out.writeInt(rates.length);
    Doubles.write(out, rates);
    for (long events : eventsByHour) {
      out.writeLong(events);
    }
  }

  static RateReference read(DataInput in) throws IOException {
    Sample total = new Sample(in.readLong(), in.readLong());
    double[] head = Doubles.read(in, 6);
    Band band = new Band(head[1], head[2], new Interval(head[3], head[4]));
    int hours = in.readInt();
    double[] rates = Doubles.read(in, in.readInt());
    long[] events = new long[RateSettings.HOURS];
    for (int h = 0; h < events.length; h++) {
      events[h] = in.readLong();
    }
    return new RateReference(new Level(total, head[0], band), head[5], hours, rates, events);
  }
}
