package dev.plumbline.pipeline.monitor;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * Panes, windows and the time rules of reading.
 *
 * @param sizes finite window sizes, ascending, multiples of the pane
 * @param all whether there is a window of everything since the start
 * @param idle wall-clock time after which the frontier stops waiting for a partition
 * @param ahead how much further than the slowest partition another one is read; at least pane and
 *     grace
 * @param copies most records of one kind of an id
 */
public record Windows(
    Span pane,
    List<Span> sizes,
    boolean all,
    Span advance,
    Span grace,
    Span skew,
    Span jump,
    Span recall,
    Span idle,
    Span ahead,
    int copies) {

  /** Most cohorts that the evidence horizon may be long (METHOD section 4). */
  public static final int MAX_OPEN_COHORTS = 720;

  public Windows {
    sizes = List.copyOf(sizes);
  }

  /**
   * Length of a cohort in panes: the smallest common divisor of advance and sizes that is at least
   * {@code horizonPanes / 720} (FLOW section 3); empty if there is none.
   */
  OptionalLong cohortPanes(long horizonPanes) {
    long common = commonPanes();
    long least = Math.max(1, -Math.floorDiv(-horizonPanes, MAX_OPEN_COHORTS));
    return LongStream.rangeClosed(least, common).filter(part -> common % part == 0).findFirst();
  }

  private long commonPanes() {
    long common = advance.millis() / pane.millis();
    for (Span size : sizes) {
      common = greatestCommonDivisor(common, size.millis() / pane.millis());
    }
    return common;
  }

  private static long greatestCommonDivisor(long a, long b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
