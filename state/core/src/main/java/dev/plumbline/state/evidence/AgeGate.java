package dev.plumbline.state.evidence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which label ages of a metric are evidence yet; where labels are sampled, which ages of each
 * sampling.
 *
 * <p>An age with too few labels in the reference stays open: labels of reference cohorts are
 * collected until the last of these cohorts has left it (METHOD section 1, Reference).
 */
final class AgeGate {

  /** Labels of the whole model that an age needs when the reference ends. */
  static final int AGE_MIN = 20;

  private final RateMetric metric;
  private final Shape model;
  private final boolean[] active;

  AgeGate(RateMetric metric, Shape model, boolean[] active) {
    this.metric = metric;
    this.model = model;
    this.active = active;
  }

  static AgeGate of(RateMetric metric, Strata model, Shape shape) {
    boolean[] active = new boolean[model.ages()];
    for (int a = 0; a < active.length; a++) {
      active[a] = model.age(a).trials() >= AGE_MIN;
    }
    return new AgeGate(metric, shape, active);
  }

  /** Ages that are evidence; not to be changed. */
  boolean[] active() {
    return active;
  }

  boolean complete() {
    for (boolean age : active) {
      if (!age) {
        return false;
      }
    }
    return true;
  }

  /** Whether an age can be completed: the last reference cohort left it before this pane. */
  boolean due(int age, long pane, RateSettings settings) {
    return !active[age]
        && pane > settings.reference().to() - 2 + settings.ages().edge(settings.ageOf(age) + 1);
  }

  void activate(int age) {
    active[age] = true;
  }

  /** Reference of a series completed by the labels of an age that came after arming. */
  RateReference complete(RateReference reference, int age, Sample own, Sample all) {
    return reference.withAge(age, own, Shape.ageShape(model.level(), all), model);
  }

  /** Labels of an age over all reference cohorts of a subgroup, as known now. */
  Sample collect(int subgroup, int age, Counts counts, RateSettings settings) {
    long trials = 0;
    long successes = 0;
    long end = settings.cohortOf(settings.reference().to());
    for (long c = settings.cohortOf(settings.reference().from()); c < end; c++) {
      long[] labelled = counts.labelled(subgroup, c);
      trials += metric.trials(labelled, age);
      successes += metric.successes(labelled, age);
    }
    return new Sample(trials, successes);
  }

  void write(DataOutput out) throws IOException {
    for (boolean age : active) {
      out.writeBoolean(age);
    }
    model.write(out);
  }

  static AgeGate read(RateMetric metric, int ages, DataInput in) throws IOException {
    boolean[] active = new boolean[ages];
    for (int a = 0; a < ages; a++) {
      active[a] = in.readBoolean();
    }
    return new AgeGate(metric, Shape.read(in), active);
  }
}
