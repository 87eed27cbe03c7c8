package dev.plumbline.pipeline.mapping;

import dev.plumbline.pipeline.monitor.Feed;
import dev.plumbline.pipeline.monitor.Fields.CodedField;
import dev.plumbline.pipeline.monitor.Fields.FieldPath;
import dev.plumbline.pipeline.monitor.Fields.Origin;
import dev.plumbline.state.record.Event;
import dev.plumbline.state.record.IdHash;
import dev.plumbline.state.record.Label;
import dev.plumbline.state.record.RejectReason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads required values of a row; each method refuses the record if it cannot. */
final class FieldReading {

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private FieldReading() {}

  static String text(Row row, FieldPath path) {
    return text(row.at(path), path);
  }

  static IdHash id(Row row, FieldPath path, IdHash.Key key) {
    return IdHash.of(key, text(row.uniqueAt(path), path));
  }

  private static String text(Value value, FieldPath path) {
    requirePresent(value, path, "a text or a number");
    return CanonicalText.of(value)
        .orElseThrow(() -> Refusal.wrongType(path, "a text or a number", value));
  }

  static String text(Row row, Origin origin) {
    return origin instanceof Origin.At at
        ? text(row, at.path())
        : ((Origin.Constant) origin).value();
  }

  static boolean isMissing(Value value) {
    return value instanceof Value.Absent
        || value instanceof Value.Null
        || (value instanceof Value.Text text && text.text().isEmpty());
  }

  private static void requirePresent(Value value, FieldPath path, String expected) {
    if (isMissing(value)) {
      throw value instanceof Value.Text
          ? Refusal.at(path, RejectReason.MISSING_FIELD, expected, "empty")
          : Refusal.missing(path, expected, value);
    }
  }

  static long sequence(Row row, Optional<FieldPath> path) {
    if (path.isEmpty()) {
      return Event.NO_SEQUENCE;
    }
    String text = text(row, path.get());
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notWhole) {
      throw Refusal.wrongType(path.get(), "a whole number of 64 bits", row.at(path.get()));
    }
  }

  /** A number; of an untyped text that is none, NaN. */
  static double number(Row row, FieldPath path) {
    Value value = row.at(path);
    requirePresent(value, path, "a number");
    return number(value).orElseThrow(() -> Refusal.wrongType(path, "a number", value));
  }

  static OptionalDouble number(Value value) {
    if (value instanceof Value.Real real) {
      return OptionalDouble.of(real.number());
    }
    if (value instanceof Value.Whole whole) {
      return OptionalDouble.of((double) whole.number());
    }
    if (value instanceof Value.Exact exact) {
      return OptionalDouble.of(exact.number().doubleValue());
    }
    if (value instanceof Value.Bare bare) {
      boolean isNumber = NUMBER.matcher(bare.text()).matches();
      return OptionalDouble.of(isNumber ? Double.parseDouble(bare.text()) : Double.NaN);
    }
    return OptionalDouble.empty();
  }

  /** A field of two classes, compiled. */
  record Classes(FieldPath path, Map<String, Integer> codes, String expected) {

    static Classes of(CodedField field, String positive) {
      Map<String, Integer> codes = new HashMap<>();
      field.map().forEach((value, name) -> codes.put(value, code(name, positive)));
      field
          .map()
          .forEach(
              (value, name) ->
                  codes.putIfAbsent(CanonicalText.ofBare(value), code(name, positive)));
      String expected = "one of " + String.join(", ", field.map().keySet());
      return new Classes(field.path(), codes, expected);
    }

    private static int code(String name, String positive) {
      return switch (name) {
        case Feed.Labels.IGNORED -> Label.IGNORED;
        case Feed.Labels.WITHDRAWN -> Label.WITHDRAWN;
        default -> name.equals(positive) ? 1 : 0;
      };
    }

    /** 1 for the positive class, 0 for the other; of labels also ignored and withdrawn. */
    int code(Row row) {
      Integer code = codes.get(text(row, path));
      if (code == null) {
        String came = "another value (" + row.at(path).kind() + ")";
        throw Refusal.at(path, RejectReason.UNMAPPED_VALUE, expected, came);
      }
      return code;
    }
  }
}
