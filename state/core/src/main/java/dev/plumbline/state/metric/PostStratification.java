package dev.plumbline.state.metric;

import java.util.List;

/**
 * Rates of a population from labels that were drawn with other probabilities in each of its strata:
 * the labelled records of a stratum stand for all of its predictions, whose number is known
 * exactly.
 *
 * <p>A rate is a ratio of two totals; its variance is that of its linear approximation. Source:
 * Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), sections 5.6 and 7.6. There
 * is no correction for finite populations: the interval is about the behaviour behind these
 * predictions, like that of rates whose labels are all known. The interval is Wilson's at the
 * effective sample size (Dean and Pagano 2015, "Evaluating confidence interval methods for binomial
 * proportions in clustered surveys").
 */
final class PostStratification {

  private PostStratification() {}

  /** A rate of all predictions of the strata; {@link Rate#NONE} where labels do not tell it. */
  static Proportion rate(RateMetric metric, List<Stratum> strata) {
    double successes = 0;
    double trials = 0;
    double squares = 0;
    long records = 0;
    for (Stratum stratum : strata) {
      if (stratum.labels() > 0) {
        Rate rate = metric.of(stratum.labelled());
        double weight = stratum.weight();
        successes += weight * rate.successes();
        trials += weight * rate.trials();
        squares += weight * weight * rate.trials();
        records += rate.trials();
      }
    }
    if (records == 0 || Stratum.areSilent(strata)) {
      return Rate.NONE;
    }
    double share = successes / trials;
    double complement = (trials - successes) / trials;
    double spread = share * complement;
    // A rate of 0 or 1 has no spread: then the weights alone say what the sample is worth.
    double size =
        spread > 0
            ? spread / variance(metric, strata, share) * trials * trials
            : trials * trials / squares;
    return new Weighted(share, complement, records, size);
  }

  /**
   * Variance of the total of residuals, drawn in each stratum on its own. A stratum of few records
   * may happen to hold no error, or nothing else; that is no certainty, and the total would seem
   * better known than it is. So its own rate is taken with one success and one failure more.
   */
  private static double variance(RateMetric metric, List<Stratum> strata, double share) {
    double variance = 0;
    for (Stratum stratum : strata) {
      long n = stratum.labels();
      if (n > 0) {
        Rate rate = metric.of(stratum.labelled());
        double successes = rate.trials() * (rate.successes() + 1.0) / (rate.trials() + 2.0);
        double failures = rate.trials() - successes;
        double sum = successes * (1 - share) - failures * share;
        double squares = successes * (1 - share) * (1 - share) + failures * share * share;
        double of1 = Math.max(0, squares - sum * sum / n) / Math.max(1, n - 1);
        variance += (double) stratum.predictions() * stratum.predictions() * of1 / n;
      }
    }
    return variance;
  }
}
