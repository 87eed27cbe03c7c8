package dev.plumbline.pipeline.monitor;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Selection.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads which records of a topic are of a feed.
 *
 * @param place the place of the feed
 * @param columns of a CSV feed; where there are any, every field must be one of them
 */
record SelectionReader(Cursor place, Feed.Format format, List<String> columns) {

  private static final String HEADER = "header";
  private static final String TYPE = "record";

  Selection selection() {
    Cursor explode = place.at("explode");
    Cursor envelope = place.at("envelope");
    List.of(explode, envelope, place.at("where").at(TYPE)).forEach(this::refuseInColumns);
    Optional<FieldPath> list =
        explode.isPresent()
            ? Optional.of(new FieldsReader(place, List.of()).path("explode"))
            : Optional.empty();
    return new Selection(conditions(), list, envelope.isPresent());
  }

  private void refuseInColumns(Cursor one) {
    if (one.isPresent() && format == Feed.Format.CSV) {
      one.refuse("nothing here, as the format is csv", "remove it");
    }
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    place
        .at("where")
        .entries()
        .forEach(
            (key, value) -> {
              if (key.equals(HEADER)) {
                value
                    .entries()
                    .forEach(
                        (name, texts) ->
                            conditions.add(
                                new Condition.OfHeader(name, FieldsReader.texts(texts))));
              } else if (key.equals(TYPE)) {
                conditions.add(new Condition.OfType(FieldsReader.texts(value)));
              } else {
                FieldPath path = new FieldsReader(place, columns).path(value, key);
                conditions.add(new Condition.OfField(path, FieldsReader.texts(value)));
              }
            });
    return conditions;
  }
}
