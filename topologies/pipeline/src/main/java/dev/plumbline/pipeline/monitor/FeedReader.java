package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.Attribute;
import dev.plumbline.pipeline.monitor.Fields.CodedField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the outcome and the two feeds, and checks that they speak of the same classes. */
final class FeedReader {

  private static final int CLASSES = 2;
  private static final String DEFAULT_VERSION = "1";

  private final Cursor root;

  FeedReader(Cursor root) {
    this.root = root;
  }

  Monitor.Outcome outcome() {
    Cursor positive = root.at("outcome").at("positive");
    return new Monitor.Outcome(
        positive.at("label").text("?"),
        positive.at("decision").text("?"),
        root.at("outcome").at("favourable_decision").text("?"));
  }

  /** All feeds of predictions: one, or a list of them. */
  List<Feed.Predictions> predictions(Subgroupings subgroupings) {
    List<Feed.Predictions> feeds = new ArrayList<>();
    for (Cursor place : places()) {
      feeds.add(predictions(place, subgroupings));
    }
    return feeds;
  }

  private List<Cursor> places() {
    Cursor place = root.at("predictions");
    return place.isMapping() ? List.of(place) : place.items();
  }

  private Feed.Predictions predictions(Cursor place, Subgroupings subgroupings) {
    Feed feed = feed(place);
    FieldsReader fields = new FieldsReader(place.at("fields"), feed.columns());
    Optional<CodedField> decision = decision(fields);
    return new Feed.Predictions(
        feed,
        fields.id(),
        fields.time("time"),
        fields.origin("model", "?"),
        fields.origin("version", DEFAULT_VERSION),
        score(fields, decision.isPresent()),
        decision,
        fields.optionalPath("sequence"),
        subgroupings.chosen(place, fields.attributes()),
        review(fields),
        fields.subjects());
  }

  /* The strata of labels are strata of all that is said of a model, whichever feed it came by. */
  private Fields.Review review(FieldsReader fields) {
    Cursor acted = fields.fields().at("acted").at("map");
    if (acted.isPresent()) {
      Cursor positive = root.at("outcome").at("positive").at("decision");
      checkClasses(acted, classes("predictions", "acted"), positive);
    }
    Fields.Review review = fields.review();
    boolean isSampled = !review.equals(Fields.Review.NONE);
    for (Cursor place : places()) {
      Cursor others = place.at("fields");
      if (isSampled && !others.at("acted").isPresent() && !others.at("review").isPresent()) {
        others.refuse(
            "acted or review, as another feed of predictions has it", "map it in every feed");
      }
    }
    return review;
  }

  /** Picks the attributes of a feed that subgroups are made of. */
  interface Subgroupings {
    List<Attribute> chosen(Cursor feed, List<Attribute> mapped);
  }

  Feed.Labels labels(WindowsReader windows) {
    Cursor place = root.at("labels");
    Feed feed = feed(place);
    checkShared(place);
    FieldsReader fields = new FieldsReader(place.at("fields"), feed.columns());
    CodedField label = fields.coded("label");
    Cursor map = place.at("fields").at("label").at("map");
    checkClasses(map, classes("labels", "label"), root.at("outcome").at("positive").at("label"));
    boolean byRecord = !knownIsMapped(place);
    Span horizon = place.at("horizon").span(Span.DAY);
    return new Feed.Labels(
        feed,
        fields.id(),
        byRecord ? Optional.empty() : fields.optionalTime("known"),
        fields.optionalTime("happened"),
        fields.optionalPath("sequence"),
        label,
        horizon,
        place.at("late_by").span(horizon),
        windows.ages(place),
        new OutcomesReader(place, outcome(), classes("predictions", "decision")).outcomes(horizon),
        tombstones(place, fields.id()));
  }

