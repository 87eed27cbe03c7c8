package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.state.health.HealthRules;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.join.Outcomes;
import dev.plumbline.state.time.AgeSteps;
import dev.plumbline.state.time.Timing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A checked monitor file. What it says is documented in {@code MONITOR.md}; made by {@link
 * MonitorFile} alone, so that it always fits together.
 *
 * @param predictions at least one feed; all map the same attributes
 * @param attributes inputs of attributes that predictions do not have themselves
 * @param reference the stream's own interval that the rest is compared with, in whole cohorts
 */
public record Monitor(
    String name,
    Owner owner,
    List<String> models,
    Outcome outcome,
    List<Feed.Predictions> predictions,
    Feed.Labels labels,
    List<Feed.Attributes> attributes,
    Times times,
    Subgroups subgroups,
    Windows windows,
    Optional<Interval> reference,
    FalseAlarms falseAlarms,
    List<Watch> watches,
    Settings settings,
    Source source) {

  public Monitor {
    models = List.copyOf(models);
    watches = List.copyOf(watches);
    predictions = List.copyOf(predictions);
    attributes = List.copyOf(attributes);
  }

  /**
   * Whom alerts concern; empty texts where the file does not say.
   *
   * @param tier how much depends on the models, in the owner's words
   * @param runbook what to do, or where that is written
   */
  public record Owner(String team, String tier, String runbook) {

    /** Nobody is named. */
    public static final Owner NONE = new Owner("", "", "");
  }

  /** Which classes are positive, and which decision is good for the person. */
  public record Outcome(String positiveLabel, String positiveDecision, String favourableDecision) {

    /** Whether the positive decision is the one that is favourable to the person. */
    public boolean isPositiveFavourable() {
      return positiveDecision.equals(favourableDecision);
    }
  }

  /**
   * An interval of time, epoch milliseconds.
   *
   * @param from inclusive
   * @param to exclusive, after {@code from}
   */
  public record Interval(long from, long to) {

    /** Whether a time is inside. */
    public boolean contains(long time) {
      return time >= from && time < to;
    }
  }

  /**
   * Which times are believed.
   *
   * @param kafkaTimestampsReal whether a record may not be a day ahead of its Kafka timestamp
   */
  public record Times(Interval plausible, boolean kafkaTimestampsReal) {}

  /**
   * Subgroups of the predictions.
   *
   * @param attributes in the order of cell values
   * @param intersections how many attributes a subgroup may name
   * @param publishMin fewest predictions of a published subgroup
   * @param cap most values of one attribute
   */
  public record Subgroups(List<String> attributes, int intersections, int publishMin, int cap) {

    public Subgroups {
      attributes = List.copyOf(attributes);
    }
  }

  /** The false-alarm budget: this many in this time. */
  public record FalseAlarms(double alerts, Span per) {

    private static final int DAYS = 30;

    /** The budget B of METHOD section 5: false alarms in 30 days. */
    public double perThirtyDays() {
      return alerts * Span.DAY.times(DAYS).millis() / per.millis();
    }
  }

  /**
   * What seldom needs a change.
   *
   * @param outputPrefix begins the names of all topics of ours
   * @param shards partitions of the internal topic by id
   * @param health when a feed is not well
   */
  public record Settings(
      KeySource idKey,
      int scoreBins,
      String outputPrefix,
      int shards,
      int maxRecordBytes,
      HealthRules health) {}

  /** The input topics and what they bring, those of the predictions first, attributes last. */
  public Map<String, Kind> topics() {
    Map<String, Kind> topics = new LinkedHashMap<>();
    predictions.forEach(feed -> topics.put(feed.feed().topic(), Kind.PREDICTIONS));
    topics.merge(labels.feed().topic(), Kind.LABELS, (predicted, labelled) -> Kind.BOTH);
    attributes.forEach(feed -> topics.put(feed.feed().topic(), Kind.ATTRIBUTES));
    return topics;
  }

  /** SHA-256 of the content of the file, in hex. */
  public String digest() {
    return source.digest();
  }

  /** The time rules in milliseconds. */
  public Timing timing() {
    return new Timing(
        windows.pane().millis(),
        windows.grace().millis(),
        windows.skew().millis(),
        labels.horizon().millis(),
        labels.lateBy().millis(),
        windows.recall().millis(),
        windows.jump().millis(),
        windows.copies());
  }

  /**
   * The label age steps. The last edge, the evidence horizon, is the join's horizon; where absence
   * counts as a label, its conclusions have a step of their own, and one pane more.
   */
  public AgeSteps ages() {
    Optional<Outcomes.Absence> absence = labels.outcomes().absence();
    SortedSet<Long> edges = new TreeSet<>(List.of(0L));
    labels.ages().forEach(age -> edges.add(panes(age.millis())));
    absence.ifPresent(concluding -> edges.add(panes(concluding.after())));
    edges.add(panes(labels.horizon().millis()) + (absence.isPresent() ? 1 : 0));
    return AgeSteps.ofPanes(edges.stream().mapToLong(Long::longValue).toArray());
  }

  private long panes(long millis) {
    return millis / windows.pane().millis();
  }

  /** What the join needs. */
  public JoinRules joinRules() {
    return new JoinRules(timing(), ages(), settings.scoreBins(), labels.outcomes());
  }

  /** Length of a cohort, in whole panes. */
  public Span cohort() {
    return windows
        .pane()
        .times(windows.cohortPanes(panes(labels.horizon().millis())).orElseThrow());
  }
}
