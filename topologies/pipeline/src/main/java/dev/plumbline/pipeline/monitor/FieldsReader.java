package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.Attribute;
import dev.plumbline.pipeline.monitor.Fields.CodedField;
import dev.plumbline.pipeline.monitor.Fields.Coding;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Fields.Origin;
import dev.plumbline.pipeline.monitor.Fields.Review;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.pipeline.monitor.Selection.Condition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the {@code fields} of one feed.
 *
 * @param fields the place of the mapping
 * @param columns of a CSV feed; where there are any, every field must be one of them
 */
record FieldsReader(Cursor fields, List<String> columns) {

  FieldPath path(String key) {
    return path(fields.at(key));
  }

  Optional<FieldPath> optionalPath(String key) {
    return fields.at(key).isPresent() ? Optional.of(path(key)) : Optional.empty();
  }

  private FieldPath path(Cursor place) {
    return path(place, place.text("?"));
  }

  /** A path that is given; what is wrong with it is reported at a place. */
  FieldPath path(Cursor place, String text) {
    if (place.isPresent() && !columns.isEmpty() && !columns.contains(text)) {
      place.refuse("one of the columns", Suggestion.remedy(text, columns));
    }
    if (place.isPresent() && FieldPath.of(text).steps().contains("")) {
      place.refuse("a path whose steps are not empty, such as model.name", "");
    }
    return FieldPath.of(text);
  }

  IdSource id() {
    return id(fields.at("id"));
  }

  /** Whom a record is about, by name. */
  Map<String, IdSource> subjects() {
    Map<String, IdSource> subjects = new LinkedHashMap<>();
    fields.at("subjects").entries().forEach((name, place) -> subjects.put(name, id(place)));
    return subjects;
  }

  private IdSource id(Cursor place) {
    if (place.isMapping()) {
      return foreignId(place);
    }
    List<Cursor> items = place.items();
    return new IdSource.Paths(
        items.isEmpty() ? List.of(path(place)) : items.stream().map(this::path).toList());
  }

  /* Columns are of the value: what a key holds may have any name. */
  private static IdSource foreignId(Cursor place) {
    Cursor key = place.at("key");
    Cursor header = place.at("header");
    Cursor field = place.at("field");
    if (key.isPresent() == header.isPresent() && key.isSound() && header.isSound()) {
      place.refuse("a key or a header", key.isPresent() ? "remove one of them" : "add one of them");
    }
    if (!key.isPresent()) {
      return new IdSource.Header(header.text("?"));
    }
    String form = key.text("text").toUpperCase(Locale.ROOT);
    boolean hasFields =
        Arrays.stream(IdSource.KeyFormat.values()).anyMatch(one -> one.name().equals(form));
    if (hasFields != field.isPresent() && field.isSound()) {
      place.refuse(
          hasFields ? "a field of the key" : "no field, as the key is one value",
          hasFields ? "add the path of the id within the key" : "remove it");
    }
    return hasFields
        ? new IdSource.KeyField(
            IdSource.KeyFormat.valueOf(form), new FieldsReader(place, List.of()).path("field"))
        : new IdSource.Key(IdSource.KeyForm.valueOf(form));
  }

  Origin origin(String key, String fallback) {
    Cursor place = fields.at(key);
    if (place.isMapping()) {
      return new Origin.Constant(place.at("constant").text("?"));
    }
    return place.isPresent() ? new Origin.At(path(place)) : new Origin.Constant(fallback);
  }

  TimeField time(String key) {
    Cursor place = fields.at(key);
    FieldPath path = path(place.isMapping() ? place.at("field") : place);
    return new TimeField(path, new TimeFormReader(place).form());
  }

  Optional<TimeField> optionalTime(String key) {
    return fields.at(key).isPresent() ? Optional.of(time(key)) : Optional.empty();
  }

  CodedField coded(String key) {
    Cursor place = fields.at(key);
    return new CodedField(path(place.at("field")), map(place.at("map")));
  }

  private static Map<String, String> map(Cursor place) {
    Map<String, String> map = new LinkedHashMap<>();
    place.entries().forEach((value, name) -> map.put(value, name.text("?")));
    return map;
  }

  List<Attribute> attributes() {
    List<Attribute> attributes = new ArrayList<>();
    fields
        .at("attributes")
        .entries()
        .forEach((name, place) -> attributes.add(attribute(name, place)));
    return attributes;
  }

  /** Who has a label at all. */
  Review review() {
    Cursor place = fields.at("review");
    Cursor stratum = place.at("stratum");
    if (stratum.isPresent() && !stratum.at("map").isPresent() && !stratum.at("bins").isPresent()) {
      stratum.refuse(
          "a map or bins, which name the strata",
          "such as {field: risk, map: {hi: high, lo: low}}");
    }
    List<Condition.OfField> selected = new ArrayList<>();
    place
        .at("selected")
        .entries()
        .forEach(
            (key, texts) -> selected.add(new Condition.OfField(path(texts, key), texts(texts))));
    return new Review(
        fields.at("acted").isPresent() ? Optional.of(coded("acted")) : Optional.empty(),
        stratum.isPresent() ? Optional.of(attribute("stratum", stratum)) : Optional.empty(),
        selected);
  }

  /** One text or a list of them. */
  static Set<String> texts(Cursor place) {
    List<String> listed = place.distinctTexts();
    return listed.isEmpty() ? Set.of(place.text("?")) : Set.copyOf(listed);
  }

  private Attribute attribute(String name, Cursor place) {
    if (!place.isMapping()) {
      return new Attribute(name, path(place), new Coding.Plain());
    }
    Cursor bins = place.at("bins");
    Cursor map = place.at("map");
    if (bins.isPresent() && map.isPresent()) {
      place.refuse("bins or map", "both", "remove one of them");
    }
    FieldPath path = path(place.at("field"));
    if (bins.isPresent()) {
      return new Attribute(name, path, new Coding.Binned(edges(bins)));
    }
    Coding coding = map.isPresent() ? new Coding.Renamed(map(map)) : new Coding.Plain();
    return new Attribute(name, path, coding);
  }

  private static List<BigDecimal> edges(Cursor bins) {
    List<BigDecimal> edges = new ArrayList<>();
    for (Cursor item : bins.items()) {
      BigDecimal edge = item.isPresent() ? new BigDecimal(item.text("0")) : BigDecimal.ZERO;
      if (item.isPresent()
          && !edges.isEmpty()
          && edge.compareTo(edges.get(edges.size() - 1)) <= 0) {
        item.refuse("a number above the one before it", "");
      }
      edges.add(edge.signum() == 0 ? BigDecimal.ZERO : edge.stripTrailingZeros());
    }
    return edges;
  }
}
