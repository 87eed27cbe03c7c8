package dev.plumbline.cli.init;

import dev.plumbline.cli.init.Pairing.Side;
import dev.plumbline.pipeline.monitor.Feed.Format;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Writes a proposed monitor file. What nobody can tell from data, the polarity, is left as {@value
 * #CHOOSE} or empty, so that the file does not validate before a person has decided.
 */
final class MonitorText {

  /** Stands for what a person must say. */
  static final String CHOOSE = "CHOOSE";

  private static final double PERCENT = 100;
  private static final double FEWEST_ARMED = 200;

  private final String name;
  private final Draft draft;
  private final Pairing pairing;
  private final Meaning meaning;
  private final List<String> lines = new ArrayList<>();

  private MonitorText(String name, Draft draft) {
    this.name = name;
    this.draft = draft;
    this.pairing = draft.pairing();
    this.meaning = draft.meaning();
  }

  /** The lines of the file. */
  static List<String> of(String name, Draft draft) {
    MonitorText text = new MonitorText(name, draft);
    text.head();
    text.outcome();
    text.predictions();
    text.labels();
    text.rules();
    return text.lines;
  }

  private void add(String form, Object... values) {
    lines.add(String.format(Locale.ROOT, form, values));
  }

  private void head() {
    add(
        "# Proposed by plumbline init. It does not validate yet: say what only you can know in the");
    add("# lines with %s, or with nothing behind the colon.", CHOOSE);
    for (Side side : draft.sides()) {
      add(
          "# %s: %,d of about %,.0f records looked at%s.",
          side.input().sample().name(),
          side.kind().events().size(),
          side.total(),
          side.input().unreadable() > 0
              ? String.format(Locale.ROOT, "; %,d could not be read", side.input().unreadable())
              : "");
    }
    add("monitor: %s", name);
    add("task: binary");
    add("models: %s", Yaml.list(meaning.model().map(Column::values).orElse(List.of(name))));
  }

  private void outcome() {
    Coded label = meaning.label();
    Coded decision = meaning.decision();
    add("outcome:");
    label.column().ifPresent(column -> add("  # %s: %s", column.place(), shares(column, label)));
    decision
        .column()
        .ifPresent(column -> add("  # %s: %s", column.place(), shares(column, decision)));
    add(
        "  # positive: what the model predicts (%s), and the decision that says so%s.",
        or(label), or2(decision));
    String positive = decision.column().isPresent() ? CHOOSE : "above";
    add("  positive: {label: %s, decision: %s}", CHOOSE, positive);
    if (decision.column().isPresent()) {
      add("  # favourable: the decision that is good for the person.");
      add("  favourable_decision: %s", CHOOSE);
    } else {
      add(
          "  # favourable: the decision that is good for the person, above the threshold or below.");
      add("  favourable_decision:");
    }
  }

  private static String or(Coded coded) {
    return coded.map().isEmpty() ? "a class" : String.join(" or ", coded.classes());
  }

  private static String or2(Coded coded) {
    return coded.map().isEmpty() ? "" : " (" + String.join(" or ", coded.classes()) + ")";
  }

  private static String shares(Column column, Coded coded) {
    List<String> parts = new ArrayList<>();
    for (String value : coded.map().keySet()) {
      parts.add(Yaml.text(value) + " " + percent(column.counts().getOrDefault(value, 0), column));
    }
    if (coded.unnamed() > 0) {
      parts.add(coded.unnamed() + " rarer values");
    }
    return String.join(", ", parts);
  }

  private static String percent(int count, Column column) {
    return String.format(Locale.ROOT, "%.1f %%", PERCENT * count / Math.max(1, column.present()));
  }

  private void feed(Side side) {
    add("  topic: %s", topic(side));
    Format format = side.input().format();
    add("  format: %s", format.name().toLowerCase(Locale.ROOT));
    if (format == Format.CSV) {
      add("  columns: %s", Yaml.list(side.input().sample().columns()));
    }
    if (!side.kind().where().isEmpty()) {
      add("  where: %s", side.kind().where());
    }
    if (side.input().isDebezium()) {
      add("  envelope: debezium");
    }
    add("  fields:");
  }

  /** Of a file its name, as the topic that it was recorded from is not known. */
  private String topic(Side side) {
    if (!side.input().sample().isFile()) {
      return side.input().sample().name();
    }
    boolean isPredictions = side.equals(pairing.predictions());
    return name + (isPredictions ? ".predictions" : ".labels");
  }

  private void predictions() {
    add("predictions:");
    feed(pairing.predictions());
    add(
        "    # Of the ids of sampled labels %.1f %% are ids of sampled predictions (%s).",
        PERCENT * pairing.matched(), pairing.predictionId().place());
    add("    id: %s", place(pairing.predictionId()));
    add("    time: %s", time(pairing.time()));
    add(
        "    model: %s",
        meaning.model().map(MonitorText::place).orElse("{constant: " + name + "}"));
    meaning.version().ifPresent(column -> add("    version: %s", place(column)));
    meaning.score().ifPresent(this::score);
    meaning.decision().column().ifPresent(c -> coded("decision", meaning.decision()));
    if (meaning.decision().column().isEmpty() && meaning.score().isEmpty()) {
      add(
          "    # No field looks like a score or a decision; candidates: %s.",
          names(meaning.decision().candidates()));
      add("    decision:");
    }
    attributes();
  }

  private void score(Column column) {
    ScoreRange range = new ScoreRange(column);
    range.comments().forEach(comment -> add("    # %s", comment));
    add("    # high_means: what a high score speaks for.");
    List<String> bounds = range.bounds().orElse(List.of(CHOOSE, CHOOSE));
    boolean isDecided = meaning.decision().column().isPresent();
    add(
        "    score: {field: %s, range: [%s, %s], high_means: %s%s}",
        Yaml.text(column.place()),
        bounds.get(0),
        bounds.get(1),
        CHOOSE,
        isDecided ? "" : ", threshold: " + CHOOSE);
  }

  private void coded(String key, Coded coded) {
    Map<String, String> map = new LinkedHashMap<>(coded.map());
    if (!coded.isComplete()) {
      map.replaceAll((value, any) -> CHOOSE);
      add(
          "    # More than two values: say of each what it means; labels may also be ignored or withdrawn.");
    }
    add(
        "    %s: {field: %s, map: %s}",
        key, Yaml.text(coded.column().orElseThrow().place()), Yaml.map(map));
  }

  private void attributes() {
    if (meaning.attributes().isEmpty()) {
      add("    # No field looks like an attribute of people.");
      add("    attributes:");
      return;
    }
    add("    attributes:");
    for (Trait trait : meaning.attributes()) {
      add(
          "      # %d values, %.1f %% missing",
          trait.size(), PERCENT * (1 - trait.column().share()));
      String path = Yaml.text(trait.column().place());
      add(
          "      %s: %s",
          Yaml.text(trait.name()),
          trait.edges().isEmpty()
              ? path
              : "{field: "
                  + path
                  + ", bins: "
                  + trait.edges().stream()
                      .map(e -> e.toPlainString())
                      .collect(Collectors.joining(", ", "[", "]"))
                  + "}");
    }
    if (!meaning.others().isEmpty()) {
      add("      # Others with few values: %s.", names(meaning.others()));
    }
  }

  private static String names(List<Column> columns) {
    return columns.isEmpty()
        ? "none"
        : columns.stream().map(Column::place).limit(12).collect(Collectors.joining(", "));
  }

  private static String place(Column column) {
    return column.isField() ? Yaml.text(column.place()) : column.place();
  }

  private static String time(Column column) {
    TimeColumn time = column.time().orElseThrow();
    String path = Yaml.text(column.place());
    if (!time.rivals().isEmpty()) {
      return "{field: "
          + path
          + ", format: "
          + CHOOSE
          + "} # "
          + time.form()
          + " or "
          + String.join(" or ", time.rivals());
    }
    return time.form().isEmpty() ? path : "{field: " + path + ", " + time.form() + "}";
  }

  private void labels() {
    add("labels:");
    feed(pairing.labels());
    add("    id: %s", place(pairing.labelId()));
    Optional<Column> known = pairing.known();
    add("    known: %s", known.map(MonitorText::time).orElse("record"));
    pairing.happened().ifPresent(column -> add("    happened: %s", time(column)));
    if (meaning.label().column().isPresent()) {
      coded("label", meaning.label());
    } else {
      add(
          "    # No field looks like an outcome; candidates: %s.",
          names(meaning.label().candidates()));
      add("    label:");
    }
    long[] delays = pairing.delays();
    add(
        "  # From prediction to label: half within %s, 99 in 100 within %s, of %,d pairs.",
        Draft.told(Quantiles.at(delays, 0.5)),
        Draft.told(Quantiles.at(delays, 0.99)),
        delays.length);
    add(
        "  # The sample spans %s; slower labels than that are not in it, then raise the horizon.",
        Draft.told(draft.span()));
    add("  horizon: %s", draft.horizon());
    if (pairing.happened().isPresent()) {
      add("  late_by: %s", draft.lateBy());
    }
  }

  private void rules() {
    boolean isFile = pairing.predictions().input().sample().isFile();
    if (isFile) {
      add("times: {kafka_timestamps: ignored} # as files have none; real for a topic");
    }
    add("# %.1f %% of the sampled predictions have a label.", PERCENT * draft.labelled());
    String names = Yaml.list(meaning.attributes().stream().map(Trait::name).toList());
    add("subgroups: {attributes: %s, intersections: 1}", names);
    add(
        "# About %,.0f predictions an hour; 999 in 1000 are at most %s behind the newest.",
        draft.perHour(), Draft.told(draft.disorder()));
    add("# Waiting for labels takes about %,d bytes of memory.", draft.pendingBytes());
    add("windows:");
    add("  pane: %s", draft.pane());
    add("  sizes: %s", draft.sizes());
    add("  grace: %s", draft.grace());
    if (draft.skew() > draft.disorder()) {
      add("  skew: %s # labels that come before their predictions", Draft.text(draft.skew(), true));
    }
    add("# About %,.0f predictions; a time in which all was well.", draft.referenceSize());
    add("reference: {from: %s, to: %s}", draft.from(), draft.to());
    add("false_alarms: 1 per 30d");
    watches();
  }

  private void watches() {
    add(
        "# Watches arm at the end of the reference, if it has %.0f events of a series. Roughly, a change",
        FEWEST_ARMED);
    add("# this large in a selection rate would be seen within a week, of labelled rates later:");
    add("#   everybody: %.3f", draft.smallestChange(1));
    for (Trait trait : meaning.attributes()) {
      double even = 1.0 / Math.max(1, trait.size());
      boolean isEnough = draft.referenceSize() * even >= FEWEST_ARMED;
      add(
          "#   a value of %s: %.3f%s",
          trait.name(),
          draft.smallestChange(even),
          isEnough ? "" : ", and the reference is too short to arm it");
    }
    add("watches:");
    add("  - performance: {metrics: [accuracy, tpr, fpr, selection]}");
  }
}
