package dev.plumbline.state.metric.amplification;

import java.util.OptionalDouble;

/** Means and variance of the entries that are defined; of a population, without a correction. */
record Moments(OptionalDouble mean, OptionalDouble meanOfAbsolutes, OptionalDouble variance) {

  static Moments of(double[] values) {
    if (values.length == 0) {
      return new Moments(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
    double sum = 0;
    double absolutes = 0;
    for (double value : values) {
      sum += value;
      absolutes += Math.abs(value);
    }
    double mean = sum / values.length;
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return new Moments(
        OptionalDouble.of(mean),
        OptionalDouble.of(absolutes / values.length),
        OptionalDouble.of(squares / values.length));
  }
}
