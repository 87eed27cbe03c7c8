package dev.plumbline.state.metric;

import java.util.Map;

/** Golden values of bias amplification (METRICS 1 and 2). */
final class GoldenAmplificationChecks {

  private GoldenAmplificationChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of();
  }
}
