package dev.plumbline.state.metric.ranking;

import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Intervals;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Pairs of a human item and its generated twin in one answer, by which scores higher. A commutative
 * monoid under {@link #merge} with {@link #EMPTY}.
 *
 * @param wins the human item scores higher
 * @param ties both score the same
 * @param losses the generated item scores higher
 */
public record TwinWins(long wins, long ties, long losses) {

  /** No pair. */
  public static final TwinWins EMPTY = new TwinWins(0, 0, 0);

  public TwinWins {
    if (Math.min(wins, Math.min(ties, losses)) < 0) {
      throw new IllegalArgumentException(
          "counts must not be negative, were %d, %d, %d".formatted(wins, ties, losses));
    }
  }

  /**
   * One pair by its scores; 0 ties with -0.
   *
   * @throws IllegalArgumentException if a score is NaN
   */
  public static TwinWins of(double human, double generated) {
    if (Double.isNaN(human) || Double.isNaN(generated)) {
      throw new IllegalArgumentException(
          "scores of twins must not be NaN, were " + human + " and " + generated);
    }
    return new TwinWins(
        human > generated ? 1 : 0, human == generated ? 1 : 0, human < generated ? 1 : 0);
  }

  /** The pairs of both. */
  public TwinWins merge(TwinWins other) {
    return new TwinWins(
        Math.addExact(wins, other.wins),
        Math.addExact(ties, other.ties),
        Math.addExact(losses, other.losses));
  }

  /** Number of pairs. */
  public long pairs() {
    return Math.addExact(Math.addExact(wins, ties), losses);
  }

  /** Share of pairs that the human item wins, ties half, in [0, 1]; desired 1/2. */
  public OptionalDouble rate() {
    return pairs() == 0 ? OptionalDouble.empty() : OptionalDouble.of((wins + ties / 2.0) / pairs());
  }

  /**
   * Wilson's interval of 95 % of the rate; undefined without a pair. It says something also where
   * one side wins every pair, so that it stands in for Relative Delta at saturation. With ties it
   * is wider than it need be: half points vary less than wins and losses. It takes pairs as
   * independent, also those of one query.
   */
  public Optional<Interval> interval() {
    double n = pairs();
    return n == 0
        ? Optional.empty()
        : Optional.of(Intervals.wilson((wins + ties / 2.0) / n, (losses + ties / 2.0) / n, n));
  }
}
