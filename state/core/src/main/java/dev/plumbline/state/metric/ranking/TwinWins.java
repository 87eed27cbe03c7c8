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

  /** One pair. */
  public static TwinWins of(double human, double generated) {
    int order = Double.compare(human, generated);
    return new TwinWins(order > 0 ? 1 : 0, order == 0 ? 1 : 0, order < 0 ? 1 : 0);
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

  /** Interval of 95 % of the rate, Wald within [0, 1]; undefined without a pair. */
  public Optional<Interval> interval() {
    OptionalDouble rate = rate();
    if (rate.isEmpty()) {
      return Optional.empty();
    }
    double p = rate.getAsDouble();
    double squares = wins * (1 - p) * (1 - p) + ties * (0.5 - p) * (0.5 - p) + losses * p * p;
    double half = Intervals.Z * Math.sqrt(squares) / pairs();
    return Optional.of(new Interval(Math.max(0, p - half), Math.min(1, p + half)));
  }
}
