package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How the value of each known metric is computed with this package (METRICS 14). */
final class GoldenChecks {

  /** Compares the value of an entry with what this package computes. */
  @FunctionalInterface
  interface Check {
    void compare(GoldenEntry entry, GoldenValue.Book book);
  }

  private static final Pattern AT_LEAST = Pattern.compile("(\\w+)>=(\\d+).*");
  private static final Pattern MOST_DELAY = Pattern.compile(".*<= (\\d+)");

  private static final Map<String, Check> KNOWN =
      Stream.of(
              checks(),
              GoldenCurveChecks.checks(),
              GoldenNuancedChecks.checks(),
              GoldenGroupChecks.checks(),
              GoldenAmplificationChecks.checks(),
              GoldenCorrelationChecks.checks(),
              GoldenRankingChecks.checks(),
              GoldenDisparityChecks.checks(),
              GoldenFairnessChecks.checks(),
              GoldenComparisonChecks.checks(),
              GoldenDriftChecks.checks())
          .flatMap(checks -> checks.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private GoldenChecks() {}

  static Optional<Check> of(String metric) {
    return Optional.ofNullable(KNOWN.get(metric));
  }

  private static Map<String, Check> checks() {
    return Map.ofEntries(
        Map.entry("ProPublica published confusion tables", GoldenChecks::published),
        Map.entry("ProPublica published confusion tables, High only", GoldenChecks::published),
        Map.entry("Wilson score interval", GoldenChecks::wilson),
        Map.entry(
            "difference (Newcombe) and ratio (Katz log) of two proportions",
            GoldenChecks::twoRates),
        Map.entry("Fisher z interval of a correlation", GoldenChecks::fisher),
        Map.entry("Fisher z interval", GoldenChecks::fisher),
        Map.entry("confusion_cells", GoldenChecks::cells),
        Map.entry("confusion_cells_by_group", GoldenChecks::cellsByGroup),
        Map.entry("score_histogram", GoldenChecks::histogram),
        Map.entry("mergeable counters: four partitions", GoldenChecks::partitions),
        Map.entry("windowed_confusion", GoldenChecks::windows));
  }

  private static void published(GoldenEntry entry, GoldenValue.Book book) {
    Matcher rule = AT_LEAST.matcher(entry.withParams("pred").param("pred").asText());
    if (!rule.matches()) {
      throw new IllegalArgumentException("unknown rule of decision " + entry.param("pred"));
    }
    int least = Integer.parseInt(rule.group(2));
    GoldenRows all = entry.rows();
    SortedMap<String, GoldenRows> groups = all.by(List.of("race"));
    GoldenValue table = entry.value(book);
    for (String name : table.names()) {
      GoldenRows rows = name.equals("All") ? all : groups.get(name);
      if (rows == null) {
        throw new IllegalArgumentException("unknown group " + name);
      }
      Confusion counts =
          rows.confusion(row -> Integer.parseInt(GoldenRows.cell(row, rule.group(1))) >= least);
      table.at(name).fields(value -> published(value, counts));
    }
  }

  private static void published(GoldenValue value, Confusion counts) {
    value.at("cells").is(counts);
    value.at("fpr_pct").is(percent(counts.fpr()));
    value.at("fnr_pct").is(percent(counts.fnr()));
    if (value.has("accuracy")) {
      value.at("accuracy").is(counts.accuracy());
    }
    if (value.has("ppv")) {
      value.at("ppv").is(counts.ppv());
    }
  }

  private static double percent(Rate rate) {
    return BigDecimal.valueOf(rate.successes())
        .movePointRight(2)
        .divide(BigDecimal.valueOf(rate.trials()), MathContext.DECIMAL64)
        .setScale(2, RoundingMode.HALF_UP)
        .doubleValue();
  }

  private static void wilson(GoldenEntry entry, GoldenValue.Book book) {
    withZ(entry);
    Rate rate = rate(entry, "k", "n");
    entry.value(book).fields(value -> value.interval("lo", "hi", rate.interval()));
  }

  private static void twoRates(GoldenEntry entry, GoldenValue.Book book) {
    withZ(entry);
    Contrast pair = new Contrast(rate(entry, "k1", "n1"), rate(entry, "k2", "n2"));
    entry
        .value(book)
        .fields(
            value -> {
              value.at("diff").is(pair.difference());
              value.interval("newcombe_lo", "newcombe_hi", pair.differenceInterval());
              value.at("ratio").is(pair.ratio());
              value.interval("katz_lo", "katz_hi", pair.ratioInterval());
            });
  }

  private static void fisher(GoldenEntry entry, GoldenValue.Book book) {
    withZ(entry);
    Optional<Interval> actual =
        Intervals.fisher(
            number(entry.inline(), "r").asDouble(), number(entry.inline(), "n").asLong());
    if (actual.isEmpty()) {
      entry.value(book).is(OptionalDouble.empty());
    } else {
      entry.value(book).fields(value -> value.interval("lo", "hi", actual));
    }
  }

  private static void withZ(GoldenEntry entry) {
    if (entry.withParams("z").param("z").asDouble() != Intervals.Z) {
      throw new IllegalArgumentException(
          "expected z = " + Intervals.Z + ", was " + entry.param("z"));
    }
  }

  private static Rate rate(GoldenEntry entry, String successes, String trials) {
    return new Rate(
        number(entry.inline(), successes).asLong(), number(entry.inline(), trials).asLong());
  }

  private static JsonNode number(JsonNode parent, String name) {
    JsonNode node = parent.path(name);
    if (!node.isNumber()) {
      throw new IllegalArgumentException("expected a number " + name + " in " + parent);
    }
    return node;
  }

  private static void cells(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams().value(book).is(entry.rows().confusion());
  }

  private static void cellsByGroup(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode group = entry.withParams("group").param("group");
    List<String> columns = new ArrayList<>();
    group.forEach(column -> columns.add(column.asText()));
    if (group.isTextual()) {
      columns.add(group.asText());
    }
    byGroup(entry.value(book), confusions(entry.rows().by(columns)));
  }

  static SortedMap<String, Confusion> confusions(SortedMap<String, GoldenRows> groups) {
    SortedMap<String, Confusion> confusions = new TreeMap<>();
    groups.forEach((name, rows) -> confusions.put(name, rows.confusion()));
    return confusions;
  }

  private static void byGroup(GoldenValue expected, SortedMap<String, Confusion> actual) {
    expected.fields(value -> actual.forEach((name, confusion) -> value.at(name).is(confusion)));
  }

  private static void histogram(GoldenEntry entry, GoldenValue.Book book) {
    int bins = entry.withParams("bins", "rule").param("bins").asInt();
    histogram(entry.value(book), entry.rows().histogram(bins));
  }

  private static void histogram(GoldenValue expected, ScoreHistogram actual) {
    long[] positives = new long[actual.bins()];
    long[] negatives = new long[actual.bins()];
    for (ScoreHistogram.Bin bin : actual.filled()) {
      positives[bin.index()] = bin.positives();
      negatives[bin.index()] = bin.negatives();
    }
    expected.fields(
        value -> {
          value.at("pos").is(positives);
          value.at("neg").is(negatives);
        });
  }

  /** Four parts as listed, and their merge equal to the whole. */
  private static void partitions(GoldenEntry entry, GoldenValue.Book book) {
    GoldenRows all = entry.withParams("partition", "merge").rows();
    SortedMap<String, Confusion> merged = new TreeMap<>();
    List<ScoreHistogram> histograms = new ArrayList<>();
    entry
        .value(book)
        .fields(
            value -> {
              for (String name : value.names()) {
                GoldenRows part = part(all, name);
                SortedMap<String, Confusion> bySex = confusions(part.by(List.of("sex")));
                bySex.forEach((sex, counts) -> merged.merge(sex, counts, Confusion::merge));
                histograms.add(part.histogram(10));
                value
                    .at(name)
                    .fields(
                        fields -> {
                          byGroup(fields.at("confusion"), bySex);
                          histogram(fields.at("hist10"), part.histogram(10));
                        });
              }
            });
    ScoreHistogram whole =
        histograms.stream().reduce(ScoreHistogram.empty(10), ScoreHistogram::merge);
    if (!merged.equals(confusions(all.by(List.of("sex"))))) {
      book.fail("partitions do not merge to the whole: " + merged);
    }
    if (!whole.equals(all.histogram(10))) {
      book.fail("histograms of the partitions do not merge to the whole: " + whole);
    }
  }

  private static GoldenRows part(GoldenRows all, String name) {
    Matcher rule = Pattern.compile("row_id%(\\d+)==(\\d+)").matcher(name);
    if (!rule.matches()) {
      throw new IllegalArgumentException("unknown partition " + name);
    }
    long parts = Long.parseLong(rule.group(1));
    long rest = Long.parseLong(rule.group(2));
    return all.only(row -> Long.parseLong(GoldenRows.cell(row, "row_id")) % parts == rest);
  }

  private static void windows(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("window_ms", "time", "align", "key", "allowed_lateness", "join");
    long width = entry.param("window_ms").asLong();
    long delay = delay(entry.param("join"));
    SortedMap<String, Confusion> actual = new TreeMap<>();
    for (Map<String, String> row : entry.rows().rows()) {
      long time = Long.parseLong(GoldenRows.cell(row, "event_time_ms"));
      if (Long.parseLong(GoldenRows.cell(row, "label_time_ms")) - time <= delay) {
        String key = Math.floorDiv(time, width) * width + "|" + GoldenRows.cell(row, "sex");
        actual.merge(key, new GoldenRows(List.of(row)).confusion(), Confusion::merge);
      }
    }
    byGroup(entry.value(book), actual);
  }

  private static long delay(JsonNode join) {
    if (join.isMissingNode()) {
      return Long.MAX_VALUE;
    }
    Matcher rule = MOST_DELAY.matcher(join.asText());
    if (!rule.matches()) {
      throw new IllegalArgumentException("unknown join " + join);
    }
    return Long.parseLong(rule.group(1));
  }
}