  /* All that a tombstone has is its key, its headers and its Kafka timestamp. */
  private Feed.Labels.Tombstones tombstones(Cursor labels, IdSource id) {
    Cursor place = labels.at("tombstones");
    if (!place.isSound()) {
      return Feed.Labels.Tombstones.REJECTED;
    }
    Feed.Labels.Tombstones tombstones =
        Feed.Labels.Tombstones.valueOf(place.text("rejected").toUpperCase(Locale.ROOT));
    if (tombstones == Feed.Labels.Tombstones.WITHDRAWN) {
      if (id instanceof IdSource.Paths) {
        place.refuse(
            "an id in the record key or in a header, as a tombstone has no value",
            "map the id as {key: text} or {header: NAME}");
      }
      if (root.at("times").at("kafka_timestamps").text("").equals("ignored")) {
        place.refuse(
            "times.kafka_timestamps: real, which say when a label was withdrawn",
            "remove one of them");
      }
    }
    return tombstones;
  }

  /*
   * In a topic that several feeds read each must say which records are its own. Predictions would
   * move the clock of labels that have stopped, and with it what is concluded from their absence.
   */
  private void checkShared(Cursor labels) {
    Map<String, List<Cursor>> topics = new LinkedHashMap<>();
    for (Cursor place : Stream.concat(places().stream(), Stream.of(labels)).toList()) {
      topics.computeIfAbsent(place.at("topic").text("?"), t -> new ArrayList<>()).add(place);
    }
    for (List<Cursor> feeds : topics.values()) {
      feeds.stream()
          .filter(feed -> feeds.size() > 1 && feed.isMapping() && !feed.at("where").isPresent())
          .reduce((first, last) -> last)
          .ifPresent(
              feed ->
                  feed.at("topic")
                      .refuse(
                          "another topic than that of another feed, or where in both",
                          "say by where which records of the topic are meant"));
    }
    boolean isShared = topics.getOrDefault(labels.at("topic").text("?"), List.of()).size() > 1;
    if (isShared && labels.at("absent").isPresent()) {
      labels
          .at("absent")
          .refuse(
              "labels in a topic of their own",
              "labels in the topic of predictions",
              "predictions would hide that the labels have stopped; write them to another topic");
    }
  }

  private boolean knownIsMapped(Cursor labels) {
    Cursor known = labels.at("fields").at("known");
    boolean mapped = known.isPresent() && !known.text("").equals("record");
    if (!mapped
        && known.isSound()
        && root.at("times").at("kafka_timestamps").text("").equals("ignored")) {
      known.refuse(
          "a path, as times.kafka_timestamps is ignored",
          "name the field that says when the label became known");
    }
    return mapped;
  }

  static Feed feed(Cursor place) {
    Feed.Format format =
        Feed.Format.valueOf(place.at("format").text("json").toUpperCase(Locale.ROOT));
    Cursor columns = place.at("columns");
    if (columns.isPresent() && format != Feed.Format.CSV && place.at("format").isSound()) {
      columns.refuse("no columns, as the format is not csv", "remove it");
    }
    List<String> names = columns.distinctTexts();
    Selection selection = new SelectionReader(place, format, names).selection();
    return new Feed(place.at("topic").text("?"), format, names, selection);
  }

  private Optional<CodedField> decision(FieldsReader fields) {
    Cursor place = fields.fields().at("decision");
    if (!place.isPresent()) {
      return Optional.empty();
    }
    CodedField decision = fields.coded("decision");
    Cursor outcome = root.at("outcome");
    Cursor favourable = outcome.at("favourable_decision");
    Set<String> classes = classes("predictions", "decision");
    checkClasses(place.at("map"), classes, outcome.at("positive").at("decision"));
    checkNamed(favourable, classes, place.at("map"));
    return Optional.of(decision);
  }

  private static void checkClasses(Cursor map, Set<String> classes, Cursor positive) {
    if (map.isPresent() && classes.size() != CLASSES && !classes.contains("?")) {
      map.refuse(
          "values of two classes, as the task is binary",
          classes.size() + " (" + String.join(", ", classes) + ")",
          "name every value of the field and its class");
    }
    checkNamed(positive, classes, map);
  }

  private static void checkNamed(Cursor place, Set<String> classes, Cursor map) {
    if (place.isPresent() && map.isPresent() && !classes.contains(place.text("?"))) {
      place.refuse(
          "a class of " + map.path() + " (" + String.join(", ", classes) + ")",
          Suggestion.remedy(place.text("?"), classes));
    }
  }

