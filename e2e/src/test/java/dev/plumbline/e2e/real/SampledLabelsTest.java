package dev.plumbline.e2e.real;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.schemas.avro.Alert;
import dev.plumbline.schemas.avro.Books;
import dev.plumbline.schemas.avro.Estimate;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Counters;
import dev.plumbline.state.metric.Identification;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.RateMetric;
import dev.plumbline.state.metric.ScoreHistogram;
import dev.plumbline.state.metric.Stratum;
import dev.plumbline.state.record.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Income decisions of which 1 in 100 is reviewed where the person is white, else 1 in 5. */
final class SampledLabelsTest {

  private static final String DATA = "data/acs_designed/";
  private static final String REVIEW =
      """
          review: {stratum: {field: race, map: {White: rarely}}, selected: {reviewed: yes}}
      """;
  private static final int DRAWS = 500;
  private static final Instant FIRST_CHANGE = Instant.parse("2025-03-21T00:00:00Z");
  private static final Map<String, RateMetric> RATES =
      Map.of(
          "accuracy", RateMetric.ACCURACY,
          "tpr", RateMetric.TPR,
          "fpr", RateMetric.FPR,
          "fnr", RateMetric.FNR,
          "ppv", RateMetric.PPV);

  private static List<String> predictions;
  private static List<String> labels;
  private static Set<String> reviewed;
  private static Outcome sampled;
  private static Outcome all;

  /** A prediction that counts, with its last label. */
  private record Case(boolean isWhite, boolean isFemale, int decision, int label) {

    double chance() {
      return isWhite ? 0.01 : 0.2;
    }
  }

  @BeforeAll
  static void replayInMemory() throws IOException {
    predictions = SharedFiles.rows(DATA + "predictions.csv.gz");
    labels = SharedFiles.rows(DATA + "labels.csv.gz");
    SplittableRandom random = new SplittableRandom(3);
    reviewed = new HashSet<>();
    Map<String, Boolean> drawn = new HashMap<>();
    List<String> rows = new ArrayList<>();
    for (String row : predictions) {
      String[] columns = row.split(",", -1);
      double chance = columns[5].equals("White") ? 0.01 : 0.2;
      if (drawn.computeIfAbsent(columns[0], id -> random.nextDouble() < chance)) {
        reviewed.add(columns[0]);
      }
      rows.add(row + (reviewed.contains(columns[0]) ? ",yes" : ",no"));
    }
    List<String> kept =
        labels.stream()
            .filter(row -> reviewed.contains(row.substring(0, row.indexOf(','))))
            .toList();
    String file = Files.readString(Path.of("monitors", "acs_designed.yaml"));
    Monitor whole = MonitorFile.parse(file, "acs_designed.yaml").orThrow();
    all = replay(whole, predictions, labels);
    sampled = replay(monitor(file), rows, kept);
  }

  private static Monitor monitor(String file) {
    String text =
        file.replace("edu, state]", "edu, state, reviewed]")
            .replace("    attributes: {race", REVIEW + "    attributes: {race");
    return MonitorFile.parse(text, "acs_sampled.yaml").orThrow();
  }

  private static Outcome replay(Monitor monitor, List<String> predictions, List<String> labels) {
    InputLog log =
        new InputLog(monitor, 1)
            .addRows(Kind.PREDICTIONS, predictions, 3)
            .addRows(Kind.LABELS, labels, 2);
    return Replays.byTime(monitor, log, Replays.NO_SCHEMAS);
  }

  @Test
  void onlyThoseSelectedWaitForALabelAndCoverageIsOfThem() {
    Map<String, Long> books = sampled.books();
    long unselected = requireNonNull(books.get("acs.predictions unselected"));
    long labelled = requireNonNull(books.get("acs.predictions labelled"));

    assertThat(unselected).isGreaterThan(50_000);
    assertThat(labelled).isBetween(1_000L, 8_000L);
    assertThat(sampled.audit(Books.class)).isNotEmpty().allMatch(Books::getBalanced);
    assertThat(sampled.finals())
        .filteredOn(metrics -> metrics.getSubgroup().equals("all"))
        .allMatch(Metrics::getSampled)
        .filteredOn(metrics -> metrics.getWindowSize().equals("all"))
        .extracting(Metrics::getLabelCoverage)
        .allMatch(coverage -> coverage > 0.95);
  }

  @Test
  void ratesOfEverybodyAreThoseOfAllLabelsWithinTheirIntervals() {
    Map<String, Estimate> truth = estimates(all);
    int held = 0;
    int stated = 0;
    for (Map.Entry<String, Estimate> entry : estimates(sampled).entrySet()) {
      Estimate estimate = entry.getValue();
      Double value = requireNonNull(truth.get(entry.getKey())).getValue();
      if (RATES.containsKey(estimate.getName()) && estimate.getValue() != null) {
        stated++;
        held += estimate.getLow() <= value && value <= estimate.getHigh() ? 1 : 0;
      }
    }

    assertThat(stated).isGreaterThan(50);
    assertThat(held).isGreaterThan(stated * 85 / 100);
  }

