package dev.plumbline.state.metric;

import java.math.BigInteger;

/**
 * An exact sum of products of counts, in 128 bits; confined to the computation that makes it.
 *
 * <p>Holds any sum below 2^127: that of counts up to {@link ScoreHistogram#MAX_RECORDS} with room.
 */
final class ProductSum {
  private long high;
  private long low;

  /** Adds a product of two counts, neither of which is negative. */
  void add(long a, long b) {
    long product = a * b;
    low += product;
    long carry = Long.compareUnsigned(low, product) < 0 ? 1 : 0;
    high += Math.multiplyHigh(a, b) + carry;
  }

  /** This sum over a product of two positive counts. */
  double over(long a, long b) {
    if (high == 0 && low >= 0 && Math.multiplyHigh(a, b) == 0 && a * b > 0) {
      return (double) low / (a * b);
    }
    return exact().doubleValue() / ((double) a * b);
  }

  private BigInteger exact() {
    BigInteger upper = BigInteger.valueOf(high).shiftLeft(Long.SIZE);
    BigInteger lower = BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1));
    return upper.or(lower);
  }
}
