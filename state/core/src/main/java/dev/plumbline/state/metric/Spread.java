package dev.plumbline.state.metric;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * How far a rate lies apart between subgroups (METRICS 8.1). Subgroups where it is undefined are
 * skipped; ties are exact and go to the first name.
 *
 * @param lowest subgroup of the lowest rate: the worst one where a high rate is good
 * @param low its rate
 * @param highest subgroup of the highest rate
 * @param high its rate
 * @param defined subgroups where the rate is defined, at least 1
 * @param skipped subgroups where it is not
 * @param smallest fewest trials among the defined rates; gaps of few trials are biased upward
 */
public record Spread(
    String lowest,
    Proportion low,
    String highest,
    Proportion high,
    int defined,
    int skipped,
    long smallest) {

  /** The spread of these rates by subgroup; empty if none of them is defined. */
  public static Optional<Spread> of(SortedMap<String, ? extends Proportion> rates) {
    Optional<Spread> spread = Optional.empty();
    int defined = 0;
    for (Map.Entry<String, ? extends Proportion> entry : rates.entrySet()) {
      if (entry.getValue().defined()) {
        defined++;
        Spread one = of(entry.getKey(), entry.getValue());
        spread = Optional.of(spread.map(sofar -> sofar.with(one)).orElse(one));
      }
    }
    int skipped = rates.size() - defined;
    return spread.map(found -> found.skipping(skipped));
  }

  private static Spread of(String name, Proportion rate) {
    return new Spread(name, rate, name, rate, 1, 0, rate.trials());
  }

  private Spread with(Spread next) {
    boolean lower = next.low.compareValue(low) < 0;
    boolean higher = next.high.compareValue(high) > 0;
    return new Spread(
        lower ? next.lowest : lowest,
        lower ? next.low : low,
        higher ? next.highest : highest,
        higher ? next.high : high,
        defined + next.defined,
        skipped + next.skipped,
        Math.min(smallest, next.smallest));
  }

  private Spread skipping(int count) {
    return new Spread(lowest, low, highest, high, defined, count, smallest);
  }

  /** Whether there are two subgroups at least; one alone lies apart from nothing. */
  public boolean isComparison() {
    return defined > 1;
  }

  /** Highest minus lowest rate, in [0, 1]; 0 is parity. */
  public double difference() {
    return high.share() - low.share();
  }

  /** Lowest over highest rate, in [0, 1]; 1 is parity. Undefined if the highest is 0. */
  public OptionalDouble ratio() {
    return high.share() > 0
        ? OptionalDouble.of(low.share() / high.share())
        : OptionalDouble.empty();
  }
}
