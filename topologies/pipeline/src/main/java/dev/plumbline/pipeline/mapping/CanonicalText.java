package dev.plumbline.pipeline.mapping;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one text of a value, whatever its format and type: 42, "42", 42.0 and, where the format has
 * no types, 42.0 in a column are all {@code 42} (FLOW section 2).
 */
final class CanonicalText {

  private static final Pattern WHOLE_WITH_POINT = Pattern.compile("-?[0-9]+\\.0+");

  private CanonicalText() {}

  /** The text; empty of values that have none: absent, null, NaN, infinite, times, compounds. */
  static Optional<String> of(Value value) {
    if (value instanceof Value.Text text) {
      return Optional.of(text.text());
    }
    if (value instanceof Value.Bare bare) {
      return Optional.of(ofBare(bare.text()));
    }
    if (value instanceof Value.Whole whole) {
      return Optional.of(Long.toString(whole.number()));
    }
    if (value instanceof Value.Truth truth) {
      return Optional.of(Boolean.toString(truth.value()));
    }
    if (value instanceof Value.Real real && Double.isFinite(real.number())) {
      return Optional.of(ofDecimal(BigDecimal.valueOf(real.number())));
    }
    if (value instanceof Value.Day day) {
      return Optional.of(LocalDate.ofEpochDay(day.epochDay()).toString());
    }
    return value instanceof Value.Exact exact
        ? Optional.of(ofDecimal(exact.number()))
        : Optional.empty();
  }

  static String ofBare(String text) {
    return text.endsWith("0") && WHOLE_WITH_POINT.matcher(text).matches()
        ? text.substring(0, text.indexOf('.'))
        : text;
  }

  private static String ofDecimal(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }
}
