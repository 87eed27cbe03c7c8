package dev.plumbline.state.metric;

import java.util.Map;

/** Golden values of source bias (METRICS 4). */
final class GoldenRankingChecks {

  private GoldenRankingChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of();
  }
}
