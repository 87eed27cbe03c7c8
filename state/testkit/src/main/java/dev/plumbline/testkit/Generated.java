package dev.plumbline.testkit;

import java.util.List;

/**
 * A log and what is hidden in it.
 *
 * @param exclusions some that fit the log: one of a prediction partition that makes predictions too
 *     old, one of a label partition; a test without idle partitions leaves them out
 */
public record Generated(Plan plan, Log log, List<Exclusion> exclusions, Truth truth) {

  public Generated {
    exclusions = List.copyOf(exclusions);
  }
}
