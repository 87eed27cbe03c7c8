package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the events in the records of a feed that has conditions, an envelope or a list to explode.
 * Not safe for use by several threads.
 */
final class Selecting {

  private final Sieve sieve;
  private final boolean isDebezium;
  private final Optional<FieldPath> explode;
  private final Scope items = new Scope(Scope.ITEM);
  private final Scope envelopes = new Scope(Scope.ENVELOPE);
  private final Recipe recipe;

  Selecting(Selection selection, Sieve sieve, Recipe recipe) {
    this.sieve = sieve;
    this.isDebezium = selection.isDebezium();
    this.explode = selection.explode();
    this.recipe = recipe;
  }

  /** What a record means; refuses it as a whole where that cannot be said. */
  Mapped map(Row record, Incoming incoming) {
    if (!sieve.admitsType(record)) {
      return Mapped.FILTERED;
    }
    if (!isDebezium) {
      return map(record, row -> admitted(row, incoming));
    }
    Debezium.Change change = Debezium.change(record);
    Row row = envelopes.of(change.envelope(), change.row());
    return switch (change.kind()) {
      case UPSERT -> map(row, one -> admitted(one, incoming));
      case DELETION -> map(row, one -> recipe.deletion(change, one, incoming));
      case NONE -> Mapped.FILTERED;
    };
  }

  private Mapped admitted(Row row, Incoming incoming) {
    return new Mapped.Admitted(recipe.event(row, incoming));
  }

  private Mapped map(Row row, Function<Row, Mapped> meaning) {
    if (!sieve.admits(row)) {
      return Mapped.FILTERED;
    }
    if (explode.isEmpty()) {
      return meaning.apply(row);
    }
    FieldPath path = explode.get();
    List<Row> elements = row.elements(path).orElseThrow(() -> noList(row, path));
    if (elements.isEmpty()) {
      return Mapped.FILTERED;
    }
    List<Mapped> mapped = new ArrayList<>(elements.size());
    for (Row element : elements) {
      mapped.add(item(items.of(element, row), meaning, mapped.size()));
    }
    return new Mapped.Several(mapped);
  }

  private Mapped item(Row item, Function<Row, Mapped> meaning, int index) {
    if (!sieve.admitsItem(item)) {
      return Mapped.FILTERED;
    }
    try {
      return meaning.apply(item);
    } catch (Refusal refusal) {
      Mapped.Rejected rejected = refusal.rejected();
      return new Mapped.Rejected(
          rejected.reason(), Selection.ITEM + " " + index + ": " + rejected.detail());
    }
  }

  private static Refusal noList(Row row, FieldPath path) {
    Value value = row.at(path);
    return FieldReading.isMissing(value)
        ? Refusal.missing(path, "a list", value)
        : Refusal.wrongType(path, "a list", value);
  }
}
