package dev.plumbline.state.metric.fairness;

import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Contrast;
import dev.plumbline.state.metric.Rate;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Two groups as AIF360 compares them: unprivileged minus privileged, signed (METRICS 8.2). Label
 * and decision 1 are the favourable ones; where they are not, give the cells of the other class.
 * Each is undefined if one of its rates is.
 *
 * @param unprivileged labelled predictions of the one group
 * @param privileged those of the other
 */
public record GroupContrast(Confusion unprivileged, Confusion privileged) {

  private Contrast of(Function<Confusion, Rate> rate) {
    return new Contrast(rate.apply(unprivileged), rate.apply(privileged));
  }

  /** Statistical parity: the selection rates, with Newcombe's and Katz's intervals. */
  public Contrast selection() {
    return of(Confusion::selection);
  }

  /**
   * Disparate impact: ratio of the selection rates, at least 0, desired 1; the four-fifths rule
   * asks for 0.8. Undefined if the privileged group has none selected.
   */
  public OptionalDouble disparateImpact() {
    Rate above = unprivileged.selection();
    Rate below = privileged.selection();
    return above.defined() && below.defined() && below.successes() > 0
        ? OptionalDouble.of(above.share() / below.share())
        : OptionalDouble.empty();
  }

  /** Equal opportunity: the TPR. */
  public Contrast tpr() {
    return of(Confusion::tpr);
  }

  /** The FPR. */
  public Contrast fpr() {
    return of(Confusion::fpr);
  }

  /** The PPV. */
  public Contrast ppv() {
    return of(Confusion::ppv);
  }

  /** The share of wrong decisions. */
  public Contrast errorRate() {
    return of(cells -> new Rate(cells.fp() + cells.fn(), cells.labelled()));
  }

  /** The false discovery rate. */
  public Contrast falseDiscovery() {
    return of(Confusion::falseDiscovery);
  }

  /** The false omission rate. */
  public Contrast falseOmission() {
    return of(Confusion::falseOmission);
  }

  private interface Combination {
    double of(double one, double other);
  }

  private static OptionalDouble both(Contrast one, Contrast other, Combination of) {
    OptionalDouble first = one.difference();
    OptionalDouble second = other.difference();
    return first.isPresent() && second.isPresent()
        ? OptionalDouble.of(of.of(first.getAsDouble(), second.getAsDouble()))
        : OptionalDouble.empty();
  }

  /** Mean of the differences of FPR and TPR, in [-1, 1]. */
  public OptionalDouble averageOdds() {
    return both(fpr(), tpr(), (a, b) -> (a + b) / 2);
  }

  /** Mean of their absolute values, in [0, 1]. */
  public OptionalDouble averageAbsoluteOdds() {
    return both(fpr(), tpr(), (a, b) -> (Math.abs(a) + Math.abs(b)) / 2);
  }

  /** The greater of their absolute values, in [0, 1]. */
  public OptionalDouble equalizedOdds() {
    return both(fpr(), tpr(), (a, b) -> Math.max(Math.abs(a), Math.abs(b)));
  }

  /** Mean of the differences of PPV and false omission rate, in [-1, 1]. */
  public OptionalDouble averagePredictiveValue() {
    return both(ppv(), falseOmission(), (a, b) -> (a + b) / 2);
  }
}
