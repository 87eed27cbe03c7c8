package dev.plumbline.pipeline.step;

import java.util.List;

/**
 * Makes the steps of one monitor. Every call returns a new step without state: engines call again
 * after each failure and each move of a task. Called from several threads at once.
 */
public interface Steps {

  /** Makes the step of an input partition, an index of {@link #inputs}. */
  Intake intake(int inputPartition);

  /** Makes the step of a shard in [0, {@link #shards}). */
  Join join(int shard);

  /** Makes the step of a merge in [0, {@link #merges}). */
  Merge merge(int index);

  /** Returns the number of joins, at least 1. */
  int shards();

  /** Returns the number of merges, at least 1. */
  int merges();

  /** Returns all partitions of all input topics; the position is the input partition's index. */
  List<Input> inputs();

  /**
   * Returns how much further than the frontier a partition is read, milliseconds of its records'
   * time. For {@link ReadAhead}; the results do not depend on it.
   */
  long ahead();

  /**
   * Returns how often a reader of an input partition says how it is, wall-clock milliseconds. For
   * health.
   */
  long reportMillis();

  /** Returns the monitor's name: letters, digits, dots, hyphens and underscores. */
  String monitorName();

  /** A partition of an input topic. */
  record Input(String topic, int partition) {}
}
