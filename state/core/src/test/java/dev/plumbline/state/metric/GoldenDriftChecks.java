package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.drift.LabelShift;
import dev.plumbline.state.metric.drift.MultipleTests;
import dev.plumbline.state.metric.drift.ReferenceBand;
import dev.plumbline.state.metric.drift.SamplePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Golden values of drift and label shift (METRICS 11). */
final class GoldenDriftChecks {

  private GoldenDriftChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    Map<String, GoldenChecks.Check> checks =
        Stream.of("race", "sex", "age_band", "pred", "cat")
            .collect(
                Collectors.toMap(
                    column -> "categorical drift on " + column,
                    column -> GoldenDriftChecks::categorical));
    for (String column : List.of("x", "score", "values")) {
      checks.put("numeric drift on " + column, GoldenNumericChecks::numeric);
    }
    checks.put("drift from fixed-width score histograms", GoldenNumericChecks::histograms);
    checks.put("Cramer's V", GoldenDriftChecks::cramer);
    checks.put("unbiased MMD^2, RBF kernel", GoldenDriftChecks::mmd);
    checks.put("multiple testing (alibi-detect)", GoldenDriftChecks::multiple);
    checks.put("mean +- 3 population std over reference chunks", GoldenDriftChecks::band);
    checks.put("black-box label-shift estimation", GoldenDriftChecks::labelShift);
    checks.put("black-box label-shift estimation from C", GoldenDriftChecks::fromMatrix);
    checks.put("PSI from shares", GoldenDriftChecks::fromShares);
    return checks;
  }

  /** Cells of a column by reference and window, of a file or inline. */
  static List<String> column(GoldenEntry entry, String side) {
    if (entry.json().path("inputs").has("file")) {
      String column = entry.param("column").asText();
      return entry.rows(side).rows().stream().map(row -> GoldenRows.cell(row, column)).toList();
    }
    List<String> values = new ArrayList<>();
    entry.inline().path(side).forEach(value -> values.add(value.asText()));
    return values;
  }

  private static List<Long> counts(SortedSet<String> keys, List<String> values) {
    return keys.stream().map(key -> values.stream().filter(key::equals).count()).toList();
  }

  private static void categorical(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("column");
    List<String> reference = column(entry, "ref");
    List<String> window = column(entry, "cur");
    SortedSet<String> keys = new TreeSet<>(reference);
    keys.addAll(window);
    SamplePair pair = new SamplePair(counts(keys, reference), counts(keys, window));
    entry
        .value(book)
        .fields(
            value -> {
              int index = 0;
              for (String key : keys) {
                value.at("keys").at(index++).is(key);
              }
              value.at("ref").is(array(pair.reference()));
              value.at("cur").is(array(pair.window()));
              distances(value, pair);
              tests(value, pair);
            });
  }

  private static void distances(GoldenValue value, SamplePair pair) {
    value.at("evidently_psi").is(pair.psi());
    value.at("evidently_js_distance_base_e").is(pair.jensenShannonDistance());
    value.at("evidently_hellinger").is(pair.hellinger());
    value.at("nannyml_js_distance_base2").is(pair.jensenShannonDistanceBase2());
    value.at("nannyml_l_infinity").is(pair.greatestDifference());
    value.at("tvd").is(pair.totalVariation());
    value.at("cramers_v").is(pair.table().cramersV());
    value.at("cramers_v_bias_corrected").is(pair.table().correctedCramersV());
  }

  private static void tests(GoldenValue value, SamplePair pair) {
    ChiSquare corrected = pair.table().corrected().orElseThrow();
    ChiSquare fit = pair.goodnessOfFit().orElseThrow();
    value
        .at("chi2_two_sample")
        .fields(
            fields -> {
              test(fields, corrected);
              fields.at("rule");
            });
    value
        .at("chi2_two_sample_no_yates")
        .fields(fields -> test(fields, pair.table().chiSquare().orElseThrow()));
    value.at("chi2_gof_vs_ref").fields(fields -> test(fields, fit));
    value.at("nannyml_chi2").is(corrected.statistic());
    value.at("evidently_chisquare_p").pValue(fit.pValue(), GoldenValue.P_TOLERANCE);
    pair.pooledPValue()
        .ifPresent(p -> value.at("evidently_z_p").pValue(p, GoldenValue.P_TOLERANCE));
  }

  private static void test(GoldenValue value, ChiSquare test) {
    if (Double.isInfinite(test.statistic())) {
      value.at("stat").is("inf");
    } else {
      value.at("stat").is(test.statistic());
    }
    value.at("dof").is(test.degrees());
    value.at("p").pValue(test.pValue(), GoldenValue.P_TOLERANCE);
  }

  private static void cramer(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("rows", "cols", "table");
    String first = entry.param("rows").asText();
    String second = entry.param("cols").asText();
    GoldenRows all = entry.rows();
    List<String> rows = List.copyOf(all.by(List.of(first)).keySet());
    List<String> columns = List.copyOf(all.by(List.of(second)).keySet());
    Contingency table = all.table(first, rows, second, columns);
    new GoldenValue(entry.param("table"), "table", book).is(table.counts());
    entry
        .value(book)
        .fields(
            value -> {
              value.at("v").is(table.cramersV());
              value.at("v_bias_corrected").is(table.correctedCramersV());
            });
  }

  private static void mmd(GoldenEntry entry, GoldenValue.Book book) {
    book.notApplicable("needs the samples themselves; counters do not hold them (METRICS 12)");
  }

  private static void multiple(GoldenEntry entry, GoldenValue.Book book) {
    double level = entry.withParams("q").param("q").asDouble();
    MultipleTests tests = new MultipleTests(doubles(entry.inline()));
    entry
        .value(book)
        .fields(
            value -> {
              value.at("fdr_reject").is(tests.falseDiscovery(level).isPresent() ? 1L : 0L);
              value.at("fdr_threshold").is(tests.falseDiscovery(level));
              value.at("bonferroni_threshold").is(tests.bonferroni(level));
              value.at("bonferroni_reject").is(tests.isRejectedByBonferroni(level));
            });
  }

  private static void band(GoldenEntry entry, GoldenValue.Book book) {
    double deviations = entry.withParams("upper").param("upper").asDouble();
    Interval band = ReferenceBand.of(doubles(entry.inline()), deviations);
    entry.value(book).fields(value -> value.interval("lower", "upper", Optional.of(band)));
  }

  private static void labelShift(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("C", "ridge");
    boolean isFile = entry.json().path("inputs").has("file");
    LabelShift shift = isFile ? ofFile(entry) : ofInline(entry.inline());
    new GoldenValue(entry.param("ridge"), "ridge", book).is(shift.ridge());
    entry
        .value(book)
        .fields(
            value -> {
              var matrix = shift.confusion().orElseThrow();
              for (int row = 0; row < matrix.size(); row++) {
                is(value.at("C").at(row), Optional.of(matrix.rows().get(row)));
              }
              is(value.at("mu_target"), shift.predictedShares());
              is(value.at("w_ridge"), shift.ridgeWeights());
              is(value.at("w_exact"), shift.weights());
              is(value.at("w_exact_clipped"), shift.clippedWeights());
              is(value.at("target_label_dist_ridge"), shift.ridgeWeights().map(shift::shares));
              is(value.at("target_label_dist_exact"), shift.weights().map(shift::shares));
              value.at("min_singular_value").is(matrix.smallestSingularValue());
            });
  }

  private static LabelShift ofFile(GoldenEntry entry) {
    Confusion source = entry.rows("source").confusion();
    Rate target = entry.rows("target").confusion().selection();
    return new LabelShift(
        List.of(List.of(source.tn(), source.fn()), List.of(source.fp(), source.tp())),
        List.of(target.trials() - target.successes(), target.successes()));
  }

  private static LabelShift ofInline(JsonNode inline) {
    long[][] counts = new long[2][2];
    for (int i = 0; i < inline.path("source_pred").size(); i++) {
      counts[inline.path("source_pred").path(i).asInt()][
          inline.path("source_label").path(i).asInt()]++;
    }
    long[] target = new long[2];
    inline.path("target_pred").forEach(it -> target[it.asInt()]++);
    return new LabelShift(
        List.of(List.of(counts[0][0], counts[0][1]), List.of(counts[1][0], counts[1][1])),
        List.of(target[0], target[1]));
  }

  /** Shares of the entry are of a hundred records. */
  private static void fromMatrix(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("C");
    List<List<Long>> source = new ArrayList<>();
    entry.inline().path("C").forEach(row -> source.add(counts(row, 100)));
    LabelShift shift = new LabelShift(source, counts(entry.inline().path("mu_target"), 100));
    if (!shift.isIdentified()) {
      entry.value(book).is(OptionalDouble.empty());
      return;
    }
    entry
        .value(book)
        .fields(
            value -> {
              is(value.at("w_exact"), shift.weights());
              is(value.at("w_exact_clipped"), shift.clippedWeights());
              is(value.at("q_display"), shift.shownShares());
            });
  }

  /** Shares of the entry are of a hundred thousand records. */
  private static void fromShares(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode shares = entry.withParams("filling").inline();
    SamplePair pair =
        new SamplePair(counts(shares.path("ref"), 100_000), counts(shares.path("cur"), 100_000));
    entry.value(book).is(pair.psi());
  }

  private static List<Long> counts(JsonNode shares, long records) {
    return doubles(shares).stream().map(share -> Math.round(share * records)).toList();
  }

  private static List<Double> doubles(JsonNode list) {
    return IntStream.range(0, list.size()).mapToObj(i -> list.path(i).asDouble()).toList();
  }

  private static void is(GoldenValue expected, Optional<List<Double>> actual) {
    List<Double> values = actual.orElseThrow();
    for (int i = 0; i < values.size(); i++) {
      expected.at(i).is(values.get(i));
    }
  }

  static long[] array(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).toArray();
  }
}
