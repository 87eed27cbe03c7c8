package dev.plumbline.pipeline.codec;

import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.Flow.Kind;
import dev.plumbline.pipeline.monitor.Flows;
import dev.plumbline.pipeline.monitor.MonitorFile;
import java.util.List;

/** The monitor whose records are looked at. */
final class Hiring {

  static final int PUBLISH_MIN = 20;

  private static final String MONITOR =
      """
      monitor: hiring
      task: binary
      models: [ranker]
      outcome: {positive: {label: hired, decision: invite}, favourable_decision: invite}
      predictions:
        topic: hiring.predictions
        format: json
        fields:
          {id: id, time: at, model: model, decision: {field: a, map: {I: invite, R: reject}},
           attributes: {sex: sex}}
      labels:
        topic: hiring.outcomes
        format: json
        fields: {id: id, label: {field: hired, map: {true: hired, false: not_hired}}}
        horizon: 30d
      subgroups: {attributes: [sex], publish_min: %d}
      windows: {pane: 1h, sizes: [1d]}
      """;

  static final Flow FLOW = flow("");

  private Hiring() {}

  /** The monitor with more lines in its file. */
  static Flow flow(String lines) {
    return Flows.of(
        MonitorFile.parse(MONITOR.formatted(PUBLISH_MIN) + lines, "somewhere/h.yaml").orThrow(),
        List.of(
            new InputPartition(Kind.PREDICTIONS, "hiring.predictions", 0, 0, true),
            new InputPartition(Kind.PREDICTIONS, "hiring.predictions", 1, 0, true),
            new InputPartition(Kind.LABELS, "hiring.outcomes", 0, 0, true)),
        List.of());
  }
}
