package dev.plumbline.pipeline.codec;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.schemas.avro.Disparity;
import dev.plumbline.schemas.avro.Estimate;
import dev.plumbline.schemas.avro.Metrics;
import dev.plumbline.schemas.avro.Operator;
import dev.plumbline.state.cube.Statement;
import dev.plumbline.state.cube.Tally;
import dev.plumbline.state.cube.Window;
import dev.plumbline.state.metric.Confusion;
import dev.plumbline.state.metric.Counters;
import dev.plumbline.state.metric.Gap;
import dev.plumbline.state.metric.Identification;
import dev.plumbline.state.metric.Rate;
import dev.plumbline.state.metric.ScoreHistogram;
import dev.plumbline.state.metric.Spread;
import dev.plumbline.state.metric.Stratum;
import dev.plumbline.state.record.Sampling;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Statements as records of the metrics topic: counters, and the metrics computed from them. */
final class MetricsRecords {

  private MetricsRecords() {}

  static String key(String monitor, Statement statement, long paneMillis) {
    Window window = statement.window();
    String start = window.spec().isAll() ? "" : Long.toString(window.start() * paneMillis);
    return String.join(
        "|",
        monitor,
        statement.model(),
        statement.version(),
        window.spec().name(),
        start,
        statement.subgroup().name(),
        statement.age().name());
  }

  static Metrics of(Flow flow, Statement statement, boolean isEnd) {
    long pane = flow.timing().pane();
    Window window = statement.window();
    Tally tally = statement.tally();
    boolean isLabelFree = statement.age().isLabelFree();
    Identification labels =
        Identification.of(counters(statement.everybody(), isLabelFree, flow.join().bins()));
    Counters counters = counters(tally, isLabelFree, flow.join().bins());
    return Metrics.newBuilder()
        .setMonitor(flow.monitor())
        .setModel(statement.model())
        .setVersion(statement.version())
        .setWindowSize(window.spec().name())
        .setWindowStart(window.spec().isAll() ? null : at(window.start(), pane))
        .setWindowEnd(window.spec().isAll() ? null : at(window.end(), pane))
        .setSubgroup(statement.subgroup().name())
        .setLabelAge(isLabelFree ? null : statement.age().name())
        .setRevision(statement.revision())
        .setPaneEnd(at(statement.pane() + 1, pane))
        .setClosed(Records.closed(isEnd))
        .setWarmUp(statement.warmUp())
        .setCounters(counts(tally, isLabelFree))
        .setLabelCoverage(isLabelFree ? null : boxed(counters.coverage().value()))
        .setMaturity(maturity(statement))
        .setSampled(!isLabelFree && counters.areSampled())
        .setMetrics(estimates(counters, labels, isLabelFree))
        .setDisparities(disparities(statement, labels, isLabelFree, flow.join().bins()))
        .setWithheld(statement.withheld().values().stream().mapToInt(Integer::intValue).sum())
        .build();
  }

  private static Instant at(long pane, long paneMillis) {
    return Instant.ofEpochMilli(pane * paneMillis);
  }

  private static @Nullable Double share(long part, Tally tally) {
    return tally.predictions() == 0 ? null : (double) part / tally.predictions();
  }

  private static double maturity(Statement statement) {
    Double share = share(statement.mature(), statement.tally());
    return share == null ? 0 : share;
  }

  private static dev.plumbline.schemas.avro.Counters counts(Tally tally, boolean isLabelFree) {
    return dev.plumbline.schemas.avro.Counters.newBuilder()
        .setPredictions(tally.predictions())
        .setSelected(tally.predicted(1))
        .setLabelled(isLabelFree ? null : tally.labelledPredictions())
        .setTp(isLabelFree ? null : tally.labelled(1, 1))
        .setFp(isLabelFree ? null : tally.labelled(1, 0))
        .setFn(isLabelFree ? null : tally.labelled(0, 1))
        .setTn(isLabelFree ? null : tally.labelled(0, 0))
        .setCorrections(isLabelFree ? 0 : tally.corrected())
        .build();
  }

  private static Counters counters(Tally tally, boolean isLabelFree, int bins) {
    Rate selected = selected(tally);
    if (isLabelFree) {
      return Counters.labelFree(selected);
    }
    Confusion labelled = confusion(tally);
    ScoreHistogram scores = histogram(tally, bins);
    return tally.parts().isEmpty()
        ? new Counters(selected, labelled, scores)
        : new Counters(selected, labelled, scores, strata(tally, bins));
  }

  private static Rate selected(Tally tally) {
    return new Rate(tally.predicted(1), tally.predictions());
  }

  private static Confusion confusion(Tally tally) {
    return new Confusion(
        tally.labelled(1, 1), tally.labelled(1, 0), tally.labelled(0, 1), tally.labelled(0, 0));
  }

