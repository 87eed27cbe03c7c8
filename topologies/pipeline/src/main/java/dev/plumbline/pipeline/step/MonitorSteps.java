package dev.plumbline.pipeline.step;

import dev.plumbline.pipeline.codec.Records;
import dev.plumbline.pipeline.mapping.Incoming;
import dev.plumbline.pipeline.mapping.Mapped;
import dev.plumbline.pipeline.monitor.Flow;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The steps of a monitor. One merge holds all its models, and decides about idle partitions. */
public final class MonitorSteps implements Steps {

  private static final long MOST_REPORT_MILLIS = 5_000;

  /** Reports in the shortest silence that is worth a word. */
  private static final int REPORTS = 10;

  private final Flow flow;
  private final IntFunction<Function<Incoming, Mapped>> mappings;

  /**
   * The steps of a run.
   *
   * @param mappings makes the mapping of an input partition; a new one for every task
   */
  public MonitorSteps(Flow flow, IntFunction<Function<Incoming, Mapped>> mappings) {
    this.flow = flow;
    this.mappings = mappings;
  }

  @Override
  public Intake intake(int inputPartition) {
    return new IntakeStep(inputPartition, flow, mappings.apply(inputPartition), new Records(flow));
  }

  @Override
  public Join join(int shard) {
    return new JoinStep(shard, flow);
  }

  @Override
  public Merge merge(int index) {
    return new MergeStep(flow, new Records(flow));
  }

  @Override
  public int shards() {
    return flow.shards();
  }

  @Override
  public int merges() {
    return 1;
  }

  @Override
  public List<Input> inputs() {
    return flow.inputs().stream().map(i -> new Input(i.topic(), i.partition())).toList();
  }

  @Override
  public long ahead() {
    return flow.ahead();
  }

  @Override
  public long reportMillis() {
    return Math.min(MOST_REPORT_MILLIS, Math.max(1, flow.health().silence() / REPORTS));
  }

  @Override
  public String monitorName() {
    return flow.monitor();
  }
}
