package dev.plumbline.state.evidence;

/**
 * A metric that the monitor watches, and how much departure from the reference it tolerates.
 *
 * @param tolerance as a share in (0, 1), or {@link #DEFAULT_TOLERANCE}
 */
public record Watched(RateMetric metric, double tolerance) {

  /** Stands for the rule of METHOD 1.1, item 6. */
  public static final double DEFAULT_TOLERANCE = 0;

  public Watched {
    if (!(tolerance >= 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "tolerance of " + metric.text() + " must be in [0, 1), was " + tolerance);
    }
  }

  /** A metric with the default tolerance. */
  public static Watched of(RateMetric metric) {
    return new Watched(metric, DEFAULT_TOLERANCE);
  }
}
