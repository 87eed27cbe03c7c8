package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.fairness.Calibration;
import dev.plumbline.state.metric.fairness.DifferentialFairness;
import dev.plumbline.state.metric.fairness.Entropy;
import dev.plumbline.state.metric.fairness.GroupContrast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** Golden values of group fairness beyond fairlearn's (METRICS 8.2 to 8.5). */
final class GoldenFairnessChecks {

  private GoldenFairnessChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "group fairness (AIF360 definitions, unprivileged minus privileged)",
        GoldenFairnessChecks::contrast,
        "ECE, MCE per group; multicalibration alpha",
        GoldenFairnessChecks::calibration,
        "generalized entropy / Theil from cells",
        GoldenFairnessChecks::entropy,
        "generalized entropy from cells",
        GoldenFairnessChecks::entropy);
  }

  private static void contrast(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams(
        "attribute",
        "privileged",
        "favorable_label",
        "concentration",
        "cells_unprivileged",
        "cells_privileged");
    GroupContrast groups = groups(entry);
    new GoldenValue(entry.param("cells_unprivileged"), "unprivileged", book)
        .is(groups.unprivileged());
    new GoldenValue(entry.param("cells_privileged"), "privileged", book).is(groups.privileged());
    entry
        .value(book)
        .fields(
            value -> {
              differences(value, groups);
              inequality(value, List.of(groups.unprivileged(), groups.privileged()));
            });
  }

  private static GroupContrast groups(GoldenEntry entry) {
    String attribute = entry.param("attribute").asText();
    String privileged = entry.param("privileged").asText();
    boolean isRest = privileged.equals("rest");
    String value = isRest ? entry.id().replaceAll(".*=(.*)_vs_rest.*", "$1") : privileged;
    Confusion of =
        entry.rows().only(row -> GoldenRows.cell(row, attribute).equals(value)).confusion();
    Confusion others =
        entry.rows().only(row -> !GoldenRows.cell(row, attribute).equals(value)).confusion();
    return isRest ? new GroupContrast(of, others) : new GroupContrast(others, of);
  }

  private static void differences(GoldenValue value, GroupContrast groups) {
    value.at("statistical_parity_difference").is(groups.selection().difference());
    value.at("disparate_impact").is(groups.disparateImpact());
    value.at("equal_opportunity_difference").is(groups.tpr().difference());
    value.at("average_odds_difference").is(groups.averageOdds());
    value.at("average_abs_odds_difference").is(groups.averageAbsoluteOdds());
    value.at("equalized_odds_difference").is(groups.equalizedOdds());
    value.at("average_predictive_value_difference").is(groups.averagePredictiveValue());
    value.at("error_rate_difference").is(groups.errorRate().difference());
    value.at("false_discovery_rate_difference").is(groups.falseDiscovery().difference());
    value.at("false_omission_rate_difference").is(groups.falseOmission().difference());
  }

  private static void inequality(GoldenValue value, List<Confusion> groups) {
    Confusion all = groups.stream().reduce(Confusion.EMPTY, Confusion::merge);
    value.at("theil_index").is(Entropy.theil(all));
    value.at("generalized_entropy_index_alpha2").is(Entropy.ofOrderTwo(all));
    value.at("coefficient_of_variation").is(Entropy.variation(all));
    value.at("between_group_theil_index").is(Entropy.theilBetween(groups));
    value.at("between_group_generalized_entropy_alpha2").is(Entropy.ofOrderTwoBetween(groups));
    List<Rate> labels = groups.stream().map(Confusion::baseRate).toList();
    List<Rate> predictions = groups.stream().map(Confusion::selection).toList();
    value.at("smoothed_edf_data").is(DifferentialFairness.epsilon(labels));
    value.at("smoothed_edf_pred").is(DifferentialFairness.epsilon(predictions));
    value.at("df_bias_amplification").is(DifferentialFairness.amplification(predictions, labels));
  }

  private static void entropy(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode cells = entry.withParams().inline();
    Confusion counts =
        new Confusion(
            cells.path("tp").asLong(),
            cells.path("fp").asLong(),
            cells.path("fn").asLong(),
            cells.path("tn").asLong());
    entry
        .value(book)
        .fields(
            value -> {
              value.at("theil").is(Entropy.theil(counts));
              value.at("ge2").is(Entropy.ofOrderTwo(counts));
            });
  }

  private static void calibration(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("bins", "bin_rule", "confidence", "groups");
    ScoreBins bins = new ScoreBins(entry.param("bins").asInt());
    IntUnaryOperator rule =
        entry.param("bin_rule").asText().startsWith("(") ? bins::rightClosedBin : bins::bin;
    GoldenRows rows = entry.rows();
    Calibration overall = count(rows, rule);
    Map<String, Calibration> groups = new LinkedHashMap<>();
    entry
        .param("groups")
        .forEach(
            attribute ->
                rows.by(List.of(attribute.asText()))
                    .forEach(
                        (name, part) ->
                            groups.put(attribute.asText() + "=" + name, count(part, rule))));
    entry
        .value(book)
        .fields(
            value -> {
              value
                  .at("groups")
                  .fields(
                      fields -> {
                        group(fields.at("overall"), overall);
                        groups.forEach((name, group) -> group(fields.at(name), group));
                      });
              value
                  .at("multicalibration")
                  .fields(
                      fields -> {
                        fields
                            .at("alpha")
                            .is(Calibration.multicalibration(overall, groups.values()));
                        fields.at("group");
                        fields.at("bin");
                      });
              bins(value.at("bins_overall"), overall, bins.count());
            });
  }

  private static Calibration count(GoldenRows rows, IntUnaryOperator rule) {
    return rows.merged(
        part -> {
          Calibration sums = Calibration.EMPTY;
          for (Map<String, String> row : part.rows()) {
            int micro = GoldenRows.micro(row);
            sums = sums.merge(Calibration.of(rule.applyAsInt(micro), micro, GoldenRows.label(row)));
          }
          return sums;
        },
        Calibration::merge);
  }

  private static void group(GoldenValue expected, Calibration group) {
    expected.fields(
        value -> {
          value.at("ece").is(group.expectedError());
          value.at("mce").is(group.greatestError());
          value.at("mean_score").is(group.meanScore());
          value.at("base_rate").is(group.baseRate());
        });
  }

  private static void bins(GoldenValue expected, Calibration overall, int count) {
    for (int i = 0; i < count; i++) {
      Calibration.Bin bin = overall.bins().get(i);
      expected
          .at(i)
          .is(bin == null ? new long[3] : new long[] {bin.records(), bin.positives(), bin.micro()});
    }
  }
}
