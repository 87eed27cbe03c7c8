package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.amplification.Mals;
import dev.plumbline.state.metric.amplification.MultiAttributeAmplification;
import dev.plumbline.state.metric.amplification.MultiAttributeAmplification.Baseline;
import dev.plumbline.state.metric.amplification.MultiAttributeAmplification.Change;
import dev.plumbline.state.metric.amplification.SetCounts;
import dev.plumbline.state.metric.amplification.SetCounts.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Golden values of multi-attribute bias amplification (METRICS 2). */
final class GoldenSetChecks {

  private GoldenSetChecks() {}

  static void multiAttribute(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams(
        "groups",
        "attributes",
        "predicted",
        "group_pred",
        "set_rule",
        "min_count",
        "k",
        "sets",
        "train_counts",
        "train_g",
        "n_train",
        "eval_g",
        "eval_true_m_true_g",
        "eval_pred_m_pred_g",
        "eval_pred_m_true_g",
        "eval_true_m_pred_g");
    SetCounts reference = counts(entry, "train");
    SetCounts window = counts(entry, "eval");
    List<Long> sets = sets(entry, reference, window);
    params(entry, book, sets, reference, window);
    MultiAttributeAmplification actual = new MultiAttributeAmplification(sets, reference, window);
    entry
        .value(book)
        .fields(
            value -> {
              mals(value.at("MultiMALS"), actual.mals());
              change(value.at("Multi_G->M"), actual.groupToSet(Baseline.WINDOW));
              change(value.at("Multi_M->G"), actual.setToGroup(Baseline.WINDOW));
              change(value.at("Multi_G->M_train_baseline"), actual.groupToSet(Baseline.REFERENCE));
              change(value.at("Multi_M->G_train_baseline"), actual.setToGroup(Baseline.REFERENCE));
            });
  }

  private static SetCounts counts(GoldenEntry entry, String side) {
    int groups = entry.param("groups").size();
    return entry
        .rows(side)
        .merged(
            part -> {
              SortedMap<SetCounts.Row, Long> rows = new TreeMap<>();
              part.rows().forEach(row -> rows.merge(row(entry, row), 1L, Long::sum));
              return new SetCounts(groups, rows);
            },
            SetCounts::merge);
  }

  private static SetCounts.Row row(GoldenEntry entry, Map<String, String> row) {
    List<String> groups = GoldenAmplificationChecks.texts(entry.param("groups"));
    return new SetCounts.Row(
        bits(row, entry.param("attributes")),
        bits(row, entry.param("predicted")),
        groups.indexOf(GoldenRows.cell(row, "sex")),
        groups.indexOf(GoldenRows.cell(row, entry.param("group_pred").asText())));
  }

  private static long bits(Map<String, String> row, JsonNode columns) {
    long bits = 0;
    for (int i = 0; i < columns.size(); i++) {
      bits |= Long.parseLong(GoldenRows.cell(row, columns.path(i).asText())) << i;
    }
    return bits;
  }

  private static List<Long> sets(GoldenEntry entry, SetCounts reference, SetCounts window) {
    int least = entry.param("k").asInt();
    long threshold = entry.param("min_count").asLong() - 1;
    return switch (entry.param("set_rule").asText()) {
      case "observed_full_sets" -> SetCounts.observedFullSets(reference, window, threshold, least);
      case "all_subsets" ->
          SetCounts.allSubsets(reference, window, least, entry.param("attributes").size());
      default -> throw new IllegalArgumentException("unknown rule " + entry.param("set_rule"));
    };
  }

  private static void params(
      GoldenEntry entry,
      GoldenValue.Book book,
      List<Long> sets,
      SetCounts reference,
      SetCounts window) {
    GoldenValue params = new GoldenValue(entry.json().path("params"), "params", book);
    params
        .at("sets")
        .is(
            sets.stream()
                .map(set -> SetCounts.items(set).stream().map(Integer::longValue).toList())
                .toList());
    params.at("train_counts").is(reference.having(sets, View.TRUE).counts());
    params.at("train_g").is(GoldenDriftChecks.array(reference.groupSizes()));
    params.at("n_train").is(reference.groupSizes().stream().mapToLong(Long::longValue).sum());
    params.at("eval_g").is(GoldenDriftChecks.array(window.groupSizes()));
    params.at("eval_true_m_true_g").is(window.having(sets, View.TRUE).counts());
    params.at("eval_pred_m_pred_g").is(window.having(sets, View.PREDICTED).counts());
    params.at("eval_pred_m_true_g").is(window.having(sets, View.PREDICTED_ITEMS).counts());
    params.at("eval_true_m_pred_g").is(window.having(sets, View.PREDICTED_GROUP).counts());
  }

  private static void mals(GoldenValue expected, Mals actual) {
    expected.fields(
        value -> {
          value.at("mean_abs").is(actual.meanOfAbsolutes());
          value.at("mean_signed").is(actual.mean());
          value.at("variance").is(actual.variance());
          value.at("n_sets").is((long) actual.items());
        });
  }

  private static void change(GoldenValue expected, Change actual) {
    expected.fields(
        value -> {
          value.at("mean_abs").is(actual.meanOfAbsolutes());
          value.at("mean_signed").is(actual.mean());
          value.at("var_delta").is(actual.variance());
          value.at("var_signed").is(actual.signedVariance());
        });
  }

  static void malsOfCounts(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("groups");
    mals(
        entry.value(book),
        Mals.of(table(entry.inline().path("train")), table(entry.inline().path("pred"))));
  }

  /** Counts by group of each set, in the order of their names. */
  private static Contingency table(JsonNode sets) {
    SortedMap<String, List<Long>> rows = new TreeMap<>();
    sets.properties()
        .forEach(
            set -> {
              List<Long> counts = new ArrayList<>();
              set.getValue().forEach(count -> counts.add(count.asLong()));
              rows.put(set.getKey(), counts);
            });
    return new Contingency(List.copyOf(rows.values()));
  }
}
