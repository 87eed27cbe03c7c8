package dev.plumbline.state.metric;

import java.util.Map;

/** Golden values of bias transfer and versions (METRICS 9 and 10). */
final class GoldenComparisonChecks {

  private GoldenComparisonChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of();
  }
}
