package dev.plumbline.state.metric;

import dev.plumbline.state.metric.disparity.MacroStd;
import dev.plumbline.state.metric.disparity.ScaledDisparity;
import dev.plumbline.state.metric.fairness.GroupRates;
import dev.plumbline.state.metric.fairness.GroupRates.Apart;
import dev.plumbline.state.metric.fairness.GroupRates.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Golden values that compare the subgroups of an attribute. */
final class GoldenGroupChecks {

  private GoldenGroupChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "worst-group accuracy, MacroStd, PSD, equity-scaled metrics",
        GoldenGroupChecks::worstGroup,
        "group fairness (fairlearn definitions)",
        GoldenGroupChecks::fairness);
  }

  private static Disparity disparity(SortedMap<String, GoldenRows> groups) {
    SortedMap<String, Counters> subgroups = new TreeMap<>();
    groups.forEach(
        (name, rows) ->
            subgroups.put(name, Counters.complete(rows.confusion(), ScoreHistogram.UNMAPPED)));
    return new Disparity(subgroups, Identification.FULL);
  }

  private static void worstGroup(GoldenEntry entry, GoldenValue.Book book) {
    GoldenRows all = entry.rows();
    SortedMap<String, GoldenRows> groups =
        all.by(List.of(entry.withParams("attribute").param("attribute").asText()));
    Disparity disparity = disparity(groups);
    entry
        .value(book)
        .fields(
            value -> {
              cells(value.at("cells"), disparity);
              worst(value, disparity, all.confusion().accuracy());
              accuracies(value.at("group_accuracy"), disparity);
              areas(value, all, groups);
              macroStd(value, disparity);
              ScaledDisparity accuracy =
                  new ScaledDisparity(
                      all.confusion().accuracy().share(),
                      disparity.subgroups().values().stream()
                          .map(counters -> counters.labelled().accuracy().share())
                          .toList());
              scaled(value.at("accuracy_psd"), accuracy);
              value.at("es_accuracy_alpha1").is(accuracy.equityScaled(1));
            });
  }

  private static void cells(GoldenValue expected, Disparity disparity) {
    expected.fields(
        labels -> {
          for (String label : List.of("0", "1")) {
            labels
                .at(label)
                .fields(
                    groups -> {
                      for (String name : disparity.subgroups().keySet()) {
                        Rate cell = disparity.cells().getOrDefault(label + "|" + name, Rate.NONE);
                        groups.at(name).is(new long[] {cell.successes(), cell.trials()});
                      }
                    });
          }
        });
  }

  private static void worst(GoldenValue value, Disparity disparity, Rate overall) {
    Disparity.Worst cell = disparity.worstCell().orElseThrow();
    Disparity.Worst group = disparity.worst(RateMetric.ACCURACY).orElseThrow();
    value.at("worst_cell").is(cell.name());
    value.at("worst_group_accuracy_label_x_attr").is(cell.rate());
    value.at("worst_group_accuracy_attr").is(group.rate());
    value.at("overall_accuracy").is(overall);
    value.at("acc_gap_overall_minus_worst").is(new Contrast(overall, group.rate()).difference());
    value.at("balanced_group_accuracy").is(disparity.balancedAccuracy());
  }

  private static void macroStd(GoldenValue value, Disparity disparity) {
    SortedMap<String, SortedMap<String, Rate>> classes = new TreeMap<>();
    disparity
        .cells()
        .forEach(
            (name, rate) ->
                classes
                    .computeIfAbsent(name.substring(0, 1), label -> new TreeMap<>())
                    .put(name.substring(2), rate));
    MacroStd deviation = new MacroStd(classes);
    value.at("macro_std_population").is(deviation.population());
    value.at("macro_std_nist").is(deviation.corrected());
    value
        .at("weighted_std_per_class_population")
        .fields(fields -> deviation.perClass().forEach((name, it) -> fields.at(name).is(it)));
  }

  private static void scaled(GoldenValue expected, ScaledDisparity disparity) {
    expected.fields(
        value -> {
          value.at("mean_psd").is(disparity.meanDisparity());
          value.at("max_psd").is(disparity.maxDisparity());
        });
  }

  private static void accuracies(GoldenValue expected, Disparity disparity) {
    expected.fields(
        groups ->
            disparity
                .subgroups()
                .forEach((name, counters) -> groups.at(name).is(counters.labelled().accuracy())));
  }

  private static void areas(
      GoldenValue value, GoldenRows all, SortedMap<String, GoldenRows> groups) {
    SortedMap<String, Auroc> areas = new TreeMap<>();
    groups.forEach(
        (name, rows) -> Auroc.of(rows.exactScores()).ifPresent(area -> areas.put(name, area)));
    if (areas.size() == groups.size() || value.has("group_auc")) {
      value.at("overall_auc").is(Auroc.of(all.exactScores()).map(Auroc::value));
      value
          .at("group_auc")
          .fields(fields -> areas.forEach((name, area) -> fields.at(name).is(area.value())));
      ScaledDisparity scaled =
          new ScaledDisparity(
              Auroc.of(all.exactScores()).orElseThrow().value(),
              areas.values().stream().map(Auroc::value).toList());
      scaled(value.at("auc_psd"), scaled);
      value.at("es_auc_alpha1").is(scaled.equityScaled(1));
      value.at("es_auc_alpha3").is(scaled.equityScaled(3));
    }
  }

  private static void fairness(GoldenEntry entry, GoldenValue.Book book) {
    String attribute = entry.withParams("attribute", "undefined_rule").param("attribute").asText();
    GoldenRows all = entry.rows();
    Disparity disparity = disparity(all.by(List.of(attribute)));
    SortedMap<String, Confusion> confusions = GoldenChecks.confusions(all.by(List.of(attribute)));
    entry
        .value(book)
        .fields(
            value -> {
              value
                  .at("rates")
                  .fields(
                      groups ->
                          disparity
                              .subgroups()
                              .forEach((name, it) -> rates(groups.at(name), it.labelled())));
              rates(value.at("overall"), all.confusion());
              value
                  .at("between_groups")
                  .fields(fields -> apart(fields, confusions, GroupRates::between));
              value
                  .at("to_overall")
                  .fields(fields -> apart(fields, confusions, GroupRates::toOverall));
              if (value.has("own_skipping_undefined")) {
                value.at("own_skipping_undefined").fields(fields -> own(fields, disparity));
              }
            });
  }

  private static void rates(GoldenValue expected, Confusion counts) {
    expected.fields(
        value -> {
          value.at("n").is(counts.labelled());
          for (RateMetric metric : RateMetric.values()) {
            value.at(metric.key()).is(counts.rate(metric));
          }
          value.at("fdr").is(counts.falseDiscovery());
          value.at("FOR").is(counts.falseOmission());
          value.at("f1").is(counts.f1());
          value.at("balanced_accuracy").is(counts.balancedAccuracy());
        });
  }

  private static Map<String, Estimate> estimates(Disparity disparity) {
    Map<String, Estimate> estimates = new HashMap<>();
    for (Gap gap : disparity.gaps()) {
      estimates.put(gap.difference().name(), gap.difference());
      estimates.put(gap.ratio().name(), gap.ratio());
    }
    Gap fnr = disparity.gap(RateMetric.FNR);
    estimates.put(fnr.difference().name(), fnr.difference());
    for (String kind : List.of("difference", "ratio")) {
      Estimate worst =
          Optional.ofNullable(estimates.remove("equalized_odds_" + kind)).orElseThrow();
      estimates.put("equalized_odds_" + kind + "_worst_case", worst);
    }
    return estimates;
  }

  private interface Operator {
    Apart of(GroupRates rates, Reading reading);
  }

  /** Fairlearn's own metrics have its rate 0 for a subgroup without trials, the others skip it. */
  private static void apart(
      GoldenValue value, SortedMap<String, Confusion> groups, Operator operator) {
    apart(value, "demographic_parity", fairlearn(RateMetric.SELECTION_RATE, groups, operator));
    Apart tpr = fairlearn(RateMetric.TPR, groups, operator);
    Apart fpr = fairlearn(RateMetric.FPR, groups, operator);
    apart(value, "equal_opportunity", tpr);
    Apart worst = tpr.worst(fpr);
    value.at("equalized_odds_difference_worst_case").is(worst.difference());
    value.at("equalized_odds_ratio_worst_case").is(worst.ratio());
    Apart mean = tpr.mean(fpr);
    value.at("equalized_odds_difference_mean").is(mean.difference());
    value.at("equalized_odds_ratio_mean").is(mean.ratio());
    Map<String, RateMetric> ours =
        Map.of(
            "predictive_parity", RateMetric.PPV,
            "fnr", RateMetric.FNR,
            "accuracy", RateMetric.ACCURACY);
    ours.forEach(
        (name, metric) ->
            value
                .at(name + "_difference")
                .is(operator.of(GroupRates.of(metric, groups), Reading.SKIPPED).difference()));
  }

  private static Apart fairlearn(
      RateMetric metric, SortedMap<String, Confusion> groups, Operator operator) {
    return operator.of(GroupRates.of(metric, groups), Reading.ZERO);
  }

  private static void apart(GoldenValue value, String name, Apart apart) {
    value.at(name + "_difference").is(apart.difference());
    value.at(name + "_ratio").is(apart.ratio());
  }

  private static void own(GoldenValue value, Disparity disparity) {
    estimates(disparity)
        .forEach(
            (name, estimate) -> {
              if (value.has(name)) {
                value.at(name).is(estimate);
              }
            });
  }
}
