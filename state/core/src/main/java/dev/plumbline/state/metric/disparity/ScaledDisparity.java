package dev.plumbline.state.metric.disparity;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Disparity of a performance in relation to its level (METRICS 7), each subgroup with the same
 * weight.
 *
 * <p>Source: Luo et al. (2024), "FairVision", and Tian et al. (2024), "FairSeg".
 *
 * @param overall performance of all records, such as accuracy or AUROC
 * @param groups performance of the subgroups where it is defined
 */
public record ScaledDisparity(double overall, List<Double> groups) {

  public ScaledDisparity {
    groups = List.copyOf(groups);
  }

  /** Standard deviation of the subgroups over the whole, at least 0; undefined for a whole of 0. */
  public OptionalDouble meanDisparity() {
    return over(deviation(), overall);
  }

  /** Range of the subgroups over the whole, at least 0; undefined for a whole of 0. */
  public OptionalDouble maxDisparity() {
    return over(range(), overall);
  }

  /** Standard deviation over the distance of an AUROC from chance; undefined at chance. */
  public OptionalDouble meanDisparityOverChance() {
    return over(deviation(), Math.abs(overall - 0.5));
  }

  /** Range over the distance of an AUROC from chance; undefined at chance. */
  public OptionalDouble maxDisparityOverChance() {
    return over(range(), Math.abs(overall - 0.5));
  }

  /**
   * Equity-scaled performance, {@code overall / (1 + alpha sum |overall - group|)}: at most the
   * whole, which it is where all are equal. A sum, so it depends on the number of subgroups.
   *
   * @param alpha weight of the disparity, at least 0; the authors' is 1
   */
  public double equityScaled(double alpha) {
    double sum = 0;
    for (double group : groups) {
      sum += Math.abs(overall - group);
    }
    return overall / (1 + alpha * sum);
  }

  private OptionalDouble over(double disparity, double level) {
    return groups.isEmpty() || level == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(disparity / level);
  }

  private double deviation() {
    double mean = 0;
    for (double group : groups) {
      mean += group / groups.size();
    }
    double sum = 0;
    for (double group : groups) {
      sum += (group - mean) * (group - mean);
    }
    return Math.sqrt(sum / Math.max(1, groups.size()));
  }

  private double range() {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double group : groups) {
      low = Math.min(low, group);
      high = Math.max(high, group);
    }
    return high - low;
  }
}
