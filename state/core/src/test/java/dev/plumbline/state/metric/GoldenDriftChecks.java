package dev.plumbline.state.metric;

import java.util.Map;

/** Golden values of drift and label shift (METRICS 11). */
final class GoldenDriftChecks {

  private GoldenDriftChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of();
  }
}
