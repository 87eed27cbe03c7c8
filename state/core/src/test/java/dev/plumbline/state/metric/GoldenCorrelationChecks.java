package dev.plumbline.state.metric;

import java.util.Map;

/** Golden values of correlation shift (METRICS 3). */
final class GoldenCorrelationChecks {

  private GoldenCorrelationChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of();
  }
}
