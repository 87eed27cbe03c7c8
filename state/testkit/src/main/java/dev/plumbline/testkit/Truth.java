package dev.plumbline.testkit;

import java.util.EnumMap;
import java.util.Map;

/**
 * How often each thing was planted.
 *
 * @param counts by thing; what is not there was not planted
 * @param records number of records of the log
 */
public record Truth(Map<Planted, Integer> counts, int records) {

  public Truth {
    counts = Map.copyOf(counts);
  }

  /** How often a thing was planted. */
  public int count(Planted planted) {
    return counts.getOrDefault(planted, 0);
  }

  /** Share of the records that a thing was planted in. */
  public double share(Planted planted) {
    return records == 0 ? 0 : (double) count(planted) / records;
  }

  /** Counts while a log is made. */
  static final class Tally {
    private final Map<Planted, Integer> counts = new EnumMap<>(Planted.class);

    void add(Planted planted) {
      counts.merge(planted, 1, Integer::sum);
    }

    Truth of(int records) {
      return new Truth(counts, records);
    }
  }
}
