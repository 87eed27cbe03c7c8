package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.Attribute;
import dev.plumbline.pipeline.monitor.Fields.Coding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the inputs of attributes, and from which input each attribute of the subgroups comes. */
record AttributesReader(Cursor root) {

  /** All inputs of attributes. */
  List<Feed.Attributes> feeds() {
    List<Feed.Attributes> feeds = new ArrayList<>();
    Set<String> topics = topics();
    for (Cursor place : root.at("attributes").items()) {
      Feed.Attributes feed = feed(place);
      if (place.at("topic").isPresent() && !topics.add(feed.feed().topic())) {
        place
            .at("topic")
            .refuse(
                "a topic of its own", "the topic of another input", "write them to another topic");
      }
      feeds.add(feed);
    }
    if (!feeds.isEmpty()) {
      requireOpenLabels();
    }
    requireDistinctAttributes();
    return feeds;
  }

  /** What becomes known of a subject could not move a prediction that a label has freed. */
  private void requireOpenLabels() {
    Cursor last = root.at("labels").at("final");
    if (last.text("").equals("true")) {
      last.refuse(
          "false, as attributes come by an input of their own",
          "true: a prediction that has a label is forgotten, and could not be moved",
          "remove one of them");
    }
  }

  private void requireDistinctAttributes() {
    Map<String, Cursor> firsts = new HashMap<>();
    for (Cursor place : root.at("attributes").items()) {
      place
          .at("fields")
          .at("attributes")
          .entries()
          .forEach(
              (name, attribute) -> {
                Cursor first = firsts.putIfAbsent(name, attribute);
                if (first != null) {
                  attribute.refuse(
                      "an attribute of one input",
                      name + ", which " + first.path() + " is too",
                      "remove it from one of them, or give it another name");
                }
              });
    }
  }

  private Set<String> topics() {
    Set<String> topics = new TreeSet<>();
    predictions().forEach(place -> topics.add(place.at("topic").text("?")));
    topics.add(root.at("labels").at("topic").text("?"));
    return topics;
  }

  private List<Cursor> predictions() {
    Cursor place = root.at("predictions");
    return place.isMapping() ? List.of(place) : place.items();
  }

  private Feed.Attributes feed(Cursor place) {
    Feed feed = FeedReader.feed(place);
    FieldsReader fields = new FieldsReader(place.at("fields"), feed.columns());
    Cursor known = place.at("fields").at("known");
    boolean byRecord = !known.isPresent() || known.text("").equals("record");
    if (byRecord && root.at("times").at("kafka_timestamps").text("").equals("ignored")) {
      known.refuse(
          "a path, as times.kafka_timestamps is ignored",
          "name the field that says when the attributes became known");
    }
    String subject = place.at("subject").text("?");
    for (Cursor predictions : predictions()) {
      Cursor subjects = predictions.at("fields").at("subjects");
      if (place.at("subject").isPresent()
          && predictions.at("fields").isMapping()
          && !subjects.entries().containsKey(subject)) {
        subjects.refuse(
            "the place of " + subject + ", as " + place.path() + ".subject names it",
            "say where the id of the " + subject + " is in a prediction");
      }
      Cursor selected = predictions.at("fields").at("review").at("selected");
      if (selected.isPresent()) {
        selected.refuse(
            "no selection, as attributes come by an input of their own",
            "predictions that are not selected are forgotten at once, and could not be moved",
            "remove one of them");
      }
    }
    return new Feed.Attributes(
        feed,
        subject,
        fields.id(),
        byRecord ? Optional.empty() : fields.optionalTime("known"),
        fields.optionalTime("since"),
        fields.optionalPath("sequence"),
        fields.attributes(),
        place.at("wait").isPresent() ? place.at("wait").span(Span.HOUR).millis() : 0);
  }

  /**
   * The attributes of the subgroups in one feed of predictions: its own, and in their places those
   * that come from elsewhere.
   */
  List<Attribute> chosen(Cursor feed, List<Attribute> mapped) {
    List<String> elsewhere = elsewhere();
    List<String> names = new ArrayList<>(mapped.stream().map(Attribute::name).toList());
    names.addAll(elsewhere);
    List<Attribute> chosen = new ArrayList<>();
    for (Cursor item : root.at("subgroups").at("attributes").items()) {
      String name = item.text("?");
      int index = names.indexOf(name);
      if (index >= 0 && index < mapped.size()) {
        chosen.add(mapped.get(index));
      } else if (index >= 0) {
        chosen.add(new Attribute(name, Fields.FieldPath.of(name), new Coding.Elsewhere()));
      } else if (item.isPresent() && feed.at("fields").isMapping()) {
        item.refuse(
            "an attribute of "
                + feed.path()
                + ".fields.attributes ("
                + String.join(", ", names)
                + ")",
            Suggestion.nearest(name, names)
                .map(near -> "did you mean " + near + "?")
                .orElse("map it there"));
      }
      if (elsewhere.contains(name) && index < mapped.size() && index >= 0) {
        item.refuse(
            "an attribute of one input",
            name + ", which predictions have and " + root.at("attributes").path() + " too",
            "remove it from one of them");
      }
    }
    return chosen.stream().distinct().toList();
  }

  private List<String> elsewhere() {
    List<String> names = new ArrayList<>();
    for (Cursor place : root.at("attributes").items()) {
      names.addAll(place.at("fields").at("attributes").entries().keySet());
    }
    return names;
  }
}
