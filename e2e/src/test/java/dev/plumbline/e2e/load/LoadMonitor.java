package dev.plumbline.e2e.load;

import dev.plumbline.pipeline.mapping.Mapping;
import dev.plumbline.pipeline.mapping.RowDecoder;
import dev.plumbline.pipeline.mapping.SchemaLookup;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.Monitor;
import dev.plumbline.pipeline.monitor.MonitorFile;
import dev.plumbline.pipeline.step.MonitorSteps;
import dev.plumbline.schemas.Registry;
import dev.plumbline.state.cube.CubeRules;
import dev.plumbline.state.cube.WindowSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The monitor of the load run, in variants that differ in subgroups and windows alone. */
final class LoadMonitor {

  private static final String FILE =
      """
      monitor: load
      task: binary
      models: [load]
      outcome:
        positive: {label: good, decision: "yes"}
        favourable_decision: "yes"
      predictions:
        topic: load.predictions
        format: avro
        fields:
          id: id
          time: time
          model: model
          version: version
          score: {field: score, range: [0, 1], high_means: good}
          decision: {field: decision, map: {"yes": "yes", "no": "no"}}
          attributes: {a: attributes.a, b: attributes.b, c: attributes.c, d: attributes.d}
      labels:
        topic: load.labels
        format: avro
        fields:
          id: id
          known: known
          label: {field: label, map: {good: good, bad: bad}}
        horizon: 24h
        ages: [1h, 3h, 6h, 12h]
      subgroups: {attributes: [a, b, c, d], intersections: 3, publish_min: 20}
      windows: {pane: 1h, sizes: [24h], advance: 24h, grace: 10m}
      reference: {from: 2026-01-01, to: 2026-01-02}
      false_alarms: 1 per 30d
      watches:
        - performance: {metrics: [accuracy, tpr, fpr, selection]}
      """;

  private final Monitor monitor = MonitorFile.parse(FILE, "load.yaml").orThrow();
  private final Registry registry;
  private final List<InputPartition> inputs = new ArrayList<>();

  LoadMonitor(int partitions, Registry registry) {
    this.registry = registry;
    for (int p = 0; p < partitions; p++) {
      inputs.add(new InputPartition(Flow.Kind.PREDICTIONS, LoadTopic.PREDICTIONS, p, 0, true));
    }
    for (int p = 0; p < partitions; p++) {
      inputs.add(new InputPartition(Flow.Kind.LABELS, LoadTopic.LABELS, p, 0, true));
    }
  }

  /** Its file under another name, with another number of intersections. */
  static String text(String name, String intersections) {
    return FILE.replace("monitor: load", "monitor: " + name)
        .replace("intersections: 3", intersections);
  }

  /** Everybody alone, or all conjunctions of up to three attributes; so many window sizes. */
  Flow flow(int intersections, int windows) {
    return flow(intersections, windows, monitor.name());
  }

  /** The same under another name. */
  Flow flow(int intersections, int windows, String name) {
    Flow flow = Flows.of(monitor, inputs, List.of());
    CubeRules cube = flow.cube();
    List<WindowSpec> specs = new ArrayList<>();
    for (int i = 1; i <= windows; i++) {
      specs.add(new WindowSpec(i + "x", 24L * (i % 4 == 0 ? 4 : i % 4), 24));
    }
    CubeRules varied =
        new CubeRules(
            cube.attributes(),
            intersections,
            cube.cap(),
            cube.named(),
            cube.elsewhere(),
            cube.publishMin(),
            cube.shape(),
            cube.samplings(),
            cube.block(),
            specs,
            cube.ages());
    return new Flow(
        name,
        flow.digest(),
        flow.models(),
        flow.join(),
        varied,
        flow.watch(),
        flow.idle(),
        flow.ahead(),
        flow.shards(),
        flow.inputs(),
        flow.exclusions());
  }

  MonitorSteps steps(Flow flow) {
    return new MonitorSteps(flow, partition -> mapping(partition)::map);
  }

  Mapping mapping(int partition) {
    var key = monitor.settings().idKey().key(Map.of());
    boolean isPrediction = inputs.get(partition).kind() == Flow.Kind.PREDICTIONS;
    return isPrediction
        ? Mapping.ofPredictions(monitor, 0, key, RowDecoder.avro(lookup()))
        : Mapping.ofLabels(monitor, key, RowDecoder.avro(lookup()));
  }

  RowDecoder decoder() {
    return RowDecoder.avro(lookup());
  }

  private SchemaLookup lookup() {
    return id ->
        registry
            .schema(id)
            .fold(
                known -> new SchemaLookup.Answer.Known(known.schema()),
                text -> new SchemaLookup.Answer.Text(text.type(), text.text(), text.imports()),
                unknown -> new SchemaLookup.Answer.Unknown(),
                unavailable -> new SchemaLookup.Answer.Unavailable(unavailable.problem()));
  }
}
