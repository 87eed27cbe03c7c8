package dev.plumbline.state.metric;

import com.fasterxml.jackson.databind.JsonNode;
import dev.plumbline.state.metric.amplification.Associations;
import dev.plumbline.state.metric.amplification.DirectionalAmplification;
import dev.plumbline.state.metric.amplification.Mals;
import dev.plumbline.state.metric.amplification.PredictedShift;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Golden values of bias amplification (METRICS 1). */
final class GoldenAmplificationChecks {

  private static final List<String> CLASSES = List.of("0", "1");

  private GoldenAmplificationChecks() {}

  static Map<String, GoldenChecks.Check> checks() {
    return Map.of(
        "BiasAmp_A->T", GoldenAmplificationChecks::attributeToTask,
        "BiasAmp_T->A", GoldenAmplificationChecks::taskToAttribute,
        "BiasAmp_MALS", GoldenAmplificationChecks::mals,
        "BiasAmp_MALS from counts", GoldenAmplificationChecks::malsOfCounts,
        "BiasAmp_A->T and BiasAmp_MALS", GoldenAmplificationChecks::tables,
        "Delta_A->T identity (FP-FN)/n and Wald CI", GoldenAmplificationChecks::shift,
        "Multi-attribute bias amplification", GoldenSetChecks::multiAttribute,
        "MultiMALS from counts", GoldenSetChecks::malsOfCounts);
  }

  static List<String> texts(JsonNode list) {
    return IntStream.range(0, list.size()).mapToObj(i -> list.path(i).asText()).toList();
  }

  /** The values and columns of an entry, and its tables. */
  private record Tables(GoldenEntry entry, GoldenRows reference, GoldenRows window) {

    static Tables of(GoldenEntry entry) {
      entry.withParams("A", "T", "attribute", "task", "task_pred", "attribute_pred", "train");
      return entry.param("train").asText().equals("same rows")
          ? new Tables(entry, entry.rows(), entry.rows())
          : new Tables(entry, entry.rows("train"), entry.rows("eval"));
    }

    List<String> attributes() {
      return texts(entry.param("A"));
    }

    List<Integer> tasks() {
      return texts(entry.param("T")).stream().map(CLASSES::indexOf).toList();
    }

    Associations associations(GoldenRows rows, String attribute, String task) {
      return Associations.of(
          rows.table(
              entry.param(attribute).asText(), attributes(), entry.param(task).asText(), CLASSES));
    }

    Associations before() {
      return associations(reference, "attribute", "task").ofTasks(tasks());
    }

    Associations labels() {
      return associations(window, "attribute", "task").ofTasks(tasks());
    }
  }

  private static void attributeToTask(GoldenEntry entry, GoldenValue.Book book) {
    if (entry.json().path("value").isArray()) {
      sweep(entry, book);
      return;
    }
    Tables tables = Tables.of(entry);
    Associations labels = tables.labels();
    Associations predictions =
        tables.associations(tables.window(), "attribute", "task_pred").ofTasks(tables.tasks());
    DirectionalAmplification actual =
        DirectionalAmplification.attributeToTask(tables.before(), labels, predictions);
    directional(
        entry.value(book),
        tables,
        actual,
        counts -> {
          counts.at("eval_true_a_true_t").is(labels.counts());
          counts.at("eval_true_a_pred_t").is(predictions.counts());
          counts.at("eval_a").is(GoldenDriftChecks.array(labels.sizes()));
        });
  }

  private static void taskToAttribute(GoldenEntry entry, GoldenValue.Book book) {
    Tables tables = Tables.of(entry);
    Associations labels = tables.labels();
    Associations predictions =
        tables.associations(tables.window(), "attribute_pred", "task").ofTasks(tables.tasks());
    DirectionalAmplification actual =
        DirectionalAmplification.taskToAttribute(tables.before(), labels, predictions);
    directional(
        entry.value(book),
        tables,
        actual,
        counts -> {
          counts.at("eval_true_a_true_t").is(labels.counts());
          counts.at("eval_pred_a_true_t").is(predictions.counts());
          counts.at("eval_t").is(taskSizes(labels));
        });
  }

  private static long[] taskSizes(Associations table) {
    return IntStream.range(0, table.tasks()).mapToLong(table::taskSize).toArray();
  }

  private interface Counts {
    void compare(GoldenValue counts);
  }

  private static void directional(
      GoldenValue expected, Tables tables, DirectionalAmplification actual, Counts window) {
    expected.fields(
        value -> {
          value.at("mean").is(actual.mean());
          if (value.has("mean_abs")) {
            value.at("mean_abs").is(actual.meanOfAbsolutes());
            value.at("var").is(actual.variance());
          }
          if (value.has("counts")) {
            value
                .at("counts")
                .fields(
                    counts -> {
                      counts.at("train").fields(train -> reference(train, tables.before()));
                      window.compare(counts);
                    });
          }
          pairs(value.at("pairs"), actual, tables.attributes(), texts(tables.entry().param("T")));
        });
  }

