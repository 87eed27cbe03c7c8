package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.CodedField;
import dev.plumbline.state.join.Outcomes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a monitor file means, in words for a person to agree or disagree with. */
public final class Summary {

  private static final double MEBI = 1 << 20;

  private Summary() {}

  /** Several lines: the polarity, then the sizes. */
  public static String of(Monitor monitor) {
    Sizes sizes = Sizes.of(monitor);
    Windows windows = monitor.windows();
    List<String> kinds = new ArrayList<>(windows.sizes().stream().map(Span::toString).toList());
    if (windows.all()) {
      kinds.add("all");
    }
    List<String> lines = new ArrayList<>();
    lines.add("monitor " + monitor.name() + ", digest " + monitor.digest());
    lines.add(polarity(monitor));
    lines.addAll(reviews(monitor));
    monitor.attributes().forEach(feed -> lines.add(attributes(feed)));
    lines.add(extent(monitor, sizes, kinds));
    return String.join(System.lineSeparator(), lines);
  }

  private static String attributes(Feed.Attributes feed) {
    List<String> names = feed.attributes().stream().map(Fields.Attribute::name).toList();
    return "%s of the %s: from %s, %s; a prediction waits %s"
        .formatted(
            String.join(", ", names),
            feed.subject(),
            feed.feed().topic(),
            feed.since()
                .map(
                    since ->
                        "as they were at the time of the prediction, by " + since.path().text())
                .orElse("the last that is known"),
            feed.waits() == 0
                ? "until that topic has passed its time, and no longer"
                : new Span(feed.waits()) + " for them");
  }

  /** Who has a label at all, for each feed that says it. */
  private static Set<String> reviews(Monitor monitor) {
    Set<String> lines = new LinkedHashSet<>();
    for (Feed.Predictions feed : monitor.predictions()) {
      Fields.Review review = feed.review();
      List<String> parts = new ArrayList<>();
      review
          .acted()
          .ifPresent(acted -> parts.add("whether one comes depends on " + acted.path().text()));
      for (Selection.Condition.OfField field : review.selected()) {
        String texts = String.join(" or ", new TreeSet<>(field.texts()));
        parts.add("one is awaited only where " + field.path().text() + " = " + texts);
      }
      review
          .stratum()
          .ifPresent(
              of -> parts.add("rates are put together from the strata of " + of.path().text()));
      if (!parts.isEmpty()) {
        lines.add("labels: " + String.join("; ", parts));
      }
    }
    return lines;
  }

  private static String extent(Monitor monitor, Sizes sizes, List<String> kinds) {
    Windows windows = monitor.windows();
    return String.join(
        System.lineSeparator(),
        "models " + String.join(", ", monitor.models()),
        String.format(
            Locale.ROOT,
            "panes of %s, windows %s every %s, cohorts of %s, labels within %s%s",
            windows.pane(),
            String.join(", ", kinds),
            windows.advance(),
            monitor.cohort(),
            monitor.labels().horizon(),
            monitor.labels().outcomes().absence().map(a -> absence(monitor, a)).orElse("")),
        String.format(
            Locale.ROOT,
            "no input partition is read more than %s ahead of another, unless that is idle for %s",
            windows.ahead(),
            windows.idle()),
        String.format(
            Locale.ROOT,
            "at most %d cohorts x %d cells x %d age steps = %.1f MiB of counters",
            sizes.cohorts(),
            sizes.cells(),
            sizes.ageSteps(),
            sizes.stateBytes() / MEBI),
        String.format(
            Locale.ROOT,
            "at most %d subgroups, %d series, %d statements a day",
            sizes.subgroups(),
            sizes.series(),
            sizes.statementsPerDay()),
        "false alarms: at most %s per %s, over all series"
            .formatted(
                BigDecimal.valueOf(monitor.falseAlarms().alerts())
                    .stripTrailingZeros()
                    .toPlainString(),
                monitor.falseAlarms().per()));
  }

