package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Fields.TimeField;
import dev.plumbline.pipeline.monitor.TimeForm;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Records as the mapping will see them, before a monitor file says what they mean. */
public final class Inspection {

  private static final FieldPath ANY = FieldPath.of("field");

  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]{1,3})?");

  private Inspection() {}

  /** Whether there is a value: not null, and no empty text. */
  public static boolean isThere(Value value) {
    return !FieldReading.isMissing(value);
  }

  /** The text that a map or an id of the monitor file compares; empty of what has none. */
  public static Optional<String> text(Value value) {
    return CanonicalText.of(value);
  }

  /** The number that a score or bins would read. */
  public static OptionalDouble number(Value value) {
    if (value instanceof Value.Bare || value instanceof Value.Text) {
      String text = CanonicalText.of(value).orElse("");
      return DECIMAL.matcher(text).matches()
          ? OptionalDouble.of(Double.parseDouble(text))
          : OptionalDouble.empty();
    }
    return FieldReading.number(value);
  }

  /** Epoch milliseconds, if the value is a time of this form. */
  public static OptionalLong time(Value value, TimeForm form) {
    try {
      return OptionalLong.of(Moments.millis(value, new TimeField(ANY, form)));
    } catch (Refusal noTime) {
      return OptionalLong.empty();
    }
  }

  /**
   * The row that {@code envelope: debezium} would read, with its envelope; empty where the record
   * is no change, or a deletion.
   */
  public static Optional<Row> changed(Row record) {
    try {
      Debezium.Change change = Debezium.change(Debezium.payload(record));
      return change.kind() == Debezium.Kind.UPSERT
          ? Optional.of(new Scope(Scope.ENVELOPE).of(change.envelope(), change.row()))
          : Optional.empty();
    } catch (Refusal noChange) {
      return Optional.empty();
    }
  }
}
