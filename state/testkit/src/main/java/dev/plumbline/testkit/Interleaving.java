package dev.plumbline.testkit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An order in which the records of a log can be read: any, but each partition in its own order.
 * What is published must not depend on it (FLOW section 6).
 */
public final class Interleaving implements Iterable<Interleaving.Step> {

  /** Longest run of one partition in {@link #bursts}. */
  private static final int LONGEST_BURST = 40;

  private final String name;
  private final List<Step> steps;

  private Interleaving(String name, List<Step> steps) {
    this.name = name;
    this.steps = List.copyOf(steps);
  }

  /**
   * The next record to read.
   *
   * @param partition index of the partition in the log
   * @param record index of the record in the partition's list
   */
  public record Step(int partition, int record) {}

  /** One record of each partition in turn. */
  public static Interleaving roundRobin(Log log) {
    List<Step> steps = new ArrayList<>();
    for (int record = 0; steps.size() < log.size(); record++) {
      for (int partition = 0; partition < log.partitions().size(); partition++) {
        if (record < log.partitions().get(partition).records().size()) {
          steps.add(new Step(partition, record));
        }
      }
    }
    return new Interleaving("round robin", steps);
  }

  /** Each partition to its end before the next is begun, in an order drawn from the seed. */
  public static Interleaving oneAfterAnother(Log log, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> left = unread(log);
    List<Step> steps = new ArrayList<>();
    while (!left.isEmpty()) {
      int partition = left.remove(random.nextInt(left.size()));
      for (int record = 0; record < log.partitions().get(partition).records().size(); record++) {
        steps.add(new Step(partition, record));
      }
    }
    return new Interleaving("one after another, seed " + seed, steps);
  }

  /** Runs of random length of random partitions. */
  public static Interleaving bursts(Log log, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Integer> left = unread(log);
    int[] next = new int[log.partitions().size()];
    List<Step> steps = new ArrayList<>();
    while (!left.isEmpty()) {
      Integer partition = left.get(random.nextInt(left.size()));
      int size = log.partitions().get(partition).records().size();
      int end = Math.min(size, next[partition] + 1 + random.nextInt(LONGEST_BURST));
      while (next[partition] < end) {
        steps.add(new Step(partition, next[partition]++));
      }
      if (end == size) {
        left.remove(partition);
      }
    }
    return new Interleaving("bursts, seed " + seed, steps);
  }

  /** One of each kind. */
  public static List<Interleaving> all(Log log, long seed) {
    return List.of(roundRobin(log), oneAfterAnother(log, seed), bursts(log, seed));
  }

  private static List<Integer> unread(Log log) {
    List<Integer> partitions = new ArrayList<>();
    for (int i = 0; i < log.partitions().size(); i++) {
      if (!log.partitions().get(i).records().isEmpty()) {
        partitions.add(i);
      }
    }
    return partitions;
  }

  /** Number of records. */
  public int size() {
    return steps.size();
  }

  @Override
  public Iterator<Step> iterator() {
    return steps.iterator();
  }

  @Override
  public String toString() {
    return name;
  }
}
