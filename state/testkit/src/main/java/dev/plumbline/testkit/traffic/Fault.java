package dev.plumbline.testkit.traffic;

import java.util.Map;

/**
 * Something that goes wrong for a subgroup during some days.
 *
 * @param subgroup attribute values that all must hold; empty means everybody
 * @param fromDay first day of the fault, counted from 0
 * @param toDay first day after it
 * @param size change of the probability that the kind names; rates are cut at 0 and 1
 */
public record Fault(Kind kind, Map<String, String> subgroup, int fromDay, int toDay, double size) {

  /** Which rate moves. */
  public enum Kind {
    /** True positive rate falls by the size. */
    SENSITIVITY_LOSS,
    /** False positive rate rises by the size. */
    FALSE_POSITIVE_RISE,
    /** Positive decisions become more frequent by the size in both classes; negative sizes less. */
    SELECTION_DRIFT
  }

  public Fault {
    subgroup = Map.copyOf(subgroup);
    if (!(size >= -1 && size <= 1)) {
      throw new IllegalArgumentException("size of a fault must be in [-1, 1], was " + size);
    }
    if (fromDay < 0 || toDay <= fromDay) {
      throw new IllegalArgumentException(
          "days of a fault must ascend from 0, were %d to %d".formatted(fromDay, toDay));
    }
  }

  /** From a day on for ever. */
  public static Fault from(int day, Kind kind, Map<String, String> subgroup, double size) {
    return new Fault(kind, subgroup, day, Integer.MAX_VALUE, size);
  }

  /** How much the fault adds to the probability of a positive decision. */
  double shift(boolean positive) {
    return switch (kind) {
      case SENSITIVITY_LOSS -> positive ? -size : 0;
      case FALSE_POSITIVE_RISE -> positive ? 0 : size;
      case SELECTION_DRIFT -> size;
    };
  }

  /** True on a day of the fault. */
  boolean on(int day) {
    return fromDay <= day && day < toDay;
  }
}
