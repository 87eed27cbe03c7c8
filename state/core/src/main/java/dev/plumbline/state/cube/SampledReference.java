package dev.plumbline.state.cube;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.ScoreHistogram;
import dev.plumbline.state.metric.Stratum;
import dev.plumbline.state.record.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which predictions of the reference have labels, by how these are sampled. */
final class SampledReference {

  private static final int DECISIONS = 2;

  /** By sampling: predictions, then labelled ones, each by decision. */
  private final Map<Sampling, long[]> counts = new TreeMap<>();

  void add(Sampling sampling, int decision, long amount, boolean isLabelled) {
    counts
            .computeIfAbsent(sampling, s -> new long[2 * DECISIONS])[
            decision + (isLabelled ? DECISIONS : 0)] +=
        amount;
  }

  List<Stratum> strata() {
    List<Stratum> strata = new ArrayList<>();
    counts.forEach(
        (sampling, of) -> {
          Rate predictions = new Rate(of[1], of[0] + of[1]);
          Confusion labelled = new Confusion(of[DECISIONS + 1], 0, 0, of[DECISIONS]);
          strata.add(
              new Stratum(
                  sampling.stratum(),
                  sampling.acted(),
                  predictions,
                  sampling.awaited() ? predictions : Rate.NONE,
                  labelled,
                  ScoreHistogram.UNMAPPED));
        });
    return strata;
  }
}
