package dev.plumbline.pipeline.monitor;

import dev.plumbline.state.cube.Folding;
import dev.plumbline.state.evidence.ReferencePanes;
import dev.plumbline.state.evidence.Watched;
import java.util.List;
import java.util.Optional;

/**
 * What is watched, against which reference.
 *
 * @param budget false alarms in 30 days, all models of the monitor together
 * @param polarity looks whether the reference contradicts the polarity that the monitor file states
 */
public record WatchRules(
    int panesPerCohort,
    ReferencePanes reference,
    double budget,
    List<Watched> metrics,
    Polarity polarity) {

  public WatchRules {
    metrics = List.copyOf(metrics);
  }

  /** The reference, for freezing the values of attributes. */
  public Folding.Era era() {
    return new Folding.Era(reference.from(), reference.to());
  }

  /**
   * Why a reference cannot be used, and what to change.
   *
   * @param problem with the line of the monitor file; not with its name, since what is published
   *     does not depend on where the file lies
   */
  public record Refusal(String problem, String remedy) {}

  /** A look at the scores of a complete reference, counted by score bin, ascending. */
  public interface Polarity {

    /** What contradicts the monitor file in the scores by true class, if anything. */
    Optional<Refusal> byLabel(long[] positives, long[] negatives);

    /** What contradicts the monitor file in the scores by decision, if anything. */
    Optional<Refusal> byDecision(long[] positives, long[] negatives);
  }
}
