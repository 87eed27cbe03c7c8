package dev.plumbline.testkit;

import dev.plumbline.state.cube.CubeRules;
import dev.plumbline.state.cube.LabelAge;
import dev.plumbline.state.cube.Shape;
import dev.plumbline.state.cube.WindowSpec;
import dev.plumbline.state.evidence.RateMetric;
import dev.plumbline.state.evidence.ReferencePanes;
import dev.plumbline.state.evidence.Watched;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.time.Timing;
import java.util.List;
import java.util.Set;

/**
 * What monitors of generated logs state and watch: three windows of all subgroups at two label
 * ages, and every rate against a reference of three days that begins a day after the log. Panes are
 * hours.
 */
public final class Watching {

  /** False alarms in 30 days; so many that some come. */
  public static final double BUDGET = 100;

  /** The attribute that may come by partitions of its own. */
  public static final String ELSEWHERE = "region";

  private static final List<String> ATTRIBUTES = List.of("sex", ELSEWHERE);
  private static final int INTERSECTIONS = 2;

  /** Fewer values than the generator draws, so that some are folded. */
  private static final int CAP = 2;

  private static final int PUBLISH_MIN = 3;
  private static final int CLASSES = 2;
  private static final int QUARTER = 6;
  private static final int DAY = 24;
  private static final int REFERENCE_DAYS = 3;

  private Watching() {}

  /** What is stated. */
  public static CubeRules cube(JoinRules rules) {
    Timing timing = rules.timing();
    long last = -Math.floorDiv(-timing.retention(), timing.pane()) + 1;
    return new CubeRules(
        ATTRIBUTES,
        INTERSECTIONS,
        CAP,
        List.of(Set.of(), Set.of()),
        PUBLISH_MIN,
        new Shape(CLASSES, rules.ages().beyond() + 1, rules.bins()),
        Plan.SAMPLINGS,
        QUARTER,
        List.of(
            new WindowSpec("6h", QUARTER, QUARTER),
            new WindowSpec("1d", DAY, QUARTER),
            new WindowSpec("all", 0, DAY)),
        List.of(new LabelAge("12h", DAY / 2), new LabelAge(LabelAge.FINAL, last)));
  }

  /** The reference, as short as the log is; of a log without times, after the epoch. */
  public static ReferencePanes reference(Log log, Timing timing) {
    long first =
        log.partitions().stream()
            .flatMap(partition -> partition.records().stream())
            .mapToLong(raw -> raw.fold(Raw.Mapped::time, unmapped -> Long.MAX_VALUE))
            .min()
            .orElse(0);
    long from = timing.paneOf(first) + DAY;
    return new ReferencePanes(from, from + REFERENCE_DAYS * DAY);
  }

  /** What is watched. */
  public static List<Watched> metrics() {
    return List.of(
        Watched.of(RateMetric.ACCURACY),
        Watched.of(RateMetric.TPR),
        Watched.of(RateMetric.FPR),
        Watched.of(RateMetric.SELECTION));
  }
}
