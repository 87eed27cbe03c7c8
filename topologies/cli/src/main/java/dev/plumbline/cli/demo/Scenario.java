package dev.plumbline.cli.demo;

import dev.plumbline.schemas.avro.Direction;
import dev.plumbline.testkit.traffic.Attribute;
import dev.plumbline.testkit.traffic.Behaviour;
import dev.plumbline.testkit.traffic.Fault;
import dev.plumbline.testkit.traffic.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Traffic of a demo and what is planted in it. Where and when follows from the seed.
 *
 * @param planted in the order of their days
 */
public record Scenario(Traffic traffic, List<Planted> planted) {

  /** Start of the traffic and of the reference in the demo's monitor file. */
  static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  /** Fewest days of traffic: the reference, a fault, and time to find it. */
  public static final int LEAST_DAYS = 18;

  private static final int REFERENCE_DAYS = 9;
  private static final int PER_DAY = 2_400;
  private static final double TPR_LOSS = 0.3;
  private static final double DRIFT_STEP = 0.06;
  private static final int DRIFT_DAYS = 4;
  private static final int DAYS_TO_FIND = 6;

  private static final List<Attribute> ATTRIBUTES =
      List.of(Attribute.even("sex", "F", "M"), Attribute.even("region", "north", "south", "west"));

  public Scenario {
    planted = List.copyOf(planted);
  }

  /** What can be planted. */
  public enum Kind {
    /** The true positive rate of a subgroup falls from a day on. */
    DEGRADE,
    /** The selection rate of a subgroup rises for some days in a row. */
    DRIFT,
    /** From the first day on, labels of one class take much longer: no alarm. */
    SLOW_LABELS
  }

  /**
   * Something planted.
   *
   * @param metric the metric that must raise an alert; empty if none may
   * @param subgroup as the monitor names it
   * @param day first day of the fault, counted from 0
   */
  public record Planted(Kind kind, String metric, String subgroup, int day) {

    /** Start of the fault. */
    public Instant since() {
      return BEGIN.plus(Duration.ofDays(day));
    }

    /** Where the metric goes. */
    Direction direction() {
      return switch (kind) {
        case DEGRADE -> Direction.down;
        case DRIFT -> Direction.up;
        case SLOW_LABELS -> Direction.none;
      };
    }

    /** Whether it must be found. */
    public boolean isFault() {
      return !metric.isEmpty();
    }
  }

  /**
   * A scenario.
   *
   * @param days of traffic, at least {@link #LEAST_DAYS}
   */
  public static Scenario of(long seed, Set<Kind> kinds, int days) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Planted> planted = new ArrayList<>();
    List<Fault> faults = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      // Every kind draws the same, so that one does not move another.
      int day = random.nextInt(REFERENCE_DAYS + 1, days - DAYS_TO_FIND);
      Attribute attribute = ATTRIBUTES.get(kind == Kind.DEGRADE ? 1 : 0);
      String value = attribute.values().get(random.nextInt(attribute.values().size()));
      if (kinds.contains(kind)) {
        planted.add(planted(kind, attribute.name() + "=" + value, day));
        faults.addAll(faults(kind, Map.of(attribute.name(), value), day));
      }
    }
    planted.sort((a, b) -> Integer.compare(a.day, b.day));
    Traffic traffic =
        new Traffic(
            seed,
            BEGIN.toEpochMilli(),
            days,
            PER_DAY,
            ATTRIBUTES,
            behaviour(kinds.contains(Kind.SLOW_LABELS)),
            faults);
    return new Scenario(traffic, planted);
  }

  private static Planted planted(Kind kind, String subgroup, int day) {
    return switch (kind) {
      case DEGRADE -> new Planted(kind, "tpr", subgroup, day);
      case DRIFT -> new Planted(kind, "selection", subgroup, day);
      case SLOW_LABELS -> new Planted(kind, "", "all", 0);
    };
  }

  private static List<Fault> faults(Kind kind, Map<String, String> subgroup, int day) {
    return switch (kind) {
      case DEGRADE -> List.of(Fault.from(day, Fault.Kind.SENSITIVITY_LOSS, subgroup, TPR_LOSS));
      case DRIFT -> {
        List<Fault> steps = new ArrayList<>();
        for (int i = 0; i < DRIFT_DAYS; i++) {
          steps.add(Fault.from(day + i, Fault.Kind.SELECTION_DRIFT, subgroup, DRIFT_STEP));
        }
        yield steps;
      }
      case SLOW_LABELS -> List.of();
    };
  }

  private static Behaviour behaviour(boolean areNegativesSlow) {
    Behaviour steady = Behaviour.steady();
    Duration quick = Duration.ofHours(8);
    Behaviour.Delays delays =
        new Behaviour.Delays(
            quick, areNegativesSlow ? quick.multipliedBy(5) : quick, Duration.ofHours(70));
    return new Behaviour(
        steady.baseRate(),
        steady.sensitivity(),
        steady.falsePositiveRate(),
        steady.labelled(),
        delays);
  }
}
