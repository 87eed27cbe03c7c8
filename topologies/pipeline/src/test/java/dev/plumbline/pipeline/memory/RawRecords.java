package dev.plumbline.pipeline.memory;

import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.monitor.Flow;
import dev.plumbline.pipeline.monitor.Flow.InputPartition;
import dev.plumbline.pipeline.monitor.WatchRules;
import dev.plumbline.state.cube.CubeRules;
import dev.plumbline.state.cube.LabelAge;
import dev.plumbline.state.cube.Shape;
import dev.plumbline.state.cube.WindowSpec;
import dev.plumbline.state.evidence.RateMetric;
import dev.plumbline.state.evidence.ReferencePanes;
import dev.plumbline.state.evidence.Watched;
import dev.plumbline.state.flow.Control;
import dev.plumbline.state.flow.ShardBlock;
import dev.plumbline.state.join.Arrived;
import dev.plumbline.state.join.Delta;
import dev.plumbline.state.join.JoinRules;
import dev.plumbline.state.record.RejectReason;
import dev.plumbline.state.time.Timing;
import dev.plumbline.testkit.Log;
import dev.plumbline.testkit.Plan;
import dev.plumbline.testkit.Raw;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Generated records as bytes, and back: stands for the user's own format and its mapping. */
final class RawRecords {

  private RawRecords() {}

  static Incoming incoming(Raw raw) {
    byte[] value =
        raw.fold(
            mapped -> {
              ShardBlock.Writer writer = new ShardBlock.Writer(0);
              writer.add(new Arrived(0, 0, mapped.event().time(), mapped.event()));
              return writer.take();
            },
            unmapped -> unmapped.reason().name().getBytes(StandardCharsets.US_ASCII));
    return new Incoming(raw.offset(), raw.kafkaTimestamp(), null, value);
  }

  static Mapped mapped(Incoming record) {
    byte[] value = record.value();
    if (value == null) {
      return new Mapped.Rejected(RejectReason.NULL_VALUE, "no value");
    }
    if (value[0] >= 'A') {
      String reason = new String(value, StandardCharsets.US_ASCII);
      return new Mapped.Rejected(RejectReason.valueOf(reason), "planted");
    }
    One one = new One();
    ShardBlock.read(value, one);
    return new Mapped.Admitted(one.read.orElseThrow().event());
  }

  private static final class One implements ShardBlock.Visitor {
    private Optional<Arrived> read = Optional.empty();

    @Override
    public void record(Arrived arrived) {
      read = Optional.of(arrived);
    }

    @Override
    public void booked(int partition, Delta delta, long amount) {}

    @Override
    public void control(Control control) {}
  }

  /**
   * A monitor of the generator's stream: two windows, all subgroups, watches on a short reference.
   */
  static Flow flow(Log log, JoinRules rules, int shards, List<Flow.Exclusion> exclusions) {
    Timing timing = rules.timing();
    long first =
        log.partitions().stream()
            .flatMap(p -> p.records().stream())
            .mapToLong(raw -> raw.fold(m -> m.time(), u -> Long.MAX_VALUE))
            .min()
            .orElse(0);
    long from = timing.paneOf(first) + 24;
    List<InputPartition> inputs = new ArrayList<>();
    for (int i = 0; i < log.partitions().size(); i++) {
      Log.Partition partition = log.partitions().get(i);
      boolean isPrediction = partition.kind() == Log.Kind.PREDICTIONS;
      inputs.add(
          new InputPartition(
              isPrediction ? Flow.Kind.PREDICTIONS : Flow.Kind.LABELS,
              isPrediction ? "predictions" : "labels",
              i,
              0,
              true));
    }
    long last = -Math.floorDiv(-timing.retention(), timing.pane()) + 1;
    CubeRules cube =
        new CubeRules(
            List.of("sex", "region"),
            2,
            2,
            3,
            new Shape(2, rules.ages().beyond() + 1, rules.bins()),
            6,
            List.of(
                new WindowSpec("6h", 6, 6),
                new WindowSpec("1d", 24, 6),
                new WindowSpec("all", 0, 24)),
            List.of(new LabelAge("12h", 12), new LabelAge(LabelAge.FINAL, last)));
    WatchRules watch =
        new WatchRules(
            1,
            new ReferencePanes(from, from + 72),
            100,
            List.of(
                Watched.of(RateMetric.ACCURACY),
                Watched.of(RateMetric.TPR),
                Watched.of(RateMetric.FPR),
                Watched.of(RateMetric.SELECTION)),
            new Unasked());
    return new Flow(
        "oracle",
        "digest",
        Plan.MODELS,
        rules,
        cube,
        Optional.of(watch),
        1000,
        Long.MAX_VALUE,
        shards,
        inputs,
        exclusions);
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