  private Optional<Score> score(FieldsReader fields, boolean hasDecision) {
    Cursor place = fields.fields().at("score");
    Cursor threshold = place.at("threshold");
    if (!place.isPresent()) {
      if (!hasDecision && fields.fields().isMapping() && place.isSound()) {
        place.refuse("a score with a threshold, or a decision", "map one of them");
      }
      return Optional.empty();
    }
    boolean decisionIsSound = fields.fields().at("decision").isSound();
    if (hasDecision && threshold.isPresent()) {
      threshold.refuse("no threshold, as a decision is mapped", "remove one of them");
    } else if (!hasDecision && decisionIsSound && place.isMapping() && !threshold.isPresent()) {
      threshold.refuse("a threshold, as no decision is mapped", "add it, or map the decision");
    }
    return Optional.of(score(place, fields));
  }

  private Score score(Cursor place, FieldsReader fields) {
    List<Double> range = new ArrayList<>();
    place.at("range").items().forEach(item -> range.add(item.real(0)));
    boolean sound = place.at("range").isSound() && range.size() == 2;
    if (sound && range.get(0) >= range.get(1)) {
      place.at("range").refuse("the lowest score before the highest", "swap them");
      sound = false;
    }
    double low = sound ? range.get(0) : 0;
    double high = sound ? range.get(1) : 1;
    Cursor threshold = place.at("threshold");
    double limit = threshold.real(low);
    if (sound && (limit < low || limit > high)) {
      threshold.refuse("a score of the range", "");
    }
    return new Score(
        new FieldsReader(place, fields.columns()).path("field"),
        low,
        high,
        highMeansPositive(place.at("high_means")),
        threshold.isPresent() ? OptionalDouble.of(limit) : OptionalDouble.empty());
  }

  /*
   * A class of the labels or of the decisions, or one of the words positive, negative, good (the
   * class of the favourable decision) and bad (the other). A class name wins over a word.
   */
  private boolean highMeansPositive(Cursor place) {
    Monitor.Outcome outcome = outcome();
    String meant = place.text("?");
    Set<String> labels = classes("labels", "label");
    Set<String> decisions = classes("predictions", "decision");
    Optional<Boolean> ofLabels =
        labels.contains(meant)
            ? Optional.of(meant.equals(outcome.positiveLabel()))
            : Optional.empty();
    Optional<Boolean> ofDecisions =
        decisions.contains(meant)
            ? Optional.of(meant.equals(outcome.positiveDecision()))
            : Optional.empty();
    if (ofLabels.isPresent() && ofDecisions.isPresent() && !ofLabels.equals(ofDecisions)) {
      place.refuse(
          "a class with one meaning",
          meant + ", which is positive among one of labels and decisions, and not the other",
          "say positive or negative");
    }
    Optional<Boolean> told = ofLabels.or(() -> ofDecisions).or(() -> word(meant, outcome));
    if (told.isEmpty() && place.isPresent() && !labels.isEmpty()) {
      place.refuse(
          "a class of the labels ("
              + String.join(", ", labels)
              + ") or good, bad, positive,"
              + " negative",
          Suggestion.remedy(meant, labels));
    }
    return told.orElse(true);
  }

  private static Optional<Boolean> word(String meant, Monitor.Outcome outcome) {
    return switch (meant) {
      case "positive" -> Optional.of(true);
      case "negative" -> Optional.of(false);
      case "good" -> Optional.of(outcome.isPositiveFavourable());
      case "bad" -> Optional.of(!outcome.isPositiveFavourable());
      default -> Optional.empty();
    };
  }

  /** Classes that a map names; of labels also the one that follows from their absence. */
  private Set<String> classes(String feed, String field) {
    Set<String> classes = new TreeSet<>();
    for (Cursor place : feed.equals("predictions") ? places() : List.of(root.at(feed))) {
      place
          .at("fields")
          .at(field)
          .at("map")
          .entries()
          .forEach((value, name) -> classes.add(name.text("?")));
    }
    if (feed.equals("labels")) {
      classes.removeAll(Set.of(Feed.Labels.IGNORED, Feed.Labels.WITHDRAWN));
      Cursor absent = root.at(feed).at("absent").at("label");
      if (absent.isPresent()) {
        classes.add(absent.text("?"));
      }
    }
    return classes;
  }
}
