package dev.plumbline.state.metric;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Area under the ROC curve: the chance that a positive scores above a negative, ties half (METRICS
 * 6).
 *
 * @param positives records with label 1, at least 1
 * @param negatives records with label 0, at least 1
 * @param value the area, in [0, 1]; within a bin all scores count as ties
 * @param maxError bound of the distance to the area of the exact scores, from the bins that hold
 *     both labels: 0 if none does
 * @param variance DeLong's variance of the value; undefined with fewer than 2 records of a label
 */
public record Auroc(
    long positives, long negatives, double value, double maxError, OptionalDouble variance) {

  /**
   * The area of this histogram; undefined unless both labels occur. One pass for the area and one
   * for its variance, over the filled bins.
   */
  public static Optional<Auroc> of(ScoreHistogram scores) {
    long positives = scores.positives();
    long negatives = scores.negatives();
    if (positives == 0 || negatives == 0) {
      return Optional.empty();
    }
    ProductSum doubledWins = new ProductSum();
    ProductSum ties = new ProductSum();
    long below = 0;
    for (ScoreHistogram.Bin bin : scores.filled()) {
      doubledWins.add(bin.positives(), 2 * below + bin.negatives());
      ties.add(bin.positives(), bin.negatives());
      below += bin.negatives();
    }
    double value = doubledWins.over(2 * positives, negatives);
    double maxError = ties.over(2 * positives, negatives);
    OptionalDouble variance =
        positives < 2 || negatives < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(variance(scores, new Centre(positives, negatives, value)));
    return Optional.of(new Auroc(positives, negatives, value, maxError, variance));
  }

  private record Centre(long positives, long negatives, double value) {}

  /*
   * DeLong: each positive has the share of negatives that it beats, each negative the share of
   * positives that beat it; both have the area as their mean. The squares are taken of the
   * distances from that mean: their plain sums leave the range of a long near 1.3 million records
   * of each label, and in doubles they would cancel.
   *
   * Source: DeLong, DeLong and Clarke-Pearson (1988), "Comparing the areas under two or more
   * correlated receiver operating characteristic curves".
   */
  private static double variance(ScoreHistogram scores, Centre centre) {
    double ofPositives = 0;
    double ofNegatives = 0;
    long below = 0;
    long above = centre.positives();
    for (ScoreHistogram.Bin bin : scores.filled()) {
      above -= bin.positives();
      double beats = (2 * below + bin.negatives()) / (2.0 * centre.negatives()) - centre.value();
      double beaten = (2 * above + bin.positives()) / (2.0 * centre.positives()) - centre.value();
      ofPositives += bin.positives() * beats * beats;
      ofNegatives += bin.negatives() * beaten * beaten;
      below += bin.negatives();
    }
    return ofPositives / (centre.positives() - 1) / centre.positives()
        + ofNegatives / (centre.negatives() - 1) / centre.negatives();
  }

  /** DeLong's interval of 95 %, not clipped to [0, 1]; undefined where the variance is. */
  public Optional<Interval> interval() {
    return variance.isPresent()
        ? Optional.of(Interval.around(value, Intervals.Z * Math.sqrt(variance.getAsDouble())))
        : Optional.empty();
  }

  /** Where the area of the exact scores lies for certain. */
  public Interval bounds() {
    return Interval.around(value, maxError);
  }
}