  private static void reference(GoldenValue train, Associations table) {
    train.at("at").is(table.counts());
    train.at("a").is(GoldenDriftChecks.array(table.sizes()));
    train.at("t").is(taskSizes(table));
    train.at("n").is(table.total());
  }

  private static void pairs(
      GoldenValue expected,
      DirectionalAmplification actual,
      List<String> attributes,
      List<String> tasks) {
    for (int i = 0; i < actual.pairs().size(); i++) {
      DirectionalAmplification.Pair pair = actual.pairs().get(i);
      expected
          .at(i)
          .fields(
              value -> {
                value.at("a").isText(attributes.get(pair.attribute()));
                value.at("t").isText(tasks.get(pair.task()));
                value.at("sign").is((long) pair.sign());
                value.at("delta").is(pair.delta());
                value.at("value").is(pair.value());
              });
    }
  }

  /** The attribute is the second part of the id; all decisions by a growing threshold. */
  private static void sweep(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode thresholds = entry.withParams("pred", "t", "train").param("t");
    String attribute = entry.id().split("\\.", -1)[1];
    GoldenRows rows = entry.rows();
    GoldenValue expected = entry.value(book);
    for (int i = 0; i < thresholds.size(); i++) {
      int threshold = thresholds.path(i).asInt();
      List<List<Confusion>> cells = new ArrayList<>();
      rows.by(List.of(attribute))
          .values()
          .forEach(
              group ->
                  cells.add(
                      List.of(
                          group.confusion(
                              row ->
                                  Integer.parseInt(GoldenRows.cell(row, "decile_score"))
                                      > threshold))));
      Associations labels = Associations.ofLabels(cells);
      expected
          .at(i)
          .is(
              DirectionalAmplification.attributeToTask(
                      labels, labels, Associations.ofPredictions(cells))
                  .mean());
    }
  }

  private static void mals(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("rows_o", "cols_g", "train", "pred");
    List<String> items = texts(entry.param("rows_o"));
    List<String> groups = texts(entry.param("cols_g"));
    String group = entry.id().endsWith("pred_attr") ? "sex_pred" : "sex";
    Contingency train = entry.rows("train").table("label", items, "sex", groups);
    Contingency predicted = entry.rows("eval").table("pred", items, group, groups);
    new GoldenValue(entry.param("train"), "train", book).is(train.counts());
    new GoldenValue(entry.param("pred"), "pred", book).is(predicted.counts());
    entry.value(book).is(Mals.of(train, predicted).mean());
  }

  static Contingency contingency(JsonNode table) {
    List<List<Long>> rows = new ArrayList<>();
    table.forEach(
        row ->
            rows.add(IntStream.range(0, row.size()).mapToObj(i -> row.path(i).asLong()).toList()));
    return new Contingency(rows);
  }

  private static void malsOfCounts(GoldenEntry entry, GoldenValue.Book book) {
    JsonNode counts = entry.withParams("rows", "cols").inline();
    Mals mals = Mals.of(contingency(counts.path("train")), contingency(counts.path("pred")));
    entry.value(book).is(mals.mean());
  }

  /** Tables with a row for each task value and a column for each attribute value. */
  private static void tables(GoldenEntry entry, GoldenValue.Book book) {
    Contingency labels = contingency(entry.withParams().inline().path("true"));
    Contingency predicted = contingency(entry.inline().path("pred_given_true_attr"));
    Associations table = Associations.of(transposed(labels));
    DirectionalAmplification actual =
        DirectionalAmplification.attributeToTask(
            table, table, Associations.of(transposed(predicted)));
    List<String> names = List.of("0", "1", "2");
    entry
        .value(book)
        .fields(
            value -> {
              value.at("A_to_T").is(actual.mean());
              value.at("MALS").is(Mals.of(labels, predicted).mean());
              pairs(value.at("pairs"), actual, names, names);
            });
  }

  private static Contingency transposed(Contingency table) {
    return new Contingency(
        IntStream.range(0, table.columnSums().size())
            .mapToObj(column -> table.counts().stream().map(row -> row.get(column)).toList())
            .toList());
  }

  private static void shift(GoldenEntry entry, GoldenValue.Book book) {
    entry.withParams("cells", "z");
    Confusion cells = entry.rows().confusion();
    new GoldenValue(entry.param("cells"), "cells", book).is(cells);
    PredictedShift shift = new PredictedShift(cells);
    Optional<Interval> interval = shift.interval();
    entry
        .value(book)
        .fields(
            value -> {
              value.at("delta").is(shift.value());
              value.at("var").is(shift.variance());
              value.interval("lo", "hi", interval);
            });
  }
}
