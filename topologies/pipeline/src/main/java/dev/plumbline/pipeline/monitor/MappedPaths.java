package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The paths into its values that a feed maps, by the place in the monitor file that names them. Ids
 * that are in record keys or headers have none.
 */
public final class MappedPaths {

  private final Map<String, String> paths = new LinkedHashMap<>();

  private MappedPaths() {}

  /**
   * Those of a feed of predictions, such as {@code predictions.fields.id: application.id}.
   *
   * @param feed its number
   */
  public static Map<String, String> ofPredictions(Monitor monitor, int feed) {
    String place = monitor.predictions().size() == 1 ? "predictions" : "predictions[" + feed + "]";
    return of(place, monitor.predictions().get(feed));
  }

  private static Map<String, String> of(String place, Feed.Predictions feed) {
    MappedPaths mapped = new MappedPaths();
    String fields = place + ".fields.";
    mapped.addConditions(place + ".where", feed.feed().selection());
    mapped.add(fields + "id", feed.id());
    mapped.add(fields + "time", feed.time().path());
    mapped.add(fields + "model", feed.model());
    mapped.add(fields + "version", feed.version());
    feed.score().ifPresent(score -> mapped.add(fields + "score", score.path()));
    feed.decision().ifPresent(decision -> mapped.add(fields + "decision", decision.path()));
    feed.review().acted().ifPresent(acted -> mapped.add(fields + "acted", acted.path()));
    feed.review().stratum().ifPresent(of -> mapped.add(fields + "review.stratum", of.path()));
    for (Selection.Condition.OfField field : feed.review().selected()) {
      mapped.add(fields + "review.selected." + field.path().text(), field.path());
    }
    feed.sequence().ifPresent(path -> mapped.add(fields + "sequence", path));
    feed.subjects().forEach((name, id) -> mapped.add(fields + "subjects." + name, id));
    mapped.add(fields, feed.attributes());
    return mapped.paths;
  }

  /** Those of an input of attributes. */
  public static Map<String, String> of(Monitor monitor, Feed.Attributes feed) {
    MappedPaths mapped = new MappedPaths();
    String place = "attributes[" + monitor.attributes().indexOf(feed) + "]";
    String fields = place + ".fields.";
    mapped.addConditions(place + ".where", feed.feed().selection());
    mapped.add(fields + "id", feed.id());
    feed.known().ifPresent(time -> mapped.add(fields + "known", time.path()));
    feed.since().ifPresent(time -> mapped.add(fields + "since", time.path()));
    feed.sequence().ifPresent(path -> mapped.add(fields + "sequence", path));
    mapped.add(fields, feed.attributes());
    return mapped.paths;
  }

  private void add(String fields, List<Fields.Attribute> attributes) {
    for (Fields.Attribute attribute : attributes) {
      if (!(attribute.coding() instanceof Fields.Coding.Elsewhere)) {
        add(fields + "attributes." + attribute.name(), attribute.path());
      }
    }
  }

  /** Those of the labels. */
  public static Map<String, String> of(Feed.Labels feed) {
    MappedPaths mapped = new MappedPaths();
    String fields = "labels.fields.";
    mapped.addConditions("labels.where", feed.feed().selection());
    mapped.add(fields + "id", feed.id());
    feed.known().ifPresent(time -> mapped.add(fields + "known", time.path()));
    feed.happened().ifPresent(time -> mapped.add(fields + "happened", time.path()));
    feed.sequence().ifPresent(path -> mapped.add(fields + "sequence", path));
    mapped.add(fields + "label", feed.label().path());
    return mapped.paths;
  }

  private void addConditions(String place, Selection selection) {
    for (Selection.Condition condition : selection.where()) {
      if (condition instanceof Selection.Condition.OfField field) {
        add(place + "." + field.path().text(), field.path());
      }
    }
  }

  private void add(String place, IdSource id) {
    if (id instanceof IdSource.Paths several) {
      for (int i = 0; i < several.paths().size(); i++) {
        add(several.paths().size() == 1 ? place : place + "[" + i + "]", several.paths().get(i));
      }
    }
  }

  private void add(String place, Fields.Origin origin) {
    if (origin instanceof Fields.Origin.At at) {
      add(place, at.path());
    }
  }

  private void add(String place, FieldPath path) {
    paths.put(place, path.text());
  }
}
