package dev.plumbline.pipeline.monitor;

import dev.plumbline.state.cube.CubeRules;
import dev.plumbline.state.health.HealthRules;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.time.Timing;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the steps need to know of a monitor and of the run.
 *
 * @param digest digest of the monitor file
 * @param watch what is watched; empty without a reference or without watches
 * @param idle how long a partition may bring nothing before the frontier stops waiting, wall-clock
 *     milliseconds
 * @param ahead how much further than the frontier a partition is read, milliseconds of its records'
 *     time; decides nothing
 * @param inputs input partitions; the position is the index used everywhere
 * @param exclusions idle decisions of an earlier run that this one repeats; else empty
 * @param health when a feed is not well; enters nothing that a replay repeats
 * @param owner whom alerts concern
 */
public record Flow(
    String monitor,
    String digest,
    Set<String> models,
    JoinRules join,
    CubeRules cube,
    Optional<WatchRules> watch,
    long idle,
    long ahead,
    int shards,
    List<InputPartition> inputs,
    List<Exclusion> exclusions,
    HealthRules health,
    Monitor.Owner owner) {

  public Flow {
    models = Set.copyOf(models);
    inputs = List.copyOf(inputs);
    exclusions = List.copyOf(exclusions);
  }

  /** A flow whose health is watched by default, and that names no owner. */
  public Flow(
      String monitor,
      String digest,
      Set<String> models,
      JoinRules join,
      CubeRules cube,
      Optional<WatchRules> watch,
      long idle,
      long ahead,
      int shards,
      List<InputPartition> inputs,
      List<Exclusion> exclusions) {
    this(
        monitor,
        digest,
        models,
        join,
        cube,
        watch,
        idle,
        ahead,
        shards,
        inputs,
        exclusions,
        HealthRules.DEFAULT,
        Monitor.Owner.NONE);
  }

  /** This flow with other rules of health. */
  public Flow withHealth(HealthRules rules) {
    return new Flow(
        monitor,
        digest,
        models,
        join,
        cube,
        watch,
        idle,
        ahead,
        shards,
        inputs,
        exclusions,
        rules,
        owner);
  }

  /** What an input partition brings. */
  public enum Kind {
    PREDICTIONS,
    LABELS,
    /** Records of several types. */
    BOTH,
    /** Attributes of subjects. */
    ATTRIBUTES;

    /** Whether there are predictions in it. */
    public boolean hasPredictions() {
      return this == PREDICTIONS || this == BOTH;
    }

    /** Whether there are labels in it. */
    public boolean hasLabels() {
      return this == LABELS || this == BOTH;
    }
  }

  /**
   * A partition of an input topic.
   *
   * @param startOffset first offset that is read
   * @param isWhole whether it is read from its first record
   */
  public record InputPartition(
      Kind kind, String topic, int partition, long startOffset, boolean isWhole) {}

  /**
   * The frontier did not wait for a partition that was idle (FLOW section 1).
   *
   * @param wake number of the wake-up, from 0
   * @param offset offset of the first record after it
   * @param firstPane first arrival pane that closed without the partition
   * @param answerPane the pane from which it counts again
   */
  public record Exclusion(int partition, int wake, long offset, long firstPane, long answerPane) {}

  /** The time rules. */
  public Timing timing() {
    return join.timing();
  }

  /**
   * For each input partition, whether counters without labels depend on it: where a label is final
   * they depend on labels too, as after one an id is new.
   */
  public boolean[] areLabelFree() {
    return whether(kind -> kind != Kind.LABELS || join.outcomes().isFinal());
  }

  /** For each input partition, whether it brings labels. */
  public boolean[] haveLabels() {
    return whether(Kind::hasLabels);
  }

  private boolean[] whether(Predicate<Kind> holds) {
    boolean[] whether = new boolean[inputs.size()];
    for (int i = 0; i < whether.length; i++) {
      whether[i] = holds.test(inputs.get(i).kind);
    }
    return whether;
  }
}
