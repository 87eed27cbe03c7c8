package dev.plumbline.e2e.purity;

import dev.plumbline.pipeline.codec.Published.Output;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.WatchRules;
import dev.plumbline.pipeline.step.MonitorSteps;
import dev.plumbline.pipeline.step.Steps;
import dev.plumbline.testkit.Generator;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.RawBytes;
import dev.plumbline.testkit.Watching;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A monitor of the generator's hostile stream: three windows, all subgroups, watches on a short
 * reference. A function of its arguments, so that another process can make the same.
 *
 * @param name of the monitor, and thus of its internal and output topics
 * @param input name of the generated input, and thus of its topics
 * @param log what the input topics hold, apart from its offsets
 */
record GeneratedMonitor(String name, String input, Plan plan, Log log) {

  private static final int SHARDS = 3;
  private static final long NEVER_IDLE = Long.MAX_VALUE;

  static GeneratedMonitor of(String name, String input, Plan plan) {
    return new GeneratedMonitor(name, input, plan, Generator.hostile(plan).log());
  }

  /** The same of another name: it reads the same topics, and has internals and outputs anew. */
  GeneratedMonitor named(String other) {
    return new GeneratedMonitor(other, input, plan, log);
  }

  /** Topic of an input partition. */
  String topic(int partition) {
    boolean isPrediction = log.partitions().get(partition).kind() == Log.Kind.PREDICTIONS;
    return input + (isPrediction ? ".predictions" : ".labels");
  }

  /** Number of an input partition in its topic. */
  int partitionInTopic(int partition) {
    return partition - (partition < plan.predictionPartitions() ? 0 : plan.predictionPartitions());
  }

  /** Topic of each output. */
  Map<Output, String> outputs() {
    Map<Output, String> topics = new EnumMap<>(Output.class);
    for (Output output : Output.values()) {
      topics.put(output, topic(output));
    }
    return topics;
  }

  /** Topic of an output. */
  String topic(Output output) {
    return name + "." + output.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Makes the steps.
   *
   * @param onMap hears of each record before it is mapped
   */
  Steps steps(Runnable onMap) {
    Function<Incoming, Mapped> mapping =
        record -> {
          onMap.run();
          return RawBytes.read(
              record.value(), Mapped.Admitted::new, why -> new Mapped.Rejected(why, "planted"));
        };
    return new MonitorSteps(flow(), partition -> mapping);
  }

  private Flow flow() {
    return new Flow(
        name,
        "digest",
        Plan.MODELS,
        plan.rules(),
        Watching.cube(plan.rules()),
        Optional.of(watch()),
        NEVER_IDLE,
        plan.rules().timing().pane(),
        SHARDS,
        inputs(),
        List.of());
  }

  private List<InputPartition> inputs() {
    List<InputPartition> inputs = new ArrayList<>();
    for (int i = 0; i < log.partitions().size(); i++) {
      boolean isPrediction = log.partitions().get(i).kind() == Log.Kind.PREDICTIONS;
      inputs.add(
          new InputPartition(
              isPrediction ? Flow.Kind.PREDICTIONS : Flow.Kind.LABELS,
              topic(i),
              partitionInTopic(i),
              0,
              true));
    }
    return inputs;
  }

  private WatchRules watch() {
    return new WatchRules(
        1,
        Watching.reference(log, plan.rules().timing()),
        Watching.BUDGET,
        Watching.metrics(),
        new Unasked());
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
