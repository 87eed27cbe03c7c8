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

  /** A covariance is known to this: half a unit of each product, for at least two queries. */
  private static final double RESOLUTION = 1.0 / UNIT;

  public QueryMoments {
    for (long count :
        new long[] {
          queries, excluded, human, generated, humanSquares, generatedSquares, products
        }) {
      if (count < 0) {
        throw new IllegalArgumentException(
            "counts and sums of metrics must not be negative, was " + count);
      }
    }
  }

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

  /**
   * The queries of both.
   *
   * @throws ArithmeticException if a sum leaves a long: with more than 9 million queries at least
   */
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

  /**
   * Relative Delta of two means.
   *
   * @param human at least 0
   * @param generated at least 0
   */
  public static OptionalDouble relativeDelta(double human, double generated) {
    if (!(human >= 0 && generated >= 0)) {
      throw new IllegalArgumentException(
          "means must be at least 0, were " + human + " and " + generated);
    }
    return human + generated == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(2 * PERCENT * (human - generated) / (human + generated));
  }

  /**
   * Whether one source alone has all of the metric, so that Relative Delta is -200 or 200 whatever
   * the queries: its standard error is 0 and tells nothing. {@link TwinWins} does.
   */
  public boolean isSaturated() {
    return (human == 0) != (generated == 0);
  }

  /**
   * Standard error of Relative Delta by the delta method, from the covariance of both over queries;
   * undefined with fewer than two queries. It is 0 at saturation, and where queries differ by less
   * than the rounding of the products.
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
    double reach = Math.abs(byHuman) + Math.abs(byGenerated);
    return OptionalDouble.of(
        variance > RESOLUTION * reach * reach ? Math.sqrt(variance / queries) : 0);
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
   * that needs every query. Undefined where that is, or where Relative Delta is without one of
   * them.
   *
   * <p>Source: Efron (1982), "The jackknife, the bootstrap and other resampling plans".
   *
   * @param single moments of single queries, in any order; excluded ones count nowhere
   */
  public static OptionalDouble jackknife(List<QueryMoments> single) {
    for (QueryMoments query : single) {
      if (query.queries + query.excluded > 1) {
        throw new IllegalArgumentException(
            "expected moments of single queries, was one of " + query.queries);
      }
    }
    List<QueryMoments> counting = single.stream().filter(query -> query.queries == 1).toList();
    QueryMoments all = counting.stream().reduce(EMPTY, QueryMoments::merge);
    double[] without =
        counting.stream()
            .flatMapToDouble(query -> all.plus(query, -1).relativeDelta().stream())
            .sorted()
            .toArray();
    return without.length < 2 || without.length < counting.size()
        ? OptionalDouble.empty()
        : OptionalDouble.of(jackknife(without));
  }

  private static double jackknife(double[] without) {
    double mean = 0;
    for (double value : without) {
      mean += value / without.length;
    }
    double sum = 0;
    for (double value : without) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum * (without.length - 1) / without.length);
  }
}
