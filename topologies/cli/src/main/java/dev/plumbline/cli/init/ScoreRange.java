package dev.plumbline.cli.init;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The range of a score, as a monitor file proposes it. No bound is the score of a single record: it
 * is a usual one, or what at least {@link Coded#LEAST_NAMED} records lie beyond, rounded outward.
 */
record ScoreRange(Column score) {

  private static final int LEAST = Coded.LEAST_NAMED;
  private static final double[][] USUAL = {{0, 1}, {0, 10}, {0, 100}, {300, 850}, {0, 1000}};
  private static final double[] STEPS = {1, 2, 5};
  private static final int TEN = 10;

  /** Beyond a usual range there may be fewer than {@link #LEAST} records, and this share. */
  private static final double STRAYS = 0.01;

  private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_EVEN);

  /** Lowest and highest score; empty where there are too few to tell without telling of one. */
  Optional<List<String>> bounds() {
    return range().map(range -> List.of(plain(range[0]), plain(range[1])));
  }

  /** What was seen, and what the range would reject. */
  List<String> comments() {
    List<String> comments = new ArrayList<>();
    if (isKnown()) {
      comments.add("Nearly all are from %s to %s.".formatted(plain(inner(0)), plain(inner(1))));
    }
    int strays = score.present() - score.numbers().length;
    if (strays > 0) {
      comments.add(many(strays) + " are no numbers: such predictions will be rejected.");
    }
    long outside = range().map(this::outside).orElse(0L);
    if (outside > 0) {
      comments.add(
          many(outside) + " are outside: such predictions will be rejected; else widen the range.");
    }
    return comments;
  }

  private static String many(long count) {
    return count < LEAST ? "Fewer than " + LEAST : String.format(Locale.ROOT, "%,d", count);
  }

  private Optional<double[]> range() {
    for (double[] usual : USUAL) {
      long outside = outside(usual);
      if (outside == 0 || (outside < LEAST && outside <= STRAYS * score.numbers().length)) {
        return Optional.of(usual);
      }
    }
    if (!isKnown()) {
      return Optional.empty();
    }
    boolean beginsAtZero = inner(0) >= 0 && inner(0) < inner(1) / TEN;
    double[] rounded = {beginsAtZero ? 0 : -upward(-inner(0)), upward(inner(1))};
    return rounded[0] < rounded[1] ? Optional.of(rounded) : Optional.empty();
  }

  private long outside(double[] range) {
    return Arrays.stream(score.numbers()).filter(n -> n < range[0] || n > range[1]).count();
  }

  private boolean isKnown() {
    return score.numbers().length > 2 * LEAST;
  }

  /** The lowest score, or the highest, that enough others lie beyond. */
  private double inner(int end) {
    double[] numbers = score.numbers();
    return numbers[end == 0 ? LEAST : numbers.length - 1 - LEAST];
  }

  /** The next number of 1, 2 and 5 and their tenfolds that is not lower. */
  private static double upward(double number) {
    if (number == 0) {
      return 0;
    }
    double size = Math.abs(number);
    double power = Math.pow(TEN, Math.floor(Math.log10(size)));
    double below = power;
    double above = TEN * power;
    for (int i = STEPS.length - 1; i >= 0; i--) {
      above = STEPS[i] * power >= size ? STEPS[i] * power : above;
    }
    for (double step : STEPS) {
      below = step * power <= size ? step * power : below;
    }
    return number > 0 ? above : -below;
  }

  private static String plain(double number) {
    return new BigDecimal(number).round(TWO_DIGITS).stripTrailingZeros().toPlainString();
  }
}
