package dev.plumbline.pipeline.step;

import java.util.List;

/** The steps of another; who watches or changes some of them overrides how they are made. */
public abstract class ForwardingSteps implements Steps {

  private final Steps steps;

  protected ForwardingSteps(Steps steps) {
    this.steps = steps;
  }

  @Override
  public Intake intake(int inputPartition) {
    return steps.intake(inputPartition);
  }

  @Override
  public Join join(int shard) {
    return steps.join(shard);
  }

  @Override
  public Merge merge(int index) {
    return steps.merge(index);
  }

  @Override
  public int shards() {
    return steps.shards();
  }

  @Override
  public int merges() {
    return steps.merges();
  }

  @Override
  public List<Input> inputs() {
    return steps.inputs();
  }

  @Override
  public long ahead() {
    return steps.ahead();
  }

  @Override
  public long reportMillis() {
    return steps.reportMillis();
  }

  @Override
  public String monitorName() {
    return steps.monitorName();
  }
}
