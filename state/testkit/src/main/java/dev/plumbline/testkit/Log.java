package dev.plumbline.testkit;

import java.util.List;

/**
 * The whole input of a monitor: its partitions, those of predictions first.
 *
 * @param partitions in the order of the monitor's list; the index is the partition in the books
 */
public record Log(List<Partition> partitions) {

  /** Start of a partition that is read from its first record: minus infinity. */
  public static final long FROM_THE_FIRST = Long.MIN_VALUE;

  /** What the records of a partition are. */
  public enum Kind {
    PREDICTIONS,
    LABELS,
    ATTRIBUTES
  }

  /**
   * One partition, read to its end.
   *
   * @param start time of its first confirmed record where reading began in the middle, else {@link
   *     #FROM_THE_FIRST}
   */
  public record Partition(Kind kind, long start, List<Raw> records) {

    public Partition {
      records = List.copyOf(records);
      for (int i = 1; i < records.size(); i++) {
        if (records.get(i).offset() <= records.get(i - 1).offset()) {
          throw new IllegalArgumentException(
              "offsets must ascend, was " + records.get(i) + " after " + records.get(i - 1));
        }
      }
    }

    /** A partition read from its first record. */
    public static Partition of(Kind kind, List<Raw> records) {
      return new Partition(kind, FROM_THE_FIRST, records);
    }
  }

  public Log {
    partitions = List.copyOf(partitions);
    for (int i = 1; i < partitions.size(); i++) {
      if (partitions.get(i).kind().compareTo(partitions.get(i - 1).kind()) < 0) {
        throw new IllegalArgumentException(
            "partitions must come by kind, was one of "
                + partitions.get(i).kind()
                + " at "
                + i
                + " after "
                + partitions.get(i - 1).kind());
      }
    }
  }

  /**
   * Largest start of the prediction partitions: a prediction before it may not have been read; or
   * {@link #FROM_THE_FIRST}.
   */
  public long start() {
    return partitions.stream()
        .filter(partition -> partition.kind() == Kind.PREDICTIONS)
        .mapToLong(Partition::start)
        .max()
        .orElse(FROM_THE_FIRST);
  }

  /** Number of records in all partitions. */
  public int size() {
    return partitions.stream().mapToInt(partition -> partition.records().size()).sum();
  }
}
