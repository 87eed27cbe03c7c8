package dev.plumbline.testkit;

import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.join.Outcomes;
import dev.plumbline.state.join.Outcomes.Absence;
import dev.plumbline.state.join.Outcomes.Combination;
import dev.plumbline.state.record.Sampling;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a generated log is made of; equal plans give equal logs.
 *
 * @param predictionPartitions at least 1; of 3 or more the last one is empty
 * @param labelPartitions at least 1; of 3 or more the last one is empty
 * @param events predictions before copies, versions and reuse of ids; on average three records each
 * @param sequence whether records carry a mapped sequence, all or none
 * @param sampled whether labels are drawn in strata, and some predictions not selected for one
 * @param elsewhere whether the last attribute comes by partitions of its own, keyed by subject
 * @param values for each attribute its values
 * @param rules time rules; 18 events fall into one grace, so with them the span of the log follows
 */
public record Plan(
    long seed,
    int predictionPartitions,
    int labelPartitions,
    int events,
    boolean sequence,
    boolean sampled,
    boolean elsewhere,
    List<List<String>> values,
    JoinRules rules) {

  /** The model that generated predictions belong to; a second one is not in {@link #MODELS}. */
  public static final String MODEL = "scoring";

  /** What the monitor names. */
  public static final Set<String> MODELS = Set.of(MODEL);

  static final String OTHER_MODEL = "unnamed";

  /** How labels are sampled. */
  static final List<Sampling> SAMPLINGS =
      List.of(
          Sampling.NONE,
          new Sampling("high", 0, true),
          new Sampling("high", 1, true),
          new Sampling("low", Sampling.DECIDED, true));

  private static final int EVENTS = 2000;
  private static final int PARTITIONS = 4;
  private static final int EVENTS_PER_GRACE = 18;

  /** Panes of an hour, a grace of six, a horizon of two days, at most six copies. */
  public static final JoinRules RULES =
      new JoinRules(
          new Timing(
              Duration.ofHours(1).toMillis(),
              Duration.ofHours(6).toMillis(),
              Duration.ofHours(3).toMillis(),
              Duration.ofDays(2).toMillis(),
              Duration.ofDays(1).toMillis(),
              Duration.ofDays(2).toMillis(),
              Duration.ofDays(1).toMillis(),
              6),
          AgeSteps.ofPanes(0, 1, 6, 24),
          4,
          Outcomes.OF_LAST);

  public Plan {
    if (predictionPartitions < 1 || labelPartitions < 1) {
      throw new IllegalArgumentException(
          "partitions must be at least 1 of each kind, were %d and %d"
              .formatted(predictionPartitions, labelPartitions));
    }
    values = values.stream().map(List::copyOf).toList();
  }

  /** Four partitions of each kind, 2,000 events, two attributes, without a sequence. */
  public static Plan of(long seed) {
    List<List<String>> values = List.of(List.of("f", "m"), List.of("north", "east", "south"));
    return new Plan(seed, PARTITIONS, PARTITIONS, EVENTS, false, false, false, values, RULES);
  }

  /** The same with a mapped sequence on every record. */
  public Plan sequenced() {
    return new Plan(
        seed,
        predictionPartitions,
        labelPartitions,
        events,
        true,
        sampled,
        elsewhere,
        values,
        rules);
  }

  /** The same with labels that are drawn in strata. */
  public Plan withStrata() {
    return new Plan(
        seed,
        predictionPartitions,
        labelPartitions,
        events,
        sequence,
        true,
        elsewhere,
        values,
        rules);
  }

  /**
   * The same with attributes that come by partitions of their own; all predictions are selected and
   * no label is final, as a monitor file has it then.
   */
  public Plan withAttributesElsewhere() {
    Outcomes outcomes = rules.outcomes();
    return new Plan(
            seed,
            predictionPartitions,
            labelPartitions,
            events,
            sequence,
            false,
            true,
            values,
            rules)
        .withOutcomes(new Outcomes(outcomes.combination(), outcomes.absence(), false));
  }

  /** The same with another number of events. */
  public Plan withEvents(int events) {
    return new Plan(
        seed,
        predictionPartitions,
        labelPartitions,
        events,
        sequence,
        sampled,
        elsewhere,
        values,
        rules);
  }

  /** The same with other numbers of partitions. */
  public Plan withPartitions(int predictions, int labels) {
    return new Plan(seed, predictions, labels, events, sequence, sampled, elsewhere, values, rules);
  }

  /** The same with other rules. */
  public Plan withRules(JoinRules rules) {
    return new Plan(
        seed,
        predictionPartitions,
        labelPartitions,
        events,
        sequence,
        sampled,
        elsewhere,
        values,
        rules);
  }

  /** The same with other rules for several labels of a prediction, and for none. */
  public Plan withOutcomes(Outcomes outcomes) {
    return withRules(new JoinRules(rules.timing(), rules.ages(), rules.bins(), outcomes));
  }

  /**
   * The same where the absence of a label counts as one: after 30 of the 48 hours in which labels
   * count, for every seed in another way.
   */
  public Plan concluding() {
    Combination[] combinations = Combination.values();
    return withOutcomes(
        new Outcomes(
            combinations[(int) ((seed + seed / 4) % combinations.length)],
            Optional.of(
                new Absence(
                    Duration.ofHours(30).toMillis(),
                    (int) (seed % 2),
                    seed % 3 == 0 ? OptionalInt.of(1) : OptionalInt.empty())),
            false));
  }

  /** The same where a label is final. */
  public Plan closing() {
    Outcomes outcomes = rules.outcomes();
    return withOutcomes(new Outcomes(outcomes.combination(), outcomes.absence(), true));
  }

  /** Mean distance of two events in milliseconds. */
  long step() {
    return Math.max(1, rules.timing().grace() / EVENTS_PER_GRACE);
  }

  /** Length of the hole in time that is planted between two events: five days, or two jumps. */
  long gap() {
    return Math.max(Duration.ofDays(5).toMillis(), 2 * rules.timing().jump());
  }
}
