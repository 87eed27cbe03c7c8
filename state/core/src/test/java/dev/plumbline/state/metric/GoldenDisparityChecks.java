package dev.plumbline.state.metric;

import java.util.Map;

/** Golden values of subgroup disparity (METRICS 7) beyond the worst group. */
final class GoldenDisparityChecks {

  private GoldenDisparityChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of();
  }
}
