package dev.plumbline.state.metric.curve;

import dev.plumbline.state.metric.Auroc;
import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.ScoreHistogram;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a subgroup's scores lie against those of the background, which is all others (METRICS 5).
 * Each is undefined if one of the two sides is empty.
 *
 * <p>Source: Borkan et al. (2019), "Nuanced metrics for measuring unintended bias with real data
 * for text classification".
 *
 * @param subgroup scores of the subgroup by label
 * @param background scores of all others, in the same bins
 */
public record NuancedAuc(ScoreHistogram subgroup, ScoreHistogram background) {

  /** AUROC within the subgroup; desired 1. */
  public Optional<Auroc> subgroupAuc() {
    return Auroc.of(subgroup);
  }

  /**
   * Background positives against subgroup negatives; desired 1. Low where subgroup negatives score
   * above background positives: they are wrongly accused.
   */
  public Optional<Auroc> bpsnAuc() {
    return Auroc.of(background.positiveSide().against(subgroup.negativeSide()));
  }

  /** Subgroup positives against background negatives; desired 1. */
  public Optional<Auroc> bnspAuc() {
    return Auroc.of(subgroup.positiveSide().against(background.negativeSide()));
  }

  /** Average equality gap of positives; see {@link Gap}. */
  public Optional<Gap> positiveGap() {
    return gap(background.positiveSide(), subgroup.positiveSide());
  }

  /** Average equality gap of negatives; see {@link Gap}. */
  public Optional<Gap> negativeGap() {
    return gap(background.negativeSide(), subgroup.negativeSide());
  }

  private static Optional<Gap> gap(ScoreHistogram.Side background, ScoreHistogram.Side subgroup) {
    return Auroc.of(background.against(subgroup)).map(Gap::new);
  }

  /**
   * Average equality gap: 1/2 minus the chance that the background scores higher, in [-1/2, 1/2],
   * desired 0. Above 0 the subgroup scores higher than the background.
   *
   * @param area of the background against the subgroup, of one label
   */
  public record Gap(Auroc area) {

    /** The gap. */
    public double value() {
      return 0.5 - area.value();
    }

    /** Bound of the distance to the gap of the exact scores. */
    public double maxError() {
      return area.maxError();
    }

    /** Interval of 95 %, as that of the area. */
    public Optional<Interval> interval() {
      return area.interval().map(it -> new Interval(0.5 - it.high(), 0.5 - it.low()));
    }
  }

  /** The value of an area that may be undefined. */
  public static OptionalDouble value(Optional<Auroc> area) {
    return area.map(it -> OptionalDouble.of(it.value())).orElseGet(OptionalDouble::empty);
  }
}
