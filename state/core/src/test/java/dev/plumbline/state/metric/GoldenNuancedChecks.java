package dev.plumbline.state.metric;

import dev.plumbline.state.metric.curve.NuancedAuc;
import dev.plumbline.state.metric.curve.PowerMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Golden values of the nuanced metrics (METRICS 5). */
final class GoldenNuancedChecks {

  private GoldenNuancedChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "Subgroup AUC, BPSN AUC, BNSP AUC, positive AEG, negative AEG",
        GoldenNuancedChecks::nuanced,
        "nuanced metrics on the reference repository's unit-test fixture",
        GoldenNuancedChecks::fixture,
        "generalized mean",
        GoldenNuancedChecks::powerMean);
  }

  private static NuancedAuc of(GoldenRows all, String column, String value) {
    return new NuancedAuc(
        all.only(row -> GoldenRows.cell(row, column).equals(value)).exactScores(),
        all.only(row -> !GoldenRows.cell(row, column).equals(value)).exactScores());
  }

  private static void nuanced(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("subgroup", "background", "ties", "power", "overall_weight");
    String column = entry.param("subgroup").asText();
    GoldenRows all = entry.rows();
    SortedMap<String, NuancedAuc> groups = new TreeMap<>();
    all.by(List.of(column)).keySet().forEach(name -> groups.put(name, of(all, column, name)));
    PowerMean.OfAreas means = PowerMean.of(groups);
    double overall = Auroc.of(all.exactScores()).orElseThrow().value();
    entry
        .value(book)
        .fields(
            value -> {
              value
                  .at("groups")
                  .fields(
                      fields ->
                          groups.forEach(
                              (name, group) ->
                                  fields
                                      .at(name)
                                      .fields(
                                          metrics -> {
                                            metrics.at("n").is(records(group.subgroup()));
                                            metrics(metrics, group);
                                          })));
              value.at("overall_auc").is(overall);
              value
                  .at("power_means")
                  .fields(
                      fields -> {
                        fields.at("subgroup").is(means.subgroup());
                        fields.at("bpsn").is(means.bpsn());
                        fields.at("bnsp").is(means.bnsp());
                      });
              value.at("final").is(means.score(overall));
              value.at("groups_in_power_mean").is((long) means.groups());
            });
  }

  private static long records(ScoreHistogram scores) {
    return scores.positives() + scores.negatives();
  }

  private static void metrics(GoldenValue value, NuancedAuc group) {
    value.at("subgroup_auc").is(NuancedAuc.value(group.subgroupAuc()));
    value.at("bpsn_auc").is(NuancedAuc.value(group.bpsnAuc()));
    value.at("bnsp_auc").is(NuancedAuc.value(group.bnspAuc()));
    value.at("positive_aeg").is(group.positiveGap().map(NuancedAuc.Gap::value));
    value.at("negative_aeg").is(group.negativeGap().map(NuancedAuc.Gap::value));
  }

  private static void fixture(GoldenEntry entry, GoldenValue.Book book) {
    NuancedAuc group = of(entry.withParams("subgroup").rows(), "s", "1");
    entry.value(book).fields(value -> metrics(value, group));
  }

  private static void powerMean(GoldenEntry entry, GoldenValue.Book book) {
    double power = entry.withParams("p").param("p").asDouble();
    List<Double> values = new ArrayList<>();
    entry.inline().forEach(value -> values.add(value.asDouble()));
    entry.value(book).is(PowerMean.of(values, power));
  }
}
