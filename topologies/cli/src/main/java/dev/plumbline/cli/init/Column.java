package dev.plumbline.cli.init;

import dev.plumbline.pipeline.mapping.Inspection;
import dev.plumbline.pipeline.mapping.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A place of records with all of its values in a sample.
 *
 * @param place as the monitor file writes it: a path, or {@code {key: text}}
 * @param isField whether it is a path into the value of records
 * @param texts by event; empty where there is none
 * @param present events that have a value
 * @param counts by text, most frequent first; at most {@link #MOST_COUNTED}
 * @param numbers ascending; empty unless nearly all values are numbers
 * @param time if the values are times
 */
@SuppressWarnings("ArrayRecordComponent") // long columns; nobody compares them
record Column(
    String place,
    boolean isField,
    List<Optional<String>> texts,
    int present,
    Map<String, Integer> counts,
    double[] numbers,
    Optional<TimeColumn> time) {

  /** Beyond, values are told apart by their number alone. */
  static final int MOST_COUNTED = 200_000;

  private static final double NEARLY_ALL = 0.99;

  static Column of(String place, boolean isField, List<Value> values, List<Event> events) {
    List<Optional<String>> texts = new ArrayList<>(values.size());
    Map<String, Integer> counts = new HashMap<>();
    double[] numbers = new double[values.size()];
    int numeric = 0;
    int present = 0;
    for (Value value : values) {
      Optional<String> text = Inspection.isThere(value) ? Inspection.text(value) : Optional.empty();
      texts.add(text);
      present += Inspection.isThere(value) ? 1 : 0;
      if (text.isPresent() && (counts.size() < MOST_COUNTED || counts.containsKey(text.get()))) {
        counts.merge(text.get(), 1, Integer::sum);
      }
      OptionalDouble number = Inspection.number(value);
      if (number.isPresent() && Double.isFinite(number.getAsDouble())) {
        numbers[numeric++] = number.getAsDouble();
      }
    }
    boolean isNumeric = numeric > 0 && numeric >= NEARLY_ALL * present;
    double[] sorted = Arrays.copyOf(numbers, isNumeric ? numeric : 0);
    Arrays.sort(sorted);
    return new Column(
        place, isField, texts, present, counts, sorted, TimeColumn.of(values, events));
  }

  /** Share of the events that have a value. */
  double share() {
    return texts.isEmpty() ? 0 : (double) present / texts.size();
  }

  int distinct() {
    return counts.size();
  }

  boolean isNumeric() {
    return numbers.length > 0;
  }

  double low() {
    return numbers[0];
  }

  double high() {
    return numbers[numbers.length - 1];
  }

  /** The number that a text is; empty where it is none, as some may be in a column of numbers. */
  static OptionalDouble number(String text) {
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException notNumber) {
      return OptionalDouble.empty();
    }
  }

  boolean hasFractions() {
    return Arrays.stream(numbers).anyMatch(number -> number != Math.rint(number));
  }

  /** The values, the most frequent first. */
  List<String> values() {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The last step of the path. */
  String name() {
    return place.substring(place.lastIndexOf('.') + 1);
  }
}
