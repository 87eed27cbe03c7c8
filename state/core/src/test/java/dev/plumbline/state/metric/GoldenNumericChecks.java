package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.drift.Distribution;
import dev.plumbline.state.metric.drift.FeatureBins;
import dev.plumbline.state.metric.drift.KolmogorovSmirnov;
import dev.plumbline.state.metric.drift.SamplePair;
import dev.plumbline.state.metric.drift.ScoreDrift;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Golden values of the drift of numbers (METRICS 11.2). */
final class GoldenNumericChecks {

  /** Most distance of the logarithms of other tools' approximations (METRICS 13). */
  private static final double APPROXIMATE = 0.15;

  /** Up to so many distinct values Evidently takes each as a category. */
  private static final int CATEGORIES = 20;

  private static final int PARTS = 4;

  private GoldenNumericChecks() {}

  /** The values of one side, counted in parts that merge. */
  private static Distribution distribution(GoldenEntry entry, String side) {
    List<String> column = GoldenDriftChecks.column(entry, side);
    Distribution merged = Distribution.EMPTY;
    for (int part = PARTS - 1; part >= 0; part--) {
      int rest = part;
      merged =
          merged.merge(
              Distribution.of(
                  IntStream.range(0, column.size())
                      .filter(i -> i % PARTS == rest)
                      .mapToObj(i -> Double.parseDouble(column.get(i)))
                      .toList()));
    }
    return merged;
  }

  static void numeric(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("column", "decile_rule");
    Distribution reference = distribution(entry, "ref");
    Distribution window = distribution(entry, "cur");
    Distribution pooled = reference.merge(window);
    entry
        .value(book)
        .fields(
            value -> {
              kolmogorov(value, KolmogorovSmirnov.of(reference, window).orElseThrow());
              value.at("wasserstein").is(reference.wasserstein(window));
              value.at("nannyml_wasserstein").is(reference.wasserstein(window));
              value.at("evidently_wasserstein_norm").is(reference.normalizedWasserstein(window));
              if (reference.distinct() > CATEGORIES) {
                FeatureBins bins = FeatureBins.sturges(pooled);
                evidently(value, bins.pair(reference, window));
                cells(value, "sturges", bins, bins.pair(reference, window));
              } else {
                evidently(value, reference.byValue(window));
              }
              Distribution distinct = Distribution.of(pooled.counts().keySet());
              SamplePair cells = FeatureBins.sturges(distinct).pair(reference, window);
              value.at("evidently_hellinger").is(cells.hellinger());
              nannyml(value, reference, window);
              deciles(value, reference, window);
            });
  }

  private static void kolmogorov(GoldenValue value, KolmogorovSmirnov test) {
    value.at("ks_stat").is(test.statistic());
    value.at("nannyml_ks").is(test.statistic());
    value.at("ks_p_auto(evidently,nannyml)").pValue(test.pValue(), APPROXIMATE);
    value.at("ks_p_asymp(alibi: kstwo)").pValue(test.pValue(), APPROXIMATE);
    value.at("ks_p_kolmogorov_limit").pValue(test.pValue(), GoldenValue.P_TOLERANCE);
  }

  private static void evidently(GoldenValue value, SamplePair pair) {
    value.at("evidently_psi").is(pair.psi());
    value.at("evidently_js_distance_base_e").is(pair.jensenShannonDistance());
    value.at("evidently_kl").is(pair.kullbackLeibler());
  }

  private static void nannyml(GoldenValue value, Distribution reference, Distribution window) {
    FeatureBins bins = FeatureBins.doane(reference);
    SamplePair pair = bins.pair(reference, window);
    value.at("nannyml_js_distance_base2").is(pair.jensenShannonDistanceBase2());
    value.at("nannyml_hellinger").is(pair.hellinger());
    cells(value, "doane", bins, pair);
  }

  /** Edges and counts; the cell outside is listed only if it holds a record of the window. */
  private static void cells(GoldenValue value, String rule, FeatureBins bins, SamplePair pair) {
    GoldenValue edges = value.at(rule + "_edges" + (rule.equals("doane") ? "_ref" : ""));
    for (int i = 0; i < bins.edges().size(); i++) {
      edges.at(i).is(bins.edges().get(i));
    }
    int last = bins.cells() - 1;
    int listed = pair.window().get(last) > 0 ? last + 1 : last;
    value.at(rule + "_counts_ref").is(array(pair.reference().subList(0, listed)));
    value.at(rule + "_counts_cur").is(array(pair.window().subList(0, listed)));
  }

  private static void deciles(GoldenValue value, Distribution reference, Distribution window) {
    FeatureBins bins = FeatureBins.deciles(reference);
    for (int i = 0; i < bins.edges().size(); i++) {
      value.at("decile_inner_edges").at(i).is(bins.edges().get(i));
    }
    SamplePair pair = bins.pair(reference, window);
    value.at("decile_counts_ref").is(array(pair.reference()));
    value.at("decile_counts_cur").is(array(pair.window()));
    value.at("psi_ref_deciles").is(pair.psi());
  }

  private static long[] array(List<Long> counts) {
    return GoldenDriftChecks.array(counts);
  }

  static void histograms(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("bin_rule", "column");
    JsonNode sizes = entry.json().path("value");
    GoldenRows reference = entry.rows("ref");
    GoldenRows window = entry.rows("cur");
    GoldenValue value = entry.value(book);
    sizes
        .fieldNames()
        .forEachRemaining(
            name -> {
              int bins = Integer.parseInt(name.substring(1));
              SamplePair pair = new SamplePair(counts(reference, bins), counts(window, bins));
              histogram(value.at(name), pair, exact(reference), exact(window));
            });
  }

  private static List<Long> counts(GoldenRows rows, int bins) {
    long[] counts = new long[bins];
    rows.histogram(bins)
        .filled()
        .forEach(bin -> counts[bin.index()] = bin.positives() + bin.negatives());
    return Arrays.stream(counts).boxed().toList();
  }

  private static Distribution exact(GoldenRows rows) {
    return rows.merged(
        part ->
            Distribution.of(
                part.rows().stream()
                    .map(row -> Double.parseDouble(GoldenRows.cell(row, "score")))
                    .toList()),
        Distribution::merge);
  }

  private static void histogram(
      GoldenValue expected, SamplePair pair, Distribution reference, Distribution window) {
    KolmogorovSmirnov test = KolmogorovSmirnov.ofBins(pair).orElseThrow();
    ScoreDrift scores = new ScoreDrift(pair);
    expected.fields(
        value -> {
          value.at("counts_ref").is(array(pair.reference()));
          value.at("counts_cur").is(array(pair.window()));
          value.at("ks").is(test.statistic());
          value.at("ks_upper_bound").is(test.statistic() + test.maxError());
          value
              .at("ks_exact")
              .is(KolmogorovSmirnov.of(reference, window).map(KolmogorovSmirnov::statistic));
          value.at("wasserstein").is(scores.wasserstein());
          value.at("wasserstein_error_bound").is(scores.maxError());
          value.at("wasserstein_exact").is(reference.wasserstein(window));
          value.at("psi").is(pair.psi());
          value.at("js_divergence").is(pair.jensenShannon());
          value.at("js_distance_base2").is(pair.jensenShannonDistanceBase2());
          value.at("hellinger").is(pair.hellinger());
          value.at("tvd").is(pair.totalVariation());
        });
  }
}
