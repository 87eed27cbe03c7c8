package dev.plumbline.state.metric.curve;

import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.ScoreHistogram;
import dev.plumbline.state.numeric.Digamma;
import java.util.List;
import java.util.Optional;

/**
 * Average precision: mean over positives of the precision at their own score, ties together,
 * without interpolation (METRICS 6). Its chance level is the prevalence, so it must not be compared
 * between groups or windows that differ in it, nor raise an alarm alone.
 *
 * <p>Source: McDermott et al. (2024), "A closer look at AUROC and AUPRC under class imbalance".
 *
 * @param value in (0, 1]; within a bin all scores count as ties
 * @param bounds where the value of the exact scores lies for certain
 * @param prevalence share of positives: what a model without skill has
 */
public record AveragePrecision(double value, Interval bounds, Rate prevalence) {

  /** Up to so many positives of a bin are summed one by one. */
  private static final long ONE_BY_ONE = 256;

  /** Average precision of this histogram; undefined unless both labels occur. */
  public static Optional<AveragePrecision> of(ScoreHistogram scores) {
    long positives = scores.positives();
    long negatives = scores.negatives();
    if (positives == 0 || negatives == 0) {
      return Optional.empty();
    }
    double middle = 0;
    double low = 0;
    double high = 0;
    long above = 0;
    long falseAbove = 0;
    List<ScoreHistogram.Bin> bins = scores.filled();
    for (int i = bins.size() - 1; i >= 0; i--) {
      long p = bins.get(i).positives();
      long n = bins.get(i).negatives();
      double hits = above + p;
      middle += p == 0 ? 0 : p * hits / (hits + falseAbove + n);
      high += p == 0 ? 0 : p * hits / (hits + falseAbove);
      low += lowest(p, above, falseAbove + n);
      above += p;
      falseAbove += n;
    }
    double value = middle / positives;
    return Optional.of(
        new AveragePrecision(
            value,
            new Interval(Math.min(value, low / positives), Math.max(value, high / positives)),
            new Rate(positives, positives + negatives)));
  }

  /**
   * The sum of the precisions of a bin's positives if each stands alone below all its negatives:
   * {@code (above + j) / (above + j + misses)} for j from 1 to the number of positives.
   */
  private static double lowest(long positives, long above, long misses) {
    if (misses == 0) {
      return positives;
    }
    if (positives <= ONE_BY_ONE) {
      double sum = 0;
      for (long j = 1; j <= positives; j++) {
        sum += (double) (above + j) / (above + j + misses);
      }
      return sum;
    }
    double start = (double) above + misses + 1;
    return positives - misses * (Digamma.of(start + positives) - Digamma.of(start));
  }
}
