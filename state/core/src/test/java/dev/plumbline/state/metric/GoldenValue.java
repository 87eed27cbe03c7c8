package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * An expected value of a golden entry, taken apart field by field. A field that was not compared is
 * a failure: nothing is skipped by accident.
 */
final class GoldenValue {

  /** Most distance of the decimal logarithms of two p-values (METRICS 13). */
  static final double P_TOLERANCE = 1e-6;

  /** Where comparisons of one entry are booked. */
  static final class Book {
    private final double tolerance;
    private final List<String> failures = new ArrayList<>();
    private Optional<String> reason = Optional.empty();
    private int compared;

    Book(double tolerance) {
      this.tolerance = tolerance;
    }

    int compared() {
      return compared;
    }

    List<String> failures() {
      return failures;
    }

    void fail(String what) {
      failures.add(what);
    }

    /** The entry cannot be computed by this product, for a reason that is listed. */
    void notApplicable(String why) {
      reason = Optional.of(why);
    }

    Optional<String> reason() {
      return reason;
    }
  }

  private final JsonNode expected;
  private final String path;
  private final Book book;
  private final Set<String> seen = new TreeSet<>();

  GoldenValue(JsonNode expected, String path, Book book) {
    this.expected = expected;
    this.path = path;
    this.book = book;
  }

  /** Compares all fields of this object; those that remain are failures. */
  void fields(Consumer<GoldenValue> comparisons) {
    if (!expected.isObject()) {
      book.fail(path + ": expected an object, was " + expected);
      return;
    }
    comparisons.accept(this);
    expected
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!seen.contains(name)) {
                book.fail(path + "." + name + ": unknown field");
              }
            });
  }

  boolean has(String name) {
    return expected.has(name);
  }

  /** Names of all fields, in their order. */
  List<String> names() {
    List<String> names = new ArrayList<>();
    Iterator<String> fields = expected.fieldNames();
    fields.forEachRemaining(names::add);
    return names;
  }

  /** A field of this object; null if it is absent, which is the same. */
  GoldenValue at(String name) {
    seen.add(name);
    return new GoldenValue(expected.path(name), path + "." + name, book);
  }

  GoldenValue at(int index) {
    return new GoldenValue(expected.path(index), path + "[" + index + "]", book);
  }

  void is(OptionalDouble actual) {
    book.compared++;
    if (expected.isNull() || expected.isMissingNode()) {
      if (actual.isPresent()) {
        book.fail(path + ": expected undefined, was " + actual.getAsDouble());
      }
    } else if (!expected.isNumber() || actual.isEmpty()) {
      book.fail(path + ": expected " + expected + ", was " + actual);
    } else if (!(Math.abs(expected.asDouble() - actual.getAsDouble()) <= book.tolerance)) {
      book.fail(path + ": expected " + expected + ", was " + actual.getAsDouble());
    }
  }

  void is(double actual) {
    is(OptionalDouble.of(actual));
  }

  /** Compares a p-value by its decimal logarithm; 0 must be 0. */
  void pValue(double actual, double tolerance) {
    book.compared++;
    double p = expected.asDouble(Double.NaN);
    boolean isSame =
        p == 0
            ? actual == 0
            : Math.abs(StrictMath.log10(p) - StrictMath.log10(actual)) <= tolerance;
    if (!isSame) {
      book.fail(path + ": expected " + expected + ", was " + actual);
    }
  }

  void is(Proportion actual) {
    is(actual.value());
  }

  void is(Estimate actual) {
    is(actual.value());
  }

  void is(Optional<Double> actual) {
    is(actual.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
  }

  void is(long actual) {
    book.compared++;
    if (!expected.isIntegralNumber() || expected.asLong() != actual) {
      book.fail(path + ": expected " + expected + ", was " + actual);
    }
  }

  void is(boolean actual) {
    book.compared++;
    if (!expected.isBoolean() || expected.asBoolean() != actual) {
      book.fail(path + ": expected " + expected + ", was " + actual);
    }
  }

  void is(String actual) {
    book.compared++;
    if (!expected.isTextual() || !expected.asText().equals(actual)) {
      book.fail(path + ": expected " + expected + ", was \"" + actual + "\"");
    }
  }

  /** A name, written as text or as a number. */
  void isText(String actual) {
    book.compared++;
    if (!expected.asText().equals(actual)) {
      book.fail(path + ": expected " + expected + ", was \"" + actual + "\"");
    }
  }

  /** A list of counts of exactly this length. */
  void is(long[] actual) {
    if (!expected.isArray() || expected.size() != actual.length) {
      book.fail(path + ": expected " + expected + ", was a list of " + actual.length);
      return;
    }
    for (int i = 0; i < actual.length; i++) {
      at(i).is(actual[i]);
    }
  }

  /** A list of lists of counts. */
  void is(List<List<Long>> actual) {
    if (!expected.isArray() || expected.size() != actual.size()) {
      book.fail(path + ": expected " + expected + ", was a list of " + actual.size());
      return;
    }
    for (int i = 0; i < actual.size(); i++) {
      at(i).is(actual.get(i).stream().mapToLong(Long::longValue).toArray());
    }
  }

  void is(Confusion actual) {
    fields(
        cells -> {
          cells.at("tp").is(actual.tp());
          cells.at("fp").is(actual.fp());
          cells.at("fn").is(actual.fn());
          cells.at("tn").is(actual.tn());
        });
  }

  /** Low and high as two fields of this object; both undefined if there is no interval. */
  void interval(String low, String high, Optional<Interval> actual) {
    at(low).is(actual.map(Interval::low));
    at(high).is(actual.map(Interval::high));
  }
}
