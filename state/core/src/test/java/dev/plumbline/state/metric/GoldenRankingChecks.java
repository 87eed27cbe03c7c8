package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.ranking.Exposure;
import dev.plumbline.state.metric.ranking.FeedbackLoop;
import dev.plumbline.state.metric.ranking.QueryMoments;
import dev.plumbline.state.metric.ranking.RankedQuery;
import dev.plumbline.state.metric.ranking.RankedQuery.Item;
import dev.plumbline.state.metric.ranking.TwinWins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** Golden values of source bias (METRICS 4). */
final class GoldenRankingChecks {

  private static final String HUMAN = "HGC";
  private static final String GENERATED = "AIGC";

  private GoldenRankingChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "per-source NDCG@K / MAP@K on the mixed ranking, Relative Delta (percent)",
        GoldenRankingChecks::sources,
        "per-query NDCG/MAP",
        GoldenRankingChecks::queries,
        "change of Relative Delta along the feedback loop",
        GoldenRankingChecks::loop,
        "per-source NDCG/MAP with a score tie",
        GoldenRankingChecks::tie,
        "Relative Delta (percent)",
        GoldenRankingChecks::relativeDelta);
  }

  private static SortedMap<String, RankedQuery> queries(GoldenRows rows, String score) {
    SortedMap<String, RankedQuery> queries = new TreeMap<>();
    rows.by(List.of("query_id"))
        .forEach(
            (id, part) ->
                queries.put(
                    id,
                    new RankedQuery(
                        part.rows().stream()
                            .map(
                                row ->
                                    new Item(
                                        GoldenRows.cell(row, "doc_id"),
                                        GoldenRows.cell(row, "source"),
                                        Double.parseDouble(GoldenRows.cell(row, score)),
                                        Integer.parseInt(GoldenRows.cell(row, "rel"))))
                            .toList())));
    return queries;
  }

  /** The metric of a field such as {@code ndcg_cut_5} or {@code map_cut_5}. */
  private static OptionalDouble metric(RankedQuery query, String name, String source) {
    int k = Integer.parseInt(name.substring(name.lastIndexOf('_') + 1));
    return name.startsWith("ndcg") ? query.ndcg(source, k) : query.averagePrecision(source, k);
  }

  private static QueryMoments moments(RankedQuery query, String name) {
    return QueryMoments.of(metric(query, name, HUMAN), metric(query, name, GENERATED));
  }

  private static List<QueryMoments> single(SortedMap<String, RankedQuery> queries, String name) {
    return queries.values().stream().map(query -> moments(query, name)).toList();
  }

  /** Moments of four partitions, merged. */
  private static QueryMoments merged(List<QueryMoments> single) {
    QueryMoments all = QueryMoments.EMPTY;
    for (int part = 3; part >= 0; part--) {
      QueryMoments sum = QueryMoments.EMPTY;
      for (int i = part; i < single.size(); i += 4) {
        sum = single.get(i).merge(sum);
      }
      all = all.merge(sum);
    }
    return all;
  }

  private static void sources(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("score_col", "k", "gain", "order", "relevant");
    SortedMap<String, RankedQuery> queries =
        queries(entry.rows(), entry.param("score_col").asText());
    entry
        .value(book)
        .fields(
            value -> {
              GoldenValue metrics = value.at("metrics");
              metrics.fields(
                  fields ->
                      fields
                          .names()
                          .forEach(name -> moments(fields.at(name), single(queries, name))));
              entry
                  .param("k")
                  .forEach(
                      k ->
                          value
                              .at("human_rate@" + k.asInt())
                              .is(exposure(queries, k.asInt()).share()));
              value.at("human_win_rate").is(twins(queries).rate());
              value.at("n_queries").is((long) queries.size());
            });
  }

  private static void moments(GoldenValue expected, List<QueryMoments> single) {
    QueryMoments all = merged(single);
    expected.fields(
        value -> {
          value.at(HUMAN).is(all.humanMean());
          value.at(GENERATED).is(all.generatedMean());
          value.at("rel_delta_pct").is(all.relativeDelta());
          value.at("se_delta_method").is(all.standardError());
          value.at("se_jackknife").is(QueryMoments.jackknife(single));
        });
  }

  private static Exposure exposure(SortedMap<String, RankedQuery> queries, int k) {
    return queries.values().stream()
        .map(query -> Exposure.of(query, HUMAN, k))
        .reduce(Exposure.empty(k), Exposure::merge);
  }

  private static TwinWins twins(SortedMap<String, RankedQuery> queries) {
    TwinWins wins = TwinWins.EMPTY;
    for (RankedQuery query : queries.values()) {
      Map<String, Double> scores = new HashMap<>();
      query.items().forEach(item -> scores.put(item.id(), item.score()));
      for (Map.Entry<String, Double> entry : scores.entrySet()) {
        Double generated = scores.get(entry.getKey().replace("-human", "-llm"));
        if (entry.getKey().endsWith("-human") && generated != null) {
          wins = wins.merge(TwinWins.of(entry.getValue(), generated));
        }
      }
    }
    return wins;
  }

  private static void queries(GoldenEntry entry, GoldenValue.Book book) {
    String score = entry.withParams("score_col").param("score_col").asText();
    SortedMap<String, RankedQuery> queries = queries(entry.rows(), score);
    entry
        .value(book)
        .fields(
            value ->
                List.of(HUMAN, GENERATED)
                    .forEach(
                        source ->
                            value
                                .at(source)
                                .fields(
                                    fields ->
                                        queries.forEach(
                                            (id, query) -> all(fields.at(id), query, source)))));
  }

  private static void all(GoldenValue expected, RankedQuery query, String source) {
    expected.fields(
        value -> value.names().forEach(name -> value.at(name).is(metric(query, name, source))));
  }

  private static void loop(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode phases = entry.withParams("phases", "sign").param("phases");
    List<SortedMap<String, RankedQuery>> rankings = new ArrayList<>();
    phases.forEach(phase -> rankings.add(queries(entry.rows(), phase.asText())));
    entry
        .value(book)
        .fields(
            value ->
                value
                    .names()
                    .forEach(
                        name -> {
                          FeedbackLoop loop =
                              new FeedbackLoop(
                                  rankings.stream()
                                      .map(it -> merged(single(it, name)).relativeDelta())
                                      .toList());
                          value
                              .at(name)
                              .fields(
                                  fields -> {
                                    for (int i = 0; i < loop.deltas().size(); i++) {
                                      fields.at("p" + (i + 1)).is(loop.deltas().get(i));
                                    }
                                    fields.at("amp_2_1").is(loop.amplification(1));
                                    fields.at("amp_3_1").is(loop.amplification(2));
                                  });
                        }));
  }

  private static void tie(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode order = entry.withParams("order").param("order");
    List<Item> items = new ArrayList<>();
    for (JsonNode item : entry.inline().path("run")) {
      String id = item.path(0).asText();
      String key = id.substring("q1_".length(), id.indexOf('-'));
      String source = id.endsWith("-human") ? HUMAN : GENERATED;
      int gain = entry.inline().path("rel").path(key).asInt();
      items.add(new Item(id, source, item.path(1).asDouble(), gain));
    }
    RankedQuery query = new RankedQuery(items);
    for (int i = 0; i < query.items().size(); i++) {
      new GoldenValue(order, "order", book).at(i).is(query.items().get(i).id());
    }
    entry
        .value(book)
        .fields(
            value -> {
              all(value.at(HUMAN), query, HUMAN);
              all(value.at(GENERATED), query, GENERATED);
              value
                  .at("rel_delta_pct")
                  .fields(
                      fields ->
                          fields
                              .names()
                              .forEach(
                                  name ->
                                      fields.at(name).is(moments(query, name).relativeDelta())));
            });
  }

  private static void relativeDelta(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode means = entry.withParams().inline();
    entry
        .value(book)
        .is(
            QueryMoments.relativeDelta(
                means.path("hgc").asDouble(), means.path("aigc").asDouble()));
  }
}
