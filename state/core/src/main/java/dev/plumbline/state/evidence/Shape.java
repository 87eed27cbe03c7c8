package dev.plumbline.state.evidence;

import static dev.plumbline.state.evidence.Elementary.logit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How a metric's rate moves with label age and hour of day, as log-odds against the level of the
 * whole model (METHOD 1.1, items 1 and 2).
 */
final class Shape {

  /** Clamp of every level and of the rate of an age. */
  private static final double RATE_MIN = 1e-4;

  private static final double AGE_PRIOR = 50;
  private static final double HOUR_PRIOR = 2000;

  private final double level;
  private final double[] ages;
  private final double[] hours;

  private Shape(double level, double[] ages, double[] hours) {
    this.level = level;
    this.ages = ages;
    this.hours = hours;
  }

  /**
   * Shape of a model-level table.
   *
   * @param hourly false for metrics that are conditional on the class: no hour shape
   */
  static Shape of(Strata model, boolean hourly) {
    double level = level(model.total());
    double[] ages = new double[model.ages()];
    for (int a = 0; a < ages.length; a++) {
      ages[a] = ageShape(level, model.age(a));
    }
    double[] hours = new double[model.hours()];
    for (int h = 0; hourly && h < hours.length; h++) {
      hours[h] = logOdds(level, model.hour(h), HOUR_PRIOR);
    }
    return new Shape(level, ages, hours);
  }

  /** Smoothed rate of totals, kept away from 0 and 1. */
  static double level(Sample total) {
    return clampRate((total.successes() + 0.5) / (total.trials() + 1));
  }

  static double clampRate(double rate) {
    return Elementary.clamp(rate, RATE_MIN, 1 - RATE_MIN);
  }

  /** Shape of one age, of a model with this level; also for an age that closes later. */
  static double ageShape(double level, Sample age) {
    return logOdds(level, age, AGE_PRIOR);
  }

  private static double logOdds(double level, Sample part, double prior) {
    return logit((part.successes() + prior * level) / (part.trials() + prior)) - logit(level);
  }

  double level() {
    return level;
  }

  double age(int age) {
    return ages[age];
  }

  double hour(int hour) {
    return hours[hour];
  }

  void write(DataOutput out) throws IOException {
    Doubles.write(out, level);
    out.writeInt(ages.length);
    Doubles.write(out, ages);
    out.writeInt(hours.length);
    Doubles.write(out, hours);
  }

  static Shape read(DataInput in) throws IOException {
    double level = Doubles.read(in, 1)[0];
    double[] ages = Doubles.read(in, in.readInt());
    return new Shape(level, ages, Doubles.read(in, in.readInt()));
  }
}