  /** The strata of a population: predictions selected for a label, and those that were not. */
  private static List<Stratum> strata(Tally tally, int bins) {
    Map<Sampling, Tally> awaited = new TreeMap<>();
    Map<Sampling, Rate> all = new TreeMap<>();
    tally
        .parts()
        .forEach(
            (sampling, part) -> {
              Sampling stratum = new Sampling(sampling.stratum(), sampling.acted(), true);
              awaited.putIfAbsent(stratum, new Tally(tally.shape()));
              if (sampling.awaited()) {
                awaited.put(stratum, part);
              }
              all.merge(stratum, selected(part), Rate::merge);
            });
    List<Stratum> strata = new ArrayList<>();
    awaited.forEach(
        (stratum, part) ->
            strata.add(
                new Stratum(
                    stratum.stratum(),
                    stratum.acted(),
                    all.getOrDefault(stratum, Rate.NONE),
                    selected(part),
                    confusion(part),
                    histogram(part, bins))));
    return strata;
  }

  private static ScoreHistogram histogram(Tally tally, int bins) {
    if (bins == 1) {
      return ScoreHistogram.UNMAPPED;
    }
    List<ScoreHistogram.Bin> filled = new ArrayList<>(tally.bins().size());
    int classes = tally.shape().classes();
    long[] counts = new long[classes];
    tally
        .bins()
        .forEach(
            (key, count) -> {
              int last = filled.size() - 1;
              boolean isSame = last >= 0 && filled.get(last).index() == key / classes;
              counts[1 - key % classes] = isSame ? counts[1 - key % classes] : 0;
              counts[key % classes] = count;
              var bin = new ScoreHistogram.Bin(key / classes, counts[1], counts[0]);
              if (isSame) {
                filled.set(last, bin);
              } else {
                filled.add(bin);
              }
            });
    return new ScoreHistogram(bins, filled);
  }

  private static List<Estimate> estimates(
      Counters counters, Identification labels, boolean isLabelFree) {
    List<dev.plumbline.state.metric.Estimate> computed =
        isLabelFree
            ? dev.plumbline.state.metric.Metrics.labelFree(counters)
            : dev.plumbline.state.metric.Metrics.of(counters, labels);
    return computed.stream().map(MetricsRecords::estimate).toList();
  }

  private static Estimate estimate(dev.plumbline.state.metric.Estimate estimate) {
    return Estimate.newBuilder()
        .setName(estimate.name())
        .setValue(boxed(estimate.value()))
        .setLow(estimate.interval().map(interval -> interval.low()).orElse(null))
        .setHigh(estimate.interval().map(interval -> interval.high()).orElse(null))
        .setN(estimate.n())
        .setMaxError(estimate.maxError() == 0 ? null : Double.valueOf(estimate.maxError()))
        .setUndefined(estimate.undefined().map(reason -> reason.text()).orElse(null))
        .setLowerBound(estimate.bounds().map(bounds -> bounds.low()).orElse(null))
        .setUpperBound(estimate.bounds().map(bounds -> bounds.high()).orElse(null))
        .build();
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static List<Disparity> disparities(
      Statement statement, Identification labels, boolean isLabelFree, int bins) {
    List<Disparity> disparities = new ArrayList<>();
    for (Map.Entry<String, List<Statement.Peer>> entry : statement.peers().entrySet()) {
      String attribute = entry.getKey();
      SortedMap<String, Counters> peers = new TreeMap<>();
      for (Statement.Peer peer : entry.getValue()) {
        peers.put(peer.subgroup().name(), counters(peer.tally(), isLabelFree, bins));
      }
      int withheld = statement.withheld().getOrDefault(attribute, 0);
      var disparity = new dev.plumbline.state.metric.Disparity(peers, labels);
      for (Gap gap : isLabelFree ? disparity.labelFreeGaps() : disparity.gaps()) {
        int skipped = withheld + gap.spread().map(Spread::skipped).orElse(peers.size());
        disparities.add(disparity(attribute, gap, skipped, Operator.difference));
        disparities.add(disparity(attribute, gap, skipped, Operator.ratio));
      }
    }
    return disparities;
  }

  private static Disparity disparity(String attribute, Gap gap, int skipped, Operator operator) {
    var estimate = operator == Operator.difference ? gap.difference() : gap.ratio();
    return Disparity.newBuilder()
        .setAttribute(attribute)
        .setMetric(gap.name())
        .setOperator(operator)
        .setValue(boxed(estimate.value()))
        .setLowest(gap.spread().map(spread -> spread.lowest()).orElse(""))
        .setHighest(gap.spread().map(spread -> spread.highest()).orElse(""))
        .setSmallestN(estimate.n())
        .setSkipped(skipped)
        .build();
  }
}
