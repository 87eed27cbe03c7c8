package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.correlation.Correlation;
import dev.plumbline.state.metric.correlation.CorrelationShift;
import dev.plumbline.state.metric.correlation.DataRatio;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Golden values of correlation shift (METRICS 3). */
final class GoldenCorrelationChecks {

  private static final Pattern EQUAL = Pattern.compile("(\\w+)==(.*)");

  private GoldenCorrelationChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "(y,z)-correlation and shift",
        GoldenCorrelationChecks::shift,
        "pre-processing data ratio (z1y1,z0y1,z1y0,z0y0)",
        GoldenCorrelationChecks::ratio,
        "DP gap of an equalized-odds predictor",
        GoldenCorrelationChecks::equalizedOdds);
  }

  private static Correlation table(GoldenEntry entry, String side) {
    if (entry.json().path("inputs").has("file")) {
      Matcher value = EQUAL.matcher(entry.json().path("inputs").path("z").asText());
      if (!value.matches()) {
        throw new IllegalArgumentException("unknown filter z in " + entry.json().path("inputs"));
      }
      return entry
          .rows(side)
          .merged(part -> count(part, value.group(1), value.group(2)), Correlation::merge);
    }
    return table(entry.inline().path(side), 1);
  }

  private static Correlation count(GoldenRows part, String column, String value) {
    Correlation counts = Correlation.EMPTY;
    for (Map<String, String> row : part.rows()) {
      boolean isOfValue = GoldenRows.cell(row, column).equals(value);
      counts = counts.merge(Correlation.of(GoldenRows.label(row) == 1, isOfValue));
    }
    return counts;
  }

  private static Correlation table(JsonNode list, long records) {
    long[] n = new long[4];
    for (int i = 0; i < n.length; i++) {
      n[i] = Math.round(list.path(i).asDouble() * records);
    }
    return new Correlation(n[0], n[1], n[2], n[3]);
  }

  private static void shift(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("train", "deploy");
    CorrelationShift shift = new CorrelationShift(table(entry, "train"), table(entry, "deploy"));
    counts(new GoldenValue(entry.param("train"), "train", book), shift.reference());
    counts(new GoldenValue(entry.param("deploy"), "deploy", book), shift.window());
    entry
        .value(book)
        .fields(
            value -> {
              table(value.at("train"), shift.reference());
              table(value.at("deploy"), shift.window());
              shift(value, shift);
              bounds(value, shift);
            });
  }

  private static void counts(GoldenValue expected, Correlation table) {
    expected.is(new long[] {table.n11(), table.n10(), table.n01(), table.n00()});
  }

  private static void table(GoldenValue expected, Correlation table) {
    expected.fields(
        value -> {
          value.at("c").is(table.slope());
          value.at("phi").is(table.phi());
          value.at("p_y1").is(table.positives());
          value.at("p_z1").is(table.ofValue());
          value.at("p_y1_z1").is(table.positivesOfValue());
          value.at("p_y1_z0").is(table.positivesOfOthers());
        });
  }

  private static void shift(GoldenValue value, CorrelationShift shift) {
    value.at("shift_c").is(shift.slope());
    value.at("abs_shift_c").is(Math.abs(shift.slope().getAsDouble()));
    value.at("shift_phi").is(shift.phi());
    value.at("se_shift_c").is(shift.standardError());
    value.at("z").is(shift.z());
    value.at("p_two_sided").pValue(shift.pValue().getAsDouble(), GoldenValue.P_TOLERANCE);
    interval(value.at("newcombe_train"), shift.reference());
    interval(value.at("newcombe_deploy"), shift.window());
  }

  private static void interval(GoldenValue expected, Correlation table) {
    Interval interval = table.slopeInterval().orElseThrow();
    expected.at(0).is(interval.low());
    expected.at(1).is(interval.high());
  }

  private static void bounds(GoldenValue value, CorrelationShift shift) {
    Correlation window = shift.window();
    value.at("dp_gap_of_perfect_classifier_train").is(shift.reference().slope());
    value.at("dp_gap_of_perfect_classifier_deploy").is(window.slope());
    value.at("acc_upper_bound_if_dp_zero_deploy").is(window.accuracyAt(0));
    double gap = Math.copySign(0.05, window.slope().getAsDouble());
    value.at("acc_upper_bound_if_dp_0_05_deploy").is(window.accuracyAt(gap));
  }

  /** Shares of the edge cases are of a hundred records. */
  private static void ratio(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("w", "target_corr", "gamma1", "gamma2");
    Correlation training =
        entry.inline().has("w") ? table(entry.inline().path("w"), 100) : table(entry, "train");
    Optional<DataRatio> ratio =
        DataRatio.of(
            training,
            entry.param("target_corr").asDouble(),
            entry.param("gamma1").asDouble(),
            entry.param("gamma2").asDouble());
    if (ratio.isEmpty()) {
      entry.value(book).is(OptionalDouble.empty());
      return;
    }
    list(new GoldenValue(entry.param("w"), "w", book), doubles(ratio.get().before()));
    entry
        .value(book)
        .fields(
            value -> {
              list(value.at("w_new"), doubles(ratio.get().after()));
              value.at("objective").is(ratio.get().objective());
              if (value.has("example_weight")) {
                list(value.at("example_weight"), ratio.get().weights());
                list(value.at("keep_fraction"), ratio.get().keep());
              }
              value.names().stream().filter(name -> name.startsWith("sdp_")).forEach(value::at);
            });
  }

  private static List<OptionalDouble> doubles(List<Double> values) {
    return values.stream().map(OptionalDouble::of).toList();
  }

  private static void list(GoldenValue expected, List<OptionalDouble> actual) {
    for (int i = 0; i < actual.size(); i++) {
      expected.at(i).is(actual.get(i));
    }
  }

  private static void equalizedOdds(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode inputs = entry.withParams().inline();
    double slope = inputs.path("p_y1_z1").asDouble() - inputs.path("p_y1_z0").asDouble();
    entry
        .value(book)
        .is(
            Correlation.gapOfEqualizedOdds(
                inputs.path("tpr").asDouble(), inputs.path("fpr").asDouble(), slope));
  }
}
