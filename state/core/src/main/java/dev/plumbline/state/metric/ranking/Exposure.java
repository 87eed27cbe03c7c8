package dev.plumbline.state.metric.ranking;

import java.util.OptionalDouble;

/**
 * How much of what is shown comes from a source, against its share of the candidates. A commutative
 * monoid under {@link #merge}.
 *
 * @param depth the first so many places of an answer are shown, at least 1
 * @param queries number of queries
 * @param shown items of the source in the places shown
 * @param pooled items of the source among all candidates
 * @param candidates all candidates
 */
public record Exposure(int depth, long queries, long shown, long pooled, long candidates) {

  public Exposure {
    if (depth < 1
        || shown < 0
        || shown > Math.multiplyExact(queries, (long) depth)
        || pooled < shown
        || candidates < pooled) {
      throw new IllegalArgumentException(
          "expected shown items among those pooled among all, were %d, %d and %d of %d queries to %d"
              .formatted(shown, pooled, candidates, queries, depth));
    }
  }

  /** No query. */
  public static Exposure empty(int depth) {
    return new Exposure(depth, 0, 0, 0, 0);
  }

  /** One query. */
  public static Exposure of(RankedQuery query, String source, int depth) {
    return new Exposure(
        depth,
        1,
        query.exposed(source, depth),
        query.pool().getOrDefault(source, 0L),
        query.items().size());
  }

  /** The queries of both, of one depth. */
  public Exposure merge(Exposure other) {
    if (depth != other.depth) {
      throw new IllegalArgumentException(
          "only exposures of one depth merge, were " + depth + " and " + other.depth);
    }
    return new Exposure(
        depth,
        Math.addExact(queries, other.queries),
        Math.addExact(shown, other.shown),
        Math.addExact(pooled, other.pooled),
        Math.addExact(candidates, other.candidates));
  }

  /** Share of the places that the source has, also where an answer is shorter, in [0, 1]. */
  public OptionalDouble share() {
    return queries == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) shown / Math.multiplyExact(queries, (long) depth));
  }

  /** Share of the candidates that are of the source, in [0, 1]. */
  public OptionalDouble poolShare() {
    return candidates == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) pooled / candidates);
  }

  /**
   * Share of the places over share of the candidates: above 1 the source is shown more. It compares
   * sums over queries, so that it is meant for queries with like numbers of candidates, and not
   * fewer than places: else it is not 1 for a ranking that is blind to sources.
   */
  public OptionalDouble amplification() {
    OptionalDouble share = share();
    OptionalDouble pool = poolShare();
    return share.isPresent() && pool.isPresent() && pool.getAsDouble() > 0
        ? OptionalDouble.of(share.getAsDouble() / pool.getAsDouble())
        : OptionalDouble.empty();
  }
}
