package dev.plumbline.pipeline.monitor;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether a reference contradicts what the file says is positive, high and favourable. Histograms
 * are counts by score bin, ascending towards the positive class.
 */
public final class PolarityCheck {

  private PolarityCheck() {}

  /**
   * Refuses a score that ranks the classes the wrong way round: AUROC below 0.5.
   *
   * @param positives labelled predictions of the positive class
   * @param negatives those of the negative class; as many bins
   */
  public static Optional<Problem> score(Monitor monitor, long[] positives, long[] negatives) {
    requireSameLength(positives, negatives);
    double above = above(positives, negatives);
    if (Double.isNaN(above) || above >= 0.5) {
      return Optional.empty();
    }
    String path =
        first(monitor).score().isPresent()
            ? fields(monitor) + "score.high_means"
            : "outcome.positive.label";
    return Optional.of(
        new Problem(
            monitor.source().position(path),
            path,
            "a reference in which positives ("
                + monitor.outcome().positiveLabel()
                + ") score higher: AUROC of at least 0.5",
            String.format(Locale.ROOT, "AUROC %.4f", above),
            "turn high_means round, or outcome.positive.label"));
  }

  /**
   * Refuses a decision that disagrees with its own score: the positive ones score lower on average.
   *
   * @param positives predictions with the positive decision
   * @param negatives those with the other; as many bins
   */
  public static Optional<Problem> decision(Monitor monitor, long[] positives, long[] negatives) {
    requireSameLength(positives, negatives);
    double difference = meanBin(positives) - meanBin(negatives);
    if (Double.isNaN(difference) || difference >= 0) {
      return Optional.empty();
    }
    String path =
        first(monitor).decision().isPresent()
            ? fields(monitor) + "decision.map"
            : "outcome.positive.decision";
    return Optional.of(
        new Problem(
            monitor.source().position(path),
            path,
            "a reference in which positive decisions ("
                + monitor.outcome().positiveDecision()
                + ") have the higher mean score",
            String.format(
                Locale.ROOT, "a mean that is lower by %.4f", -difference / positives.length),
            "turn the map round, or outcome.positive.decision (in line "
                + line(monitor, "outcome.positive.decision")
                + "), or high_means (in line "
                + line(monitor, fields(monitor) + "score.high_means")
                + ")"));
  }

  /* A reference is of all feeds together; of several, the first is where to begin. */
  private static Feed.Predictions first(Monitor monitor) {
    return monitor.predictions().get(0);
  }

  private static String fields(Monitor monitor) {
    return monitor.predictions().size() == 1 ? "predictions.fields." : "predictions[0].fields.";
  }

  private static int line(Monitor monitor, String path) {
    return monitor.source().position(path).line();
  }

  private static void requireSameLength(long[] positives, long[] negatives) {
    if (positives.length != negatives.length) {
      throw new IllegalArgumentException(
          "histograms differ in length: " + positives.length + " vs " + negatives.length);
    }
  }

  /* METRICS 6.2; NaN where a class is empty. */
  private static double above(long[] positives, long[] negatives) {
    double twice = 0;
    long below = 0;
    long total = 0;
    for (int bin = 0; bin < positives.length; bin++) {
      twice += (double) positives[bin] * (2 * below + negatives[bin]);
      below += negatives[bin];
      total += positives[bin];
    }
    return twice / (2.0 * total * below);
  }

  private static double meanBin(long[] counts) {
    double sum = 0;
    long total = 0;
    for (int bin = 0; bin < counts.length; bin++) {
      sum += (double) counts[bin] * bin;
      total += counts[bin];
    }
    return sum / total;
  }
}
