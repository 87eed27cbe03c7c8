package dev.plumbline.state.evidence;

import static dev.plumbline.state.evidence.Elementary.expit;
import static dev.plumbline.state.evidence.Elementary.logit;

/**
 * Reference rate {@code p0} of each stratum of a series (METHOD 1.1, items 3 and 4).
 *
 * <p>Series with label age borrow the model's age and hour shapes; a common shift {@code c} makes
 * the rates add up to the successes that were counted. Series without label age are smoothed hour
 * by hour.
 */
final class StratumRates {

  private static final double OWN_AGE_PRIOR = 500;
  private static final int SHIFT_STEPS = 50;
  private static final double SHIFT_RANGE = 2;

  private final double shift;
  private final double[] rates;

  private StratumRates(double shift, double[] rates) {
    this.shift = shift;
    this.rates = rates;
  }

  /** Rates of a series with label age. */
  static StratumRates aged(Strata own, Shape shape) {
    double level = Shape.level(own.total());
    double[] odds = new double[own.ages() * own.hours()];
    for (int a = 0; a < own.ages(); a++) {
      double age = logit(ageRate(level, own.age(a), shape.age(a)));
      for (int h = 0; h < own.hours(); h++) {
        odds[a * own.hours() + h] = age + shape.hour(h);
      }
    }
    double shift = shift(own, odds);
    double[] rates = new double[odds.length];
    for (int z = 0; z < rates.length; z++) {
      rates[z] = expit(odds[z] + shift);
    }
    return new StratumRates(shift, rates);
  }

  /** A series' own rate at an age, shrunk to the shape of the model (item 3). */
  static double ageRate(double level, Sample own, double ageShape) {
    double prior = expit(logit(level) + ageShape);
    return Shape.clampRate(
        (own.successes() + OWN_AGE_PRIOR * prior) / (own.trials() + OWN_AGE_PRIOR));
  }

  private static double shift(Strata own, double[] odds) {
    long successes = own.total().successes();
    double low = -SHIFT_RANGE;
    double high = SHIFT_RANGE;
    for (int i = 0; i < SHIFT_STEPS; i++) {
      double mid = (low + high) / 2;
      double sum = 0;
      for (int z = 0; z < odds.length; z++) {
        sum = sum + own.trials(z) * expit(odds[z] + mid);
      }
      if (sum < successes) {
        low = mid;
      } else {
        high = mid;
      }
    }
    return (low + high) / 2;
  }

  /**
   * Rates of a series without label age, one stratum per hour.
   *
   * @param prior events of prior weight: 1000
   */
  static StratumRates hourly(Strata own, double prior) {
    double level = Shape.level(own.total());
    double[] rates = new double[own.hours()];
    for (int h = 0; h < rates.length; h++) {
      Sample hour = own.hour(h);
      rates[h] = Shape.clampRate((hour.successes() + prior * level) / (hour.trials() + prior));
    }
    return new StratumRates(0, rates);
  }

  /** The common shift {@code c} in log-odds. */
  double shift() {
    return shift;
  }

  /** Rates by stratum, numbered {@code age * hours + hour}; the caller's to keep. */
  double[] rates() {
    return rates.clone();
  }
}
