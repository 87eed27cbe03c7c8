package dev.plumbline.state.metric;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Area under the ROC curve where labels are drawn in strata: each labelled record counts as often
 * as it stands for predictions.
 *
 * <p>The variance is that of the linear approximation: DeLong's placements as residuals, drawn in
 * each stratum on its own.
 */
final class StratifiedAuroc {

  /** Weighted records of a bin, and where in the order of scores it stands. */
  private record Weights(double positives, double negatives, double below, double above) {}

  private final List<Stratum> strata;
  private final TreeMap<Integer, Weights> bins = new TreeMap<>();
  private double positives;
  private double negatives;

  private StratifiedAuroc(List<Stratum> strata) {
    this.strata = strata;
    for (Stratum stratum : strata) {
      for (ScoreHistogram.Bin bin : stratum.scores().filled()) {
        double weight = stratum.weight();
        Weights before = bins.getOrDefault(bin.index(), new Weights(0, 0, 0, 0));
        Weights after =
            new Weights(
                before.positives + weight * bin.positives(),
                before.negatives + weight * bin.negatives(),
                0,
                0);
        bins.put(bin.index(), after);
      }
    }
    for (Weights bin : bins.values()) {
      positives += bin.positives;
      negatives += bin.negatives;
    }
  }

  /** The area of strata of which none is silent; empty unless both labels occur. */
  static Optional<Auroc> of(List<Stratum> strata) {
    return new StratifiedAuroc(strata).area();
  }

  private Optional<Auroc> area() {
    if (positives == 0 || negatives == 0) {
      return Optional.empty();
    }
    double wins = 0;
    double ties = 0;
    double below = 0;
    double sofar = 0;
    for (var entry : bins.entrySet()) {
      Weights bin = entry.getValue();
      sofar += bin.positives;
      wins += bin.positives * (below + bin.negatives / 2);
      ties += bin.positives * bin.negatives / 2;
      entry.setValue(new Weights(bin.positives, bin.negatives, below, positives - sofar));
      below += bin.negatives;
    }
    double value = wins / positives / negatives;
    long ones = strata.stream().mapToLong(stratum -> stratum.scores().positives()).sum();
    long zeros = strata.stream().mapToLong(stratum -> stratum.scores().negatives()).sum();
    OptionalDouble variance =
        ones < 2 || zeros < 2 ? OptionalDouble.empty() : OptionalDouble.of(variance(value));
    return Optional.of(new Auroc(ones, zeros, value, ties / positives / negatives, variance));
  }

  private double variance(double value) {
    double variance = 0;
    for (Stratum stratum : strata) {
      double sum = 0;
      double squares = 0;
      for (ScoreHistogram.Bin bin : stratum.scores().filled()) {
        Weights at = bins.getOrDefault(bin.index(), new Weights(0, 0, 0, 0));
        double beats = ((at.below + at.negatives / 2) / negatives - value) / positives;
        double beaten = ((at.above + at.positives / 2) / positives - value) / negatives;
        sum += bin.positives() * beats + bin.negatives() * beaten;
        squares += bin.positives() * beats * beats + bin.negatives() * beaten * beaten;
      }
      long n = stratum.labels();
      if (n > 0) {
        double around = Math.max(0, squares - sum * sum / n) / Math.max(1, n - 1);
        variance += stratum.weight() * stratum.weight() * n * around;
      }
    }
    return variance;
  }
}