  /**
   * One sentence: {@code positive is defaulted = true; approved = false is the decision that
   * predicts it (decline); approved = true is favourable (approve); a high score means default, the
   * positive class}.
   */
  public static String polarity(Monitor monitor) {
    Monitor.Outcome outcome = monitor.outcome();
    CodedField label = monitor.labels().label();
    List<String> parts = new ArrayList<>();
    parts.add("positive is " + truth(monitor));
    String positive = outcome.positiveDecision();
    parts.add(deciding(monitor, positive) + " is the decision that predicts it (" + positive + ")");
    String favourable = outcome.favourableDecision();
    parts.add(deciding(monitor, favourable) + " is favourable (" + favourable + ")");
    Set<String> high = new LinkedHashSet<>();
    for (Feed.Predictions feed : monitor.predictions()) {
      String of = monitor.predictions().size() == 1 ? "" : " of " + feed.feed().topic();
      feed.score().ifPresent(score -> high.add(high(of, score, label, outcome)));
    }
    parts.addAll(high);
    return String.join("; ", parts);
  }

  private static String truth(Monitor monitor) {
    CodedField label = monitor.labels().label();
    String positive = monitor.outcome().positiveLabel();
    List<String> ways = new ArrayList<>();
    if (!label.valuesOf(positive).isEmpty()) {
      ways.add(equation(label, positive));
    }
    monitor
        .labels()
        .outcomes()
        .absence()
        .filter(absence -> absence.label() == 1)
        .ifPresent(absence -> ways.add("no label within " + new Span(absence.after())));
    return String.join(", or ", ways);
  }

  private static String absence(Monitor monitor, Outcomes.Absence absence) {
    Monitor.Outcome outcome = monitor.outcome();
    String of = "";
    if (absence.onlyDecision().isPresent()) {
      Map<String, String> decisions =
          monitor.predictions().get(0).decision().map(CodedField::map).orElse(Map.of());
      boolean isPositive = absence.onlyDecision().getAsInt() == 1;
      of = " of " + named(decisions, outcome.positiveDecision(), isPositive);
    }
    Map<String, String> labels = monitor.labels().label().map();
    String label = named(labels, outcome.positiveLabel(), absence.label() == 1);
    return "; none within " + new Span(absence.after()) + of + " means " + label;
  }

  private static String equation(CodedField field, String name) {
    return field.path().text() + " = " + String.join(" or ", field.valuesOf(name));
  }

  private static String deciding(Monitor monitor, String decision) {
    boolean isPositive = decision.equals(monitor.outcome().positiveDecision());
    Set<String> ways = new LinkedHashSet<>();
    for (Feed.Predictions feed : monitor.predictions()) {
      ways.add(
          feed.decision()
              .map(field -> equation(field, decision))
              .orElseGet(() -> comparison(feed.score().orElseThrow(), isPositive)));
    }
    return String.join(" or ", ways);
  }

  private static String comparison(Score score, boolean isPositive) {
    String up = isPositive ? " >= " : " < ";
    String down = isPositive ? " <= " : " > ";
    return score.path().text()
        + (score.highMeansPositive() ? up : down)
        + Numbers.plain(score.threshold().orElseThrow());
  }

  private static String high(String of, Score score, CodedField label, Monitor.Outcome outcome) {
    return "a high score"
        + of
        + " means "
        + meant(score, label, outcome)
        + (score.highMeansPositive() ? ", the positive class" : ", the class that is not positive");
  }

  private static String meant(Score score, CodedField label, Monitor.Outcome outcome) {
    return named(label.map(), outcome.positiveLabel(), score.highMeansPositive());
  }

  /** The positive class, or the other one of a map. */
  private static String named(Map<String, String> map, String positive, boolean isPositive) {
    Set<String> others = new LinkedHashSet<>(map.values());
    others.removeAll(Set.of(positive, Feed.Labels.IGNORED, Feed.Labels.WITHDRAWN));
    String other = others.stream().findFirst().orElse("not " + positive);
    return isPositive ? positive : other;
  }
}
