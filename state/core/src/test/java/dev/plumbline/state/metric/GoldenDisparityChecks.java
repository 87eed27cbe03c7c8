package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.disparity.AccuracyCurve;
import dev.plumbline.state.metric.disparity.InfraMarginality;
import dev.plumbline.state.metric.disparity.InfraMarginality.Cell;
import dev.plumbline.state.metric.disparity.InfraMarginality.Loss;
import dev.plumbline.state.metric.disparity.PairBias;
import dev.plumbline.state.metric.disparity.Simpson;
import dev.plumbline.state.numeric.PolynomialFit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Golden values of subgroup disparity beyond the worst group (METRICS 7). */
final class GoldenDisparityChecks {

  private static final GoldenRows NONE = new GoldenRows(List.of());

  private GoldenDisparityChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "eta-infra-marginality (operational definition)",
        GoldenDisparityChecks::infraMarginality,
        "(B,G) pair bias (operational definition)",
        GoldenDisparityChecks::pairBias,
        "Simpson reversal",
        GoldenDisparityChecks::simpson,
        "majority vs minority accuracy curve",
        GoldenDisparityChecks::curve);
  }

  private static void infraMarginality(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("attribute", "bins", "p", "threshold", "cells", "cell");
    boolean isFile = entry.json().path("inputs").has("file");
    InfraMarginality actual =
        new InfraMarginality(isFile ? ofRows(entry) : ofCells(entry.inline()));
    if (isFile) {
      cells(new GoldenValue(entry.param("cells"), "cells", book), actual);
    }
    entry
        .value(book)
        .fields(
            value -> {
              value.at("eta").is(actual.overall().eta());
              value.at("disagreement").is(actual.overall().disagreement());
              value.at("eta_max").is(actual.greatest());
              value
                  .at("groups")
                  .fields(
                      groups ->
                          actual.losses().forEach((name, loss) -> loss(groups.at(name), loss)));
            });
  }

  private static void loss(GoldenValue expected, Loss loss) {
    expected.fields(
        value -> {
          value.at("eta").is(loss.eta());
          value.at("disagreement").is(loss.disagreement());
          value.at("n").is(loss.records());
        });
  }

  private static void cells(GoldenValue expected, InfraMarginality actual) {
    expected.fields(
        groups ->
            actual
                .groups()
                .forEach(
                    (name, cells) -> {
                      List<Cell> listed = List.copyOf(cells.values());
                      for (int i = 0; i < listed.size(); i++) {
                        Cell cell = listed.get(i);
                        GoldenValue row = groups.at(name).at(i);
                        row.at(0).is(new Rate(cell.positives(), cell.records()));
                        row.at(1).is(cell.records());
                        row.at(2).is(cell.selected());
                      }
                    }));
  }

  private static SortedMap<String, SortedMap<Integer, Cell>> ofRows(GoldenEntry entry) {
    ScoreBins bins = new ScoreBins(entry.param("bins").asInt());
    SortedMap<String, SortedMap<Integer, Cell>> groups = new TreeMap<>();
    entry
        .rows()
        .by(List.of(entry.param("attribute").asText()))
        .forEach(
            (name, rows) ->
                groups.put(
                    name, rows.merged(part -> count(part, bins), GoldenDisparityChecks::merge)));
    return groups;
  }

  private static SortedMap<Integer, Cell> count(GoldenRows part, ScoreBins bins) {
    SortedMap<Integer, Cell> cells = new TreeMap<>();
    for (Map<String, String> row : part.rows()) {
      Cell one = new Cell(1, GoldenRows.label(row), GoldenRows.decision(row) ? 1 : 0);
      cells.merge(bins.bin(GoldenRows.micro(row)), one, Cell::merge);
    }
    return cells;
  }

  private static SortedMap<Integer, Cell> merge(
      SortedMap<Integer, Cell> one, SortedMap<Integer, Cell> other) {
    SortedMap<Integer, Cell> merged = new TreeMap<>(one);
    other.forEach((bin, cell) -> merged.merge(bin, cell, Cell::merge));
    return merged;
  }

  private static SortedMap<String, SortedMap<Integer, Cell>> ofCells(JsonNode inline) {
    SortedMap<String, SortedMap<Integer, Cell>> groups = new TreeMap<>();
    inline
        .properties()
        .forEach(
            group -> {
              SortedMap<Integer, Cell> cells = new TreeMap<>();
              for (JsonNode cell : group.getValue()) {
                long records = cell.path(1).asLong();
                long positives = Math.round(cell.path(0).asDouble() * records);
                cells.put(cells.size(), new Cell(records, positives, cell.path(2).asLong()));
              }
              groups.put(group.getKey(), cells);
            });
    return groups;
  }

  private static void pairBias(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("B", "G", "target", "counts");
    String source = entry.param("G").asText();
    String target = entry.param("target").asText();
    SortedMap<String, PairBias.Pair> values = new TreeMap<>();
    entry
        .rows()
        .by(List.of(entry.param("B").asText()))
        .forEach(
            (name, rows) -> {
              SortedMap<String, GoldenRows> sources = rows.by(List.of(source));
              values.put(
                  name,
                  new PairBias.Pair(
                      rate(sources.getOrDefault("AIGC", NONE), target),
                      rate(sources.getOrDefault("HGC", NONE), target)));
            });
    PairBias actual = new PairBias(values);
    GoldenValue counts = new GoldenValue(entry.param("counts"), "counts", book);
    entry
        .value(book)
        .fields(
            value -> {
              actual
                  .values()
                  .forEach(
                      (name, pair) -> {
                        count(counts.at(name).at("aigc"), pair.synthetic());
                        count(counts.at(name).at("hgc"), pair.real());
                        value.at("gap_aigc_minus_hgc").at(name).is(pair.gap().difference());
                      });
              value.at("max_abs_gap").is(actual.greatest());
              value.at("cramers_v_B").is(actual.ofValue());
              value.at("cramers_v_BG").is(actual.ofValueAndSource());
              value.at("excess").is(actual.excess());
            });
  }

  private static void count(GoldenValue expected, Rate rate) {
    expected.is(new long[] {rate.successes(), rate.trials()});
  }

  private static Rate rate(GoldenRows rows, String target) {
    return rows.confusion(row -> GoldenRows.cell(row, target).equals("1")).selection();
  }

  private static void simpson(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("stratum");
    List<Simpson.Stratum> strata = new ArrayList<>();
    entry
        .inline()
        .path("strata")
        .forEach(it -> strata.add(new Simpson.Stratum(rate(it, 0), rate(it, 2))));
    Simpson actual = new Simpson(strata);
    entry
        .value(book)
        .fields(
            value -> {
              OptionalDouble difference = actual.aggregate().difference();
              if (value.has("diff_aggregate")) {
                value.at("diff_aggregate").is(difference);
              } else {
                value.at("aggregate_diff").is(difference);
                value.at("n_disagree").is((long) actual.disagreeing());
                for (int i = 0; i < strata.size(); i++) {
                  value.at("stratum_diffs").at(i).is(strata.get(i).difference());
                }
              }
              value.at("reversal").is(actual.isReversal());
              value.at("weak_reversal").is(actual.isWeakReversal());
            });
  }

  private static Rate rate(JsonNode counts, int at) {
    return new Rate(counts.path(at).asLong(), counts.path(at + 1).asLong());
  }

  private static void curve(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams();
    List<Double> majority = new ArrayList<>();
    List<Double> minority = new ArrayList<>();
    entry.inline().path("majority").forEach(it -> majority.add(it.asDouble()));
    entry.inline().path("minority").forEach(it -> minority.add(it.asDouble()));
    AccuracyCurve curve = AccuracyCurve.of(majority, minority).orElseThrow();
    entry
        .value(book)
        .fields(
            value -> {
              fit(value.at("linear"), curve.linear());
              fit(value.at("quadratic"), curve.quadratic());
              value.at("F_quadratic").is(curve.statistic());
              value.at("p_quadratic").pValue(curve.pValue().getAsDouble(), GoldenValue.P_TOLERANCE);
              value.at("pearson").is(curve.pearson());
            });
  }

  private static void fit(GoldenValue expected, PolynomialFit fit) {
    expected.fields(
        value -> {
          int degree = fit.coefficients().size() - 1;
          for (int i = 0; i <= degree; i++) {
            value.at("coef_desc").at(i).is(fit.coefficients().get(degree - i));
          }
          value.at("r2").is(fit.explained());
          value.at("rss").is(fit.residual());
        });
  }
}
