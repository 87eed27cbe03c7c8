package dev.plumbline.state.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AurocTest {

  /** Some rounding errors of a double near 1. */
  private static final double ROUNDING = 8 * Math.ulp(1.0);

  private static final int BINS = 1000;

  @Test
  void oneLabelAloneHasNoArea() {
    assertThat(Auroc.of(ScoreHistogram.UNMAPPED)).isEmpty();
    assertThat(Auroc.of(ScoreHistogram.empty(BINS))).isEmpty();
    assertThat(Auroc.of(histogram(new long[] {0, 3}, new long[] {0, 0}))).isEmpty();
    assertThat(Auroc.of(histogram(new long[] {0, 0}, new long[] {2, 3}))).isEmpty();
  }

  @Test
  void onePairHasAnAreaButNoVariance() {
    Auroc area = area(new long[] {0, 1}, new long[] {1, 0});

    assertThat(area.value()).isEqualTo(1);
    assertThat(area.maxError()).isZero();
    assertThat(area.variance()).isEmpty();
    assertThat(area.interval()).isEmpty();
  }

  @Test
  void aTieIsHalfAnError() {
    Auroc area = area(new long[] {2}, new long[] {5});

    assertThat(area.value()).isEqualTo(0.5);
    assertThat(area.bounds()).isEqualTo(new Interval(0, 1));
    assertThat(area.variance()).hasValue(0);
  }

  @Test
  void separatedLabelsHaveAnExactAreaWithoutVariance() {
    assertThat(area(new long[] {0, 0, 4}, new long[] {1, 6, 0}))
        .isEqualTo(new Auroc(4, 7, 1, 0, OptionalDouble.of(0)));
    assertThat(area(new long[] {4, 0, 0}, new long[] {0, 6, 1}).value()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void theAreaIsTheShareOfOrderedPairs(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] positives = random.ints(2 + random.nextInt(30), 0, 12).toArray();
    int[] negatives = random.ints(2 + random.nextInt(30), 0, 12).toArray();

    Auroc area = area(counts(positives, 12), counts(negatives, 12));

    assertThat(area.value()).isCloseTo(mean(beats(positives, negatives)), within(ROUNDING));
    assertThat(area.variance().orElseThrow())
        .isCloseTo(
            variance(beats(positives, negatives)) / positives.length
                + variance(beats(negatives, positives)) / negatives.length,
            within(ROUNDING));
  }

  /** For each score, the share of the others that it beats. */
  private static double[] beats(int[] scores, int[] others) {
    double[] shares = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      for (int other : others) {
        shares[i] += (1.0 + Integer.signum(scores[i] - other)) / 2 / others.length;
      }
    }
    return shares;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += (value - mean(values)) * (value - mean(values));
    }
    return sum / (values.length - 1);
  }

  private static long[] counts(int[] scores, int bins) {
    long[] counts = new long[bins];
    for (int score : scores) {
      counts[score]++;
    }
    return counts;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void coarseBinsErrByNoMoreThanTheirBound(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] positives = random.longs(BINS, 0, 3).toArray();
    long[] negatives = random.longs(BINS, 0, 4).toArray();
    Auroc exact = area(positives, negatives);

    for (int width : new int[] {2, 10, 50, 250}) {
      Auroc coarse = area(coarse(positives, width), coarse(negatives, width));
      assertThat(coarse.value()).isCloseTo(exact.value(), within(coarse.maxError() + ROUNDING));
    }
  }

  private static long[] coarse(long[] counts, int width) {
    long[] sums = new long[counts.length / width];
    for (int i = 0; i < counts.length; i++) {
      sums[i / width] += counts[i];
    }
    return sums;
  }

  @ParameterizedTest
  @ValueSource(longs = {1_300, 1_300_000, 1_300_001_000L, ScoreHistogram.MAX_RECORDS / BINS})
  void largeCountsLoseNothing(long perBin) {
    SplittableRandom random = new SplittableRandom(perBin);
    long[] positives = random.longs(BINS, perBin / 2, perBin).toArray();
    long[] negatives = random.longs(BINS, perBin / 2, perBin).toArray();

    Auroc area = area(positives, negatives);

    Exact exact = Exact.of(positives, negatives);
    assertThat(area.value()).isCloseTo(exact.value(), within(ROUNDING));
    assertThat(area.maxError()).isCloseTo(exact.maxError(), within(ROUNDING));
    assertThat(area.variance().orElseThrow())
        .isCloseTo(exact.variance(), Percentage.withPercentage(1e-9));
  }

  /** The same formulas in exact integers, with rounding at the last division only. */
  private record Exact(double value, double maxError, double variance) {

    static Exact of(long[] positives, long[] negatives) {
      BigInteger p = sum(positives);
      BigInteger n = sum(negatives);
      BigInteger wins = BigInteger.ZERO;
      BigInteger ties = BigInteger.ZERO;
      BigInteger below = BigInteger.ZERO;
      for (int i = 0; i < positives.length; i++) {
        BigInteger here = BigInteger.valueOf(negatives[i]);
        BigInteger beaten = below.shiftLeft(1).add(here);
        wins = wins.add(BigInteger.valueOf(positives[i]).multiply(beaten));
        ties = ties.add(BigInteger.valueOf(positives[i]).multiply(here));
        below = below.add(here);
      }
      BigInteger pairs = p.multiply(n).shiftLeft(1);
      double variance =
          sideVariance(positives, negatives, wins)
              + sideVariance(reversed(negatives), reversed(positives), wins);
      return new Exact(ratio(wins, pairs), ratio(ties, pairs), variance);
    }

    /** Sample variance of the shares beaten by the first label, over its records. */
    private static double sideVariance(long[] first, long[] second, BigInteger wins) {
      BigInteger p = sum(first);
      BigInteger n = sum(second);
      BigInteger squares = BigInteger.ZERO;
      BigInteger below = BigInteger.ZERO;
      for (int i = 0; i < first.length; i++) {
        BigInteger here = BigInteger.valueOf(second[i]);
        BigInteger distance = below.shiftLeft(1).add(here).multiply(p).subtract(wins);
        squares = squares.add(BigInteger.valueOf(first[i]).multiply(distance.pow(2)));
        below = below.add(here);
      }
      BigInteger scale = n.multiply(p).shiftLeft(1).pow(2);
      return ratio(squares, scale.multiply(p.subtract(BigInteger.ONE)).multiply(p));
    }

    private static long[] reversed(long[] counts) {
      long[] reversed = new long[counts.length];
      for (int i = 0; i < counts.length; i++) {
        reversed[i] = counts[counts.length - 1 - i];
      }
      return reversed;
    }

    private static BigInteger sum(long[] counts) {
      BigInteger sum = BigInteger.ZERO;
      for (long count : counts) {
        sum = sum.add(BigInteger.valueOf(count));
      }
      return sum;
    }

    private static double ratio(BigInteger a, BigInteger b) {
      return new BigDecimal(a).divide(new BigDecimal(b), MathContext.DECIMAL128).doubleValue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13})
  void histogramsMergeInAnyOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ScoreHistogram a = sparse(random);
    ScoreHistogram b = sparse(random);
    ScoreHistogram c = sparse(random);

    assertThat(a.merge(b)).isEqualTo(b.merge(a));
    assertThat(a.merge(b).merge(c)).isEqualTo(a.merge(b.merge(c)));
    assertThat(a.merge(ScoreHistogram.empty(BINS))).isEqualTo(a);
    assertThat(a.merge(b).positives()).isEqualTo(a.positives() + b.positives());
    assertThat(Auroc.of(a.merge(b).merge(c))).isEqualTo(Auroc.of(c.merge(b).merge(a)));
  }

  private static ScoreHistogram sparse(SplittableRandom random) {
    long[] positives = new long[BINS];
    long[] negatives = new long[BINS];
    for (int i = 0; i < 20; i++) {
      positives[random.nextInt(BINS)] += random.nextInt(3);
      negatives[random.nextInt(BINS)] += random.nextInt(3);
    }
    return histogram(positives, negatives);
  }

  @Test
  void emptyBinsAreNotKept() {
    ScoreHistogram sparse =
        new ScoreHistogram(
            3,
            List.of(
                new ScoreHistogram.Bin(0, 0, 0),
                new ScoreHistogram.Bin(1, 2, 0),
                new ScoreHistogram.Bin(2, 0, 1)));

    assertThat(sparse).isEqualTo(histogram(new long[] {0, 2, 0}, new long[] {0, 0, 1}));
    assertThat(sparse.filled()).hasSize(2);
  }

  @Test
  void binsMustAscendWithinTheHistogram() {
    ScoreHistogram.Bin bin = new ScoreHistogram.Bin(1, 1, 1);

    assertThatThrownBy(() -> new ScoreHistogram(5, List.of(bin, bin)))
        .hasMessageContaining("was 1 after 1");
    assertThatThrownBy(() -> new ScoreHistogram(1, List.of(bin)))
        .hasMessageContaining("from 0 to 0");
    assertThatThrownBy(() -> ScoreHistogram.empty(2).merge(ScoreHistogram.empty(3)))
        .hasMessageContaining("had 2 and 3");
    assertThatThrownBy(() -> histogram(new long[2], new long[3])).hasMessageContaining("2 and 3");
    assertThatThrownBy(() -> histogram(new long[] {-1}, new long[] {0}))
        .hasMessageContaining("positives -1");
  }

  @Test
  void tooManyRecordsAreRefusedByName() {
    long most = ScoreHistogram.MAX_RECORDS;

    assertThat(histogram(new long[] {most}, new long[] {most}).positives()).isEqualTo(most);
    assertThatThrownBy(() -> histogram(new long[] {most, 1}, new long[] {0, 0}))
        .hasMessageContaining("MAX_RECORDS");
  }

  @Test
  void scoresFallIntoBinsByMicroUnits() {
    assertThat(ScoreBins.micro(0.29)).isEqualTo(290_000);
    assertThat(new ScoreBins(100).bin(290_000)).isEqualTo(29);
    assertThat(new ScoreBins(10).bin(ScoreBins.MICRO)).isEqualTo(9);
    assertThat(ScoreBins.FINEST.bin(ScoreBins.MICRO)).isEqualTo(ScoreBins.MICRO);
    assertThat(ScoreBins.FINEST.bin(999_999)).isEqualTo(999_999);
    assertThatThrownBy(() -> ScoreBins.micro(Double.NaN)).hasMessageContaining("was NaN");
    assertThatThrownBy(() -> ScoreBins.micro(1.1)).hasMessageContaining("was 1.1");
    assertThatThrownBy(() -> new ScoreBins(10).bin(-1)).hasMessageContaining("was -1");
    assertThatThrownBy(() -> new ScoreBins(0)).hasMessageContaining("was 0");
  }

  private static ScoreHistogram histogram(long[] positives, long[] negatives) {
    return ScoreHistogram.dense(positives, negatives);
  }

  private static Auroc area(long[] positives, long[] negatives) {
    return Auroc.of(histogram(positives, negatives)).orElseThrow();
  }
}
