package dev.plumbline.state.metric.disparity;

import dev.plumbline.state.metric.Contrast;
import dev.plumbline.state.metric.Rate;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Simpson's paradox: two arms compare the one way in all records and the other way in every stratum
 * (METRICS 7). Signs are decided in whole numbers.
 *
 * @param strata the two arms in each stratum
 */
public record Simpson(List<Stratum> strata) {

  /**
   * A stratum.
   *
   * @param first rate of the first arm
   * @param second rate of the second arm
   */
  public record Stratum(Rate first, Rate second) {

    /** First minus second; undefined if an arm is empty. */
    public OptionalDouble difference() {
      return new Contrast(first, second).difference();
    }

    private boolean hasBothArms() {
      return first.defined() && second.defined();
    }

    private int sign() {
      return hasBothArms() ? Integer.signum(first.compareValue(second)) : 0;
    }
  }

  public Simpson {
    strata = List.copyOf(strata);
  }

  /** All strata together, those with one arm among them. */
  public Stratum aggregate() {
    return new Stratum(
        strata.stream().map(Stratum::first).reduce(Rate.NONE, Rate::merge),
        strata.stream().map(Stratum::second).reduce(Rate.NONE, Rate::merge));
  }

  private Stream<Stratum> withBothArms() {
    return strata.stream().filter(Stratum::hasBothArms);
  }

  /** Strata in which the arms compare strictly the other way. */
  public int disagreeing() {
    int sign = aggregate().sign();
    return sign == 0 ? 0 : (int) withBothArms().filter(stratum -> stratum.sign() == -sign).count();
  }

  /** Whether every stratum with both arms disagrees with all records, and there is one. */
  public boolean isReversal() {
    return disagreeing() > 0 && disagreeing() == withBothArms().count();
  }

  /** The same where strata without a difference do not count, but at least one disagrees. */
  public boolean isWeakReversal() {
    int sign = aggregate().sign();
    return disagreeing() > 0 && withBothArms().noneMatch(stratum -> stratum.sign() == sign);
  }
}
