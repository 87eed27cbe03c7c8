package dev.plumbline.pipeline.memory;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.WatchRules;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import dev.plumbline.testkit.RawBytes;
import dev.plumbline.testkit.Watching;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Generated logs as a monitor reads them. */
final class RawRecords {

  private static final long IDLE_MILLIS = 1000;

  private RawRecords() {}

  static Incoming incoming(Raw raw) {
    return new Incoming(raw.offset(), raw.kafkaTimestamp(), null, RawBytes.of(raw));
  }

  static Mapped mapped(Incoming record) {
    return RawBytes.read(
        record.value(), Mapped.Admitted::new, why -> new Mapped.Rejected(why, "planted"));
  }

  /** A monitor of the generator's stream. */
  static Flow flow(Log log, JoinRules rules, int shards, List<Flow.Exclusion> exclusions) {
    WatchRules watch =
        new WatchRules(
            1,
            Watching.reference(log, rules.timing()),
            Watching.BUDGET,
            Watching.metrics(),
            new Unasked());
    return new Flow(
        "oracle",
        "digest",
        Plan.MODELS,
        rules,
        Watching.cube(rules),
        Optional.of(watch),
        IDLE_MILLIS,
        Long.MAX_VALUE,
        shards,
        inputs(log),
        exclusions);
  }

  private static List<InputPartition> inputs(Log log) {
    List<InputPartition> inputs = new ArrayList<>();
    for (int i = 0; i < log.partitions().size(); i++) {
      boolean isPrediction = log.partitions().get(i).kind() == Log.Kind.PREDICTIONS;
      inputs.add(
          new InputPartition(
              isPrediction ? Flow.Kind.PREDICTIONS : Flow.Kind.LABELS,
              isPrediction ? "predictions" : "labels",
              i,
              0,
              true));
    }
    return inputs;
  }

  /** Generated scores say nothing about labels. */
  private static final class Unasked implements WatchRules.Polarity {
    @Override
    public Optional<WatchRules.Refusal> byLabel(long[] positives, long[] negatives) {
      return Optional.empty();
    }

    @Override
    public Optional<WatchRules.Refusal> byDecision(long[] positives, long[] negatives) {
      return Optional.empty();
    }
  }
}
