package dev.plumbline.state.metric;

import java.util.Map;

/** Golden values of group fairness (METRICS 8) beyond fairlearn. */
final class GoldenFairnessChecks {

  private GoldenFairnessChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of();
  }
}
