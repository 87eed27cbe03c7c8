package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.curve.AveragePrecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Golden values of the AUROC, from exact scores and from bins. */
final class GoldenCurveChecks {

  private GoldenCurveChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "AUROC and average precision, exact and from B-bin histograms with bounds",
        GoldenCurveChecks::auroc,
        "AUROC/AUPRC probabilistic identity",
        GoldenCurveChecks::identity,
        "gain of fixing one adjacent mistake",
        GoldenCurveChecks::atomicMistakes,
        "AUROC from histogram",
        GoldenCurveChecks::fromScores,
        "score bin",
        GoldenCurveChecks::scoreBin);
  }

  static void auroc(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode bins = entry.withParams("bins", "bin_rule", "ties").param("bins");
    GoldenRows all = entry.rows();
    GoldenValue groups = entry.value(book);
    for (String name : groups.names()) {
      GoldenRows rows = name.equals("overall") ? all : group(all, name);
      groups.at(name).fields(value -> auroc(value, rows, bins));
    }
  }

  /** Rows of a group named {@code column=value}. */
  private static GoldenRows group(GoldenRows all, String name) {
    int equals = name.indexOf('=');
    GoldenRows rows =
        equals < 0
            ? null
            : all.by(List.of(name.substring(0, equals))).get(name.substring(equals + 1));
    if (rows == null) {
      throw new IllegalArgumentException("unknown group " + name);
    }
    return rows;
  }

  private static void auroc(GoldenValue value, GoldenRows rows, JsonNode bins) {
    Optional<Auroc> exact = Auroc.of(rows.exactScores());
    value.at("n").is(rows.rows().size());
    value.at("auroc").is(exact.map(Auroc::value));
    value
        .at("average_precision")
        .is(AveragePrecision.of(rows.exactScores()).map(AveragePrecision::value));
    if (exact.isEmpty()) {
      return;
    }
    Auroc area = exact.get();
    value.at("n_pos").is(area.positives());
    value.at("prevalence").is(rows.confusion().baseRate());
    value.at("auroc_ties_as_errors").is(area.bounds().low());
    if (value.has("delong_var") || area.variance().isPresent()) {
      value.at("delong_var").is(area.variance());
      value.interval("delong_lo", "delong_hi", area.interval());
    }
    for (JsonNode count : bins) {
      binned(value.at("hist" + count.asInt()), rows.histogram(count.asInt()));
    }
  }

  private static void binned(GoldenValue expected, ScoreHistogram scores) {
    Auroc area = Auroc.of(scores).orElseThrow();
    AveragePrecision precision = AveragePrecision.of(scores).orElseThrow();
    expected.fields(
        value -> {
          value.at("auroc").is(area.value());
          value.at("max_error").is(area.maxError());
          value.interval("auroc_lo", "auroc_hi", Optional.of(area.bounds()));
          value.at("ap").is(precision.value());
          value.interval("ap_lo", "ap_hi", Optional.of(precision.bounds()));
        });
  }

  static void identity(GoldenEntry entry, GoldenValue.Book book) {
    ScoreHistogram scores = entry.withParams().rows().exactScores();
    Optional<Auroc> area = Auroc.of(scores);
    entry
        .value(book)
        .fields(
            value -> {
              value.at("auroc").is(area.map(Auroc::value));
              value.at("auprc").is(AveragePrecision.of(scores).map(AveragePrecision::value));
            });
  }

  static void atomicMistakes(GoldenEntry entry, GoldenValue.Book book) {
    GoldenRows rows = entry.withParams().rows();
    ScoreHistogram before = rows.exactScores();
    GoldenValue list = entry.value(book);
    JsonNode expected = entry.json().path("value");
    for (int i = 0; i < expected.size(); i++) {
      JsonNode swap = expected.path(i).path("swap");
      ScoreHistogram after =
          swapped(rows, swap.path(0).asInt(), swap.path(1).asInt()).exactScores();
      list.at(i)
          .fields(
              value -> {
                value.at("swap");
                value.at("d_auroc").is(area(after) - area(before));
                value.at("d_ap").is(precision(after) - precision(before));
              });
    }
  }

  private static double area(ScoreHistogram scores) {
    return Auroc.of(scores).orElseThrow().value();
  }

  private static double precision(ScoreHistogram scores) {
    return AveragePrecision.of(scores).orElseThrow().value();
  }

  private static GoldenRows swapped(GoldenRows rows, int first, int second) {
    List<Map<String, String>> copy = new ArrayList<>();
    rows.rows().forEach(row -> copy.add(new TreeMap<>(row)));
    copy.sort(
        (a, b) ->
            Double.compare(
                Double.parseDouble(GoldenRows.cell(b, "score")),
                Double.parseDouble(GoldenRows.cell(a, "score"))));
    String label = GoldenRows.cell(copy.get(first), "label");
    copy.get(first).put("label", GoldenRows.cell(copy.get(second), "label"));
    copy.get(second).put("label", label);
    return new GoldenRows(copy);
  }

  /** Scores of both labels, listed apart. */
  static void fromScores(GoldenEntry entry, GoldenValue.Book book) {
    int bins = entry.withParams("bins").param("bins").asInt();
    List<Map<String, String>> rows = new ArrayList<>();
    entry.inline().path("pos").forEach(it -> rows.add(Map.of("label", "1", "score", it.asText())));
    entry.inline().path("neg").forEach(it -> rows.add(Map.of("label", "0", "score", it.asText())));
    Optional<Auroc> area = Auroc.of(new GoldenRows(rows).histogram(bins));
    entry
        .value(book)
        .fields(
            value -> {
              value.at("auroc").is(area.map(Auroc::value));
              value.at("max_error").is(area.map(Auroc::maxError));
              value.at("delong_var").is(area.map(Auroc::variance).orElseGet(OptionalDouble::empty));
            });
  }

  static void scoreBin(GoldenEntry entry, GoldenValue.Book book) {
    ScoreBins bins = new ScoreBins(entry.withParams("bins").param("bins").asInt());
    long[] micro = new long[entry.inline().size()];
    long[] leftClosed = new long[micro.length];
    long[] rightClosed = new long[micro.length];
    for (int i = 0; i < micro.length; i++) {
      int score = ScoreBins.micro(entry.inline().path(i).asDouble());
      micro[i] = score;
      leftClosed[i] = bins.bin(score);
      rightClosed[i] = bins.rightClosedBin(score);
    }
    entry
        .value(book)
        .fields(
            value -> {
              value.at("micro").is(micro);
              value.at("left_closed").is(leftClosed);
              value.at("right_closed").is(rightClosed);
            });
  }
}