  @Test
  void nothingAlarmsBeforeTheFirstChange() {
    assertThat(sampled.alerts())
        .extracting((Alert alert) -> alert.getOpenedAt())
        .allMatch(opened -> opened.isAfter(FIRST_CHANGE));
  }

  @Test
  void overManyDrawsRatesAreUnbiasedAndIntervalsHoldTheTruthAsOftenAsTheySay() {
    List<Case> cases = cases();
    SplittableRandom random = new SplittableRandom(5);
    Map<String, double[]> sums = new HashMap<>();
    Map<String, Double> truths = new HashMap<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      List<Case> some = cases.stream().filter(one -> random.nextDouble() < one.chance()).toList();
      for (boolean onlyFemale : List.of(false, true)) {
        Counters counters = counters(of(cases, onlyFemale), of(some, onlyFemale));
        Confusion whole = confusion(of(cases, onlyFemale));
        for (var estimate : dev.plumbline.state.metric.Metrics.of(counters, Identification.FULL)) {
          RateMetric metric = RATES.get(estimate.name());
          if (metric != null) {
            String name = estimate.name() + (onlyFemale ? " of women" : "");
            double truth = whole.rate(metric).value().orElseThrow();
            double[] sum = sums.computeIfAbsent(name, n -> new double[3]);
            sum[0] += estimate.value().orElseThrow();
            sum[1] += Math.pow(estimate.value().orElseThrow(), 2);
            sum[2] += estimate.interval().orElseThrow().contains(truth) ? 1 : 0;
            truths.put(name, truth);
          }
        }
      }
    }

    sums.forEach(
        (name, sum) -> {
          double mean = sum[0] / DRAWS;
          double error = Math.sqrt((sum[1] / DRAWS - mean * mean) / DRAWS);
          double truth = requireNonNull(truths.get(name));
          System.out.printf(
              "%s: truth %.4f, mean %.4f +- %.4f, held by %.3f of the intervals%n",
              name, truth, mean, error, sum[2] / DRAWS);
          assertThat(Math.abs(mean - truth)).as(name).isLessThan(4 * error + 0.001);
          // 3.5 standard errors of 500 draws around 95 %.
          assertThat(sum[2] / DRAWS).as(name).isBetween(0.916, 0.984);
        });
    assertThat(sums).hasSize(10);
  }

  private static List<Case> of(List<Case> cases, boolean onlyFemale) {
    return onlyFemale ? cases.stream().filter(Case::isFemale).toList() : cases;
  }

  private static List<Case> cases() {
    Map<String, String> last = new HashMap<>();
    for (String row : labels) {
      String[] columns = row.split(",", -1);
      last.put(columns[0], columns[1]);
    }
    Map<String, Case> cases = new HashMap<>();
    for (String row : predictions) {
      String[] columns = row.split(",", -1);
      String label = last.get(columns[0]);
      if (label != null) {
        cases.putIfAbsent(
            columns[0],
            new Case(
                columns[5].equals("White"),
                columns[6].equals("Female"),
                Integer.parseInt(columns[4]),
                Integer.parseInt(label)));
      }
    }
    return List.copyOf(cases.values());
  }

  private static Counters counters(List<Case> all, List<Case> some) {
    List<Stratum> strata = new ArrayList<>();
    for (boolean isWhite : List.of(true, false)) {
      Confusion whole = confusion(all.stream().filter(one -> one.isWhite == isWhite).toList());
      Confusion known = confusion(some.stream().filter(one -> one.isWhite == isWhite).toList());
      strata.add(
          new Stratum(
              isWhite ? "rarely" : "other",
              Sampling.DECIDED,
              whole.selection(),
              known.selection(),
              known,
              ScoreHistogram.UNMAPPED));
    }
    Rate selected = confusion(all).selection();
    return new Counters(selected, confusion(some), ScoreHistogram.UNMAPPED, strata);
  }

  private static Confusion confusion(List<Case> cases) {
    long[] counts = new long[4];
    cases.forEach(one -> counts[2 * one.decision + one.label]++);
    return new Confusion(counts[3], counts[2], counts[1], counts[0]);
  }

  /** Of the window of everything; of versions and subgroups with 1,000 predictions. */
  private static Map<String, Estimate> estimates(Outcome outcome) {
    Map<String, Estimate> estimates = new HashMap<>();
    for (Metrics metrics : outcome.finals()) {
      if (metrics.getWindowSize().equals("all")
          && metrics.getCounters().getPredictions() >= 1_000) {
        for (Estimate estimate : metrics.getMetrics()) {
          estimates.put(
              String.join(" ", metrics.getVersion(), metrics.getSubgroup(), estimate.getName()),
              estimate);
        }
      }
    }
    return estimates;
  }
}
