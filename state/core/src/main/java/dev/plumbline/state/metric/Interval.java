package dev.plumbline.state.metric;

/**
 * A closed interval of real numbers; as a confidence interval, of 95 %.
 *
 * @param low lower end
 * @param high upper end, at least {@code low}
 */
public record Interval(double low, double high) {

  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "low must not be above high, was [" + low + ", " + high + "]");
    }
  }

  /** The interval of this half width around a centre. */
  public static Interval around(double centre, double halfWidth) {
    return new Interval(centre - halfWidth, centre + halfWidth);
  }

  /** Whether the value lies in this interval, ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
