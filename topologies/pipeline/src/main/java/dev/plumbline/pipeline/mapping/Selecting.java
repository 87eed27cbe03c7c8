package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Selection;
import dev.plumbline.state.record.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

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
  private final BiFunction<Row, Incoming, Event> recipe;

  Selecting(Selection selection, Sieve sieve, BiFunction<Row, Incoming, Event> recipe) {
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
      return map(record, incoming, false);
    }
    Debezium.Change change = Debezium.change(record);
    return switch (change.kind()) {
      case UPSERT -> map(envelopes.of(change.envelope(), change.row()), incoming, false);
      case DELETION -> map(envelopes.of(change.envelope(), change.row()), incoming, true);
      case NONE -> Mapped.FILTERED;
    };
  }

  private Mapped map(Row row, Incoming incoming, boolean isDeletion) {
    if (!sieve.admits(row)) {
      return Mapped.FILTERED;
    }
    if (explode.isEmpty()) {
      return event(row, incoming, isDeletion);
    }
    FieldPath path = explode.get();
    List<Row> elements = row.elements(path).orElseThrow(() -> noList(row, path));
    if (elements.isEmpty()) {
      return Mapped.FILTERED;
    }
    List<Mapped> mapped = new ArrayList<>(elements.size());
    for (Row element : elements) {
      mapped.add(item(items.of(element, row), incoming, isDeletion, mapped.size()));
    }
    return new Mapped.Several(mapped);
  }

  private Mapped item(Row item, Incoming incoming, boolean isDeletion, int index) {
    if (!sieve.admitsItem(item)) {
      return Mapped.FILTERED;
    }
    try {
      return event(item, incoming, isDeletion);
    } catch (Refusal refusal) {
      Mapped.Rejected rejected = refusal.rejected();
      return new Mapped.Rejected(
          rejected.reason(), Selection.ITEM + " " + index + ": " + rejected.detail());
    }
  }

  private Mapped event(Row row, Incoming incoming, boolean isDeletion) {
    return isDeletion ? deleted() : new Mapped.Admitted(recipe.apply(row, incoming));
  }

  /** What the end of a row means for the event that it was: nothing can be taken back so far. */
  private static Mapped deleted() {
    return Mapped.FILTERED;
  }

  private static Refusal noList(Row row, FieldPath path) {
    Value value = row.at(path);
    return FieldReading.isMissing(value)
        ? Refusal.missing(path, "a list", value)
        : Refusal.wrongType(path, "a list", value);
  }
}
