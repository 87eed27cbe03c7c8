package dev.plumbline.state.metric.ranking;

import dev.plumbline.state.metric.Interval;
import dev.plumbline.state.metric.Intervals;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Sums of a metric of two sources over queries, and of its products, in whole units of 1e-12: exact
 * in any order. A commutative monoid under {@link #merge} with {@link #EMPTY}.
 *
 * @param queries queries in which both sources have the metric
 * @param excluded queries in which one of them has not, which count nowhere else
 * @param human sum of the human source
 * @param generated sum of the generated source
 * @param humanSquares sum of the squares of the human source
 * @param generatedSquares sum of the squares of the generated source
 * @param products sum of the products
 */
public record QueryMoments(
    long queries,
    long excluded,
    long human,
    long generated,
    long humanSquares,
    long generatedSquares,
    long products) {

  /** No query. */
  public static final QueryMoments EMPTY = new QueryMoments(0, 0, 0, 0, 0, 0, 0);

  private static final long UNIT = 1_000_000_000_000L;
  private static final double PERCENT = 100;

  /** One query; what a source has no relevant item for is undefined. */
  public static QueryMoments of(OptionalDouble human, OptionalDouble generated) {
    if (human.isEmpty() || generated.isEmpty()) {
      return new QueryMoments(0, 1, 0, 0, 0, 0, 0);
    }
    long h = units(human.getAsDouble());
    long a = units(generated.getAsDouble());
    return new QueryMoments(1, 0, h, a, product(h, h), product(a, a), product(h, a));
  }

  private static long units(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("expected a metric in [0, 1], was " + value);
    }
    return Math.round(value * UNIT);
  }

  private static long product(long one, long other) {
    return BigInteger.valueOf(one)
        .multiply(BigInteger.valueOf(other))
        .add(BigInteger.valueOf(UNIT / 2))
        .divide(BigInteger.valueOf(UNIT))
        .longValueExact();
  }

  /** The queries of both. */
  public QueryMoments merge(QueryMoments other) {
    return plus(other, 1);
  }

  private QueryMoments plus(QueryMoments other, int sign) {
    return new QueryMoments(
        Math.addExact(queries, sign * other.queries),
        Math.addExact(excluded, sign * other.excluded),
        Math.addExact(human, sign * other.human),
        Math.addExact(generated, sign * other.generated),
        Math.addExact(humanSquares, sign * other.humanSquares),
        Math.addExact(generatedSquares, sign * other.generatedSquares),
        Math.addExact(products, sign * other.products));
  }

  /** Mean of the human source, in [0, 1]. */
  public OptionalDouble humanMean() {
    return mean(human);
  }

  /** Mean of the generated source, in [0, 1]. */
  public OptionalDouble generatedMean() {
    return mean(generated);
  }

  private OptionalDouble mean(long sum) {
    return queries == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / (double) UNIT / queries);
  }

  /**
   * Relative Delta in percent, {@code 100 (H - A) / ((H + A)/2)} of the means, in [-200, 200]:
   * above 0 the ranking favours human items, below 0 generated ones. Desired 0; undefined if both
   * are 0.
   *
   * <p>Source: Dai et al. (2024), "Neural retrievers are biased towards LLM-generated content".
   */
  public OptionalDouble relativeDelta() {
    return relativeDelta((double) human, (double) generated);
  }

  /** Relative Delta of two means. */
  public static OptionalDouble relativeDelta(double human, double generated) {
    return human + generated == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(2 * PERCENT * (human - generated) / (human + generated));
  }

  /**
   * Standard error of Relative Delta by the delta method, from the covariance of both over queries;
   * undefined with fewer than two queries. It is 0 at -200 and 200, where the win rate of twins
   * says more.
   */
  public OptionalDouble standardError() {
    if (queries < 2 || human + generated == 0) {
      return OptionalDouble.empty();
    }
    double h = humanMean().getAsDouble();
    double a = generatedMean().getAsDouble();
    double square = (h + a) * (h + a);
    double byHuman = 4 * PERCENT * a / square;
    double byGenerated = -4 * PERCENT * h / square;
    double variance =
        byHuman * byHuman * covariance(humanSquares, h, h)
            + byGenerated * byGenerated * covariance(generatedSquares, a, a)
            + 2 * byHuman * byGenerated * covariance(products, h, a);
    return OptionalDouble.of(Math.sqrt(Math.max(0, variance) / queries));
  }

  private double covariance(long sum, double one, double other) {
    return (sum / (double) UNIT - queries * one * other) / (queries - 1);
  }

  /** Interval of 95 % of Relative Delta, not clipped; undefined where its error is, or is 0. */
  public Optional<Interval> interval() {
    OptionalDouble error = standardError();
    return error.isPresent() && error.getAsDouble() > 0
        ? Optional.of(
            Interval.around(relativeDelta().getAsDouble(), Intervals.Z * error.getAsDouble()))
        : Optional.empty();
  }

  /**
   * Standard error by the jackknife, which leaves each query out once: a check of the other one
   * that needs every query. Undefined where that is.
   *
   * @param single moments of single queries
   */
  public static OptionalDouble jackknife(List<QueryMoments> single) {
    List<QueryMoments> counting = single.stream().filter(query -> query.queries == 1).toList();
    QueryMoments all = counting.stream().reduce(EMPTY, QueryMoments::merge);
    if (all.standardError().isEmpty()) {
      return OptionalDouble.empty();
    }
    double[] without =
        counting.stream()
            .flatMapToDouble(query -> all.plus(query, -1).relativeDelta().stream())
            .toArray();
    double mean = 0;
    for (double value : without) {
      mean += value / without.length;
    }
    double sum = 0;
    for (double value : without) {
      sum += (value - mean) * (value - mean);
    }
    return OptionalDouble.of(Math.sqrt(sum * (without.length - 1) / without.length));
  }
}
