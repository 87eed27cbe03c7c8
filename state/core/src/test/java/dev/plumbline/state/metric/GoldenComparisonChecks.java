package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.comparison.BiasTransfer;
import dev.plumbline.state.metric.comparison.Exemplars;
import dev.plumbline.state.metric.comparison.ModalLabel;
import dev.plumbline.state.metric.comparison.PairedTable;
import dev.plumbline.state.numeric.LinearFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Golden values of bias transfer and versions (METRICS 9 and 10). */
final class GoldenComparisonChecks {

  private GoldenComparisonChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "bias transfer rho (upstream vs downstream)",
        GoldenComparisonChecks::transfer,
        "bias transfer rho (selection-rate deviation per sex x race group, v1 -> v2)",
        GoldenComparisonChecks::selectionTransfer,
        "compression identified exemplars",
        GoldenComparisonChecks::exemplars,
        "modal label with a tie",
        GoldenComparisonChecks::modalLabels,
        "paired version comparison",
        GoldenComparisonChecks::paired,
        "McNemar from n10, n01",
        GoldenComparisonChecks::mcNemar);
  }

  private static void transfer(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("z");
    BiasTransfer transfer =
        new BiasTransfer(
            biases(entry.inline().path("upstream")), biases(entry.inline().path("downstream")), 0);
    entry
        .value(book)
        .fields(
            value -> {
              value.at("n").is(transfer.size());
              value.at("pearson").is(transfer.pearson());
              value.at("spearman").is(transfer.spearman());
              pValue(value.at("pearson_p"), transfer, transfer.pearson());
              pValue(value.at("spearman_p"), transfer, transfer.spearman());
              value.interval("fisher_lo", "fisher_hi", transfer.interval());
              value.at("slope").is(transfer.fit().map(LinearFit::slope));
              value.at("intercept").is(transfer.fit().map(LinearFit::intercept));
            });
  }

  private static SortedMap<String, Double> biases(JsonNode list) {
    SortedMap<String, Double> biases = new TreeMap<>();
    list.forEach(it -> biases.put("%03d".formatted(biases.size()), it.asDouble()));
    return biases;
  }

  private static void pValue(GoldenValue value, BiasTransfer transfer, OptionalDouble r) {
    if (r.isPresent()) {
      value.pValue(transfer.pValue(r.getAsDouble()), GoldenValue.P_TOLERANCE);
    } else {
      value.is(OptionalDouble.empty());
    }
  }

  private static void selectionTransfer(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode names = entry.withParams("bias", "groups").param("groups");
    SortedMap<String, GoldenRows> groups = entry.rows().by(List.of("sex", "race"));
    List<String> listed = new ArrayList<>();
    names.forEach(name -> listed.add(name.asText()));
    if (!listed.equals(List.copyOf(groups.keySet()))) {
      throw new IllegalArgumentException("expected groups " + listed + ", were " + groups.keySet());
    }
    BiasTransfer transfer =
        BiasTransfer.ofSelection(selection(groups, "pred"), selection(groups, "pred_v2"), 0);
    entry
        .value(book)
        .fields(
            value -> {
              biases(value.at("upstream"), transfer.upstream());
              biases(value.at("downstream"), transfer.downstream());
              value.at("pearson").is(transfer.pearson());
              value.at("spearman").is(transfer.spearman());
            });
  }

  private static SortedMap<String, Rate> selection(
      SortedMap<String, GoldenRows> groups, String column) {
    SortedMap<String, Rate> rates = new TreeMap<>();
    groups.forEach(
        (name, rows) ->
            rates.put(name, rows.confusion(row -> number(row, column) == 1).selection()));
    return rates;
  }

  private static void biases(GoldenValue expected, SortedMap<String, Double> actual) {
    expected.fields(value -> actual.forEach((name, bias) -> value.at(name).is(bias)));
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(GoldenRows.cell(row, column));
  }

  private static void modalLabels(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode votes = entry.withParams("rule").inline().path("votes");
    GoldenValue value = entry.value(book);
    for (int i = 0; i < votes.size(); i++) {
      List<Integer> classes = new ArrayList<>();
      votes.path(i).forEach(vote -> classes.add(vote.asInt()));
      value.at(i).is(ModalLabel.of(classes));
    }
  }

  private static void exemplars(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("base", "compressed", "modal");
    Function<Map<String, String>, Exemplars> one =
        row ->
            Exemplars.of(
                modal(row, entry.param("base")),
                modal(row, entry.param("compressed")),
                GoldenRows.label(row));
    GoldenRows rows = entry.rows();
    Exemplars all = count(rows, one);
    entry
        .value(book)
        .fields(
            value -> {
              value.at("n_cie").is(all.identified());
              value.at("cie_rate").is(all.rate());
              long[] first =
                  rows.rows().stream()
                      .filter(row -> one.apply(row).identified() > 0)
                      .mapToLong(row -> number(row, "row_id"))
                      .limit(10)
                      .toArray();
              value.at("first_rows").is(first);
              for (String column : List.of("sex", "race")) {
                value
                    .at(column)
                    .fields(
                        groups ->
                            rows.by(List.of(column))
                                .forEach(
                                    (name, part) ->
                                        exemplars(groups.at(name), count(part, one), all)));
              }
            });
  }

  private static Exemplars count(GoldenRows rows, Function<Map<String, String>, Exemplars> one) {
    return rows.merged(
        part -> part.rows().stream().map(one).reduce(Exemplars.EMPTY, Exemplars::merge),
        Exemplars::merge);
  }

  private static int modal(Map<String, String> row, JsonNode models) {
    List<Integer> votes = new ArrayList<>();
    models.forEach(model -> votes.add(number(row, model.asText())));
    return ModalLabel.of(votes);
  }

  private static void exemplars(GoldenValue expected, Exemplars group, Exemplars all) {
    expected.fields(
        value -> {
          value.at("n").is(group.records());
          value.at("n_cie").is(group.identified());
          value.at("cie_rate").is(group.rate());
          value.at("share_of_population").is(group.shareOfPopulation(all));
          value.at("share_of_cie").is(group.shareOfIdentified(all));
          value.at("representation_ratio").is(group.representation(all));
          value.at("error_base").is(Exemplars.error(group.base()));
          value.at("error_comp").is(Exemplars.error(group.compressed()));
          value.at("relative_error_change").is(group.errorChange());
          value.at("fpr_rel_change").is(group.fprChange());
          value.at("fnr_rel_change").is(group.fnrChange());
        });
  }

  private static void paired(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("v1", "v2", "attribute");
    String first = entry.param("v1").asText();
    String second = entry.param("v2").asText();
    Function<GoldenRows, PairedTable> count =
        part ->
            part.rows().stream()
                .map(
                    row ->
                        PairedTable.of(
                            number(row, first), number(row, second), GoldenRows.label(row)))
                .reduce(PairedTable.EMPTY, PairedTable::merge);
    entry
        .value(book)
        .fields(
            groups ->
                entry
                    .rows()
                    .by(List.of(entry.param("attribute").asText()))
                    .forEach(
                        (name, rows) ->
                            paired(groups.at(name), rows.merged(count, PairedTable::merge))));
  }

  private static void paired(GoldenValue expected, PairedTable pairs) {
    expected.fields(
        value -> {
          value.at("n").is(pairs.pairs());
          value.at("churn").is(pairs.churn());
          value.at("n_v1_right_v2_wrong").is(pairs.firstRight());
          value.at("n_v1_wrong_v2_right").is(pairs.secondRight());
          value.at("acc_v1").is(pairs.firstAccuracy());
          value.at("acc_v2").is(pairs.secondAccuracy());
          value.at("delta_acc_se").is(pairs.standardError());
          test(value, pairs);
        });
  }

  private static void test(GoldenValue value, PairedTable pairs) {
    value.at("delta_acc").is(pairs.change());
    value.at("mcnemar_exact_p").pValue(pairs.exactPValue(), GoldenValue.P_TOLERANCE);
    value.at("mcnemar_chi2_cc").is(pairs.chiSquare());
  }

  private static void mcNemar(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode counts = entry.withParams().inline();
    long first = counts.path("n10").asLong();
    long second = counts.path("n01").asLong();
    long both = counts.path("n").asLong() - first - second;
    PairedTable pairs = new PairedTable(both, first, second, 0, first + second);
    entry.value(book).fields(value -> test(value, pairs));
  }
}
